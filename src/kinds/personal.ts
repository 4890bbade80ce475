import type { Refusal } from '#records/check-revision.ts';
import { sameJson } from '#records/hash.ts';
import type { Revision } from '#records/revision.ts';
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
	return { code: 'erased', detail: 'the personal data of this household was erased', at: '/scope' };
}
