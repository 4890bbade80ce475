import { kinds } from '#kinds/kinds.ts';
import { canonicalJson } from '#records/hash.ts';
import { contentOf, seal, type Revision } from '#records/revision.ts';

/** Stands where a person's own words stood. */
const noWords = '—';

/**
 * What may stay of a record when the personal data of its household is erased, as a record of `at` (ISO 8601):
 * undefined for nothing, the record itself when there is nothing personal in it.
 */
export function impersonalCopy(revision: Revision, at: string): Revision | undefined {
	const { kind, body, reason } = revision;
	const known = kinds.get(kind);
	if (!known) return undefined;
	if (body === null) {
		return reason === noWords ? revision : seal({ ...contentOf(revision), at, reason: noWords });
	}
	const stays = known.impersonal(body);
	if (stays === undefined) return undefined;
	if (canonicalJson(stays) === canonicalJson(body)) return revision;
	return seal({ ...contentOf(revision), at, body: stays });
}
