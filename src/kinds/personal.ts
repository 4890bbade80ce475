import type { Refusal } from '#records/check-revision.ts';
import { sameJson } from '#records/hash.ts';
import { revisionId, type Revision } from '#records/revision.ts';
import type { Scope } from '#records/scope.ts';
import { kinds } from './kinds.ts';

/** In the place of a withdrawal's reason, which a record must have. */
export const noReason = '—';

/** Whether a record has what goes with the personal data of its household: words, a telephone, a picture. */
export function isPersonal({
	kind: name,
	body,
	reason
}: Pick<Revision, 'kind' | 'body' | 'reason'>): boolean {
	const kind = kinds.get(name);
	if (!kind) return true;
	if (reason !== undefined && reason !== noReason) return true;
	if (body === null) return false;
	const left = kind.impersonal(body);
	return left === undefined || !sameJson(left, body);
}

/**
 * Why a record may no longer come in: it has personal data of a household whose data was erased since it was
 * written. `erasedBefore`: the instant of a household's last erasure (ISO 8601, UTC).
 */
export function erasedRefusal(
	revision: Revision,
	erasedBefore: (household: Scope) => string | undefined
): Refusal | undefined {
	const before = erasedBefore(revision.scope);
	if (before === undefined || revision.at > before || !isPersonal(revision)) return undefined;
	return erasedAt('/scope');
}

export function erasedAt(at: string): Refusal {
	return { code: 'erased', detail: 'the personal data of this household was erased', at };
}

/**
 * Those of `revisions` with personal data that were written on top of something erased, or of another of these,
 * whenever that was: a record holds all of its body, and with it the words that its author had before them.
 * `erased`: ids of records.
 */
export function builtOnErased(revisions: readonly Revision[], erased: Iterable<string>): readonly Revision[] {
	const gone = new Set(erased);
	const personal = revisions.filter(isPersonal);
	const found = new Set<Revision>();
	for (let more = true; more;) {
		const next = personal.filter((one) => !found.has(one) && parentIds(one).some((id) => gone.has(id)));
		for (const revision of next) {
			found.add(revision);
			gone.add(revision._id);
		}
		more = next.length > 0;
	}
	return revisions.filter((revision) => found.has(revision));
}

export function parentIds({ kind, entity, parents }: Revision): readonly string[] {
	return parents.map((hash) => revisionId(kind, entity, hash));
}
