import { kinds } from '#kinds/kinds.ts';
import { isPersonal, noReason } from '#kinds/personal.ts';
import { contentOf, seal, type Revision, type RevisionContent } from '#records/revision.ts';

/**
 * What may stay of a record when the personal data of its household is erased, as a record of `at` (ISO 8601):
 * undefined for nothing, the record itself when there is nothing personal in it.
 */
export function impersonalCopy(revision: Revision, at: string): Revision | undefined {
	if (!isPersonal(revision)) return revision;
	const kind = kinds.get(revision.kind);
	if (!kind) return undefined;
	if (revision.body === null) return seal({ ...contentOf(revision), at, reason: noReason });
	const body = kind.impersonal(revision.body);
	return body && seal({ ...withoutReason(contentOf(revision)), at, body });
}

/** Why someone wrote it is in their words. */
function withoutReason({ reason: _reason, ...content }: RevisionContent): RevisionContent {
	return content;
}
