import { erasedAt, erasedRefusal, isPersonal, parentIds } from '#kinds/personal.ts';
import type { Refusal, RefusalCode } from '#records/check-revision.ts';
import type { Revision } from '#records/revision.ts';
import type { Scope } from '#records/scope.ts';

/** When the personal data of a household was last erased, ISO 8601; undefined: never. */
export type ErasedBefore = (household: Scope) => string | undefined;

/**
 * Why a record may not come in: it has words that were erased, or was written on top of a record that had some and
 * may carry them on. `isGone`: whether any of these ids is of a record that was erased.
 */
export async function erasedWords(
	revision: Revision,
	erasedBefore: ErasedBefore,
	isGone: (ids: readonly string[]) => Promise<boolean>
): Promise<Refusal | undefined> {
	const refusal = erasedRefusal(revision, erasedBefore);
	if (refusal || revision.parents.length === 0) return refusal;
	// What was published of a household's matter is about the courtyard, and goes with the household's data.
	const mayHaveGone = erasedBefore(revision.scope) !== undefined || revision.kind === 'publication';
	// Asked last: nearly all records are of households that were never erased.
	if (!mayHaveGone || !isPersonal(revision)) return undefined;
	return (await isGone(parentIds(revision))) ? erasedAt('/parents') : undefined;
}

/** Whether a reason for which the server did not take a record is this one. */
export function isErasedReason(reason: string): boolean {
	return reason.startsWith(`${'erased' satisfies RefusalCode}:`);
}
