import { tooLarge } from '../couch-error.ts';
import type { StoredDoc } from '../storage/stored-doc.ts';
import { attachmentsOf } from './attachments-out.ts';
import type { CouchLimits } from './limits.ts';

/** Bytes of attachments that an answer may still carry. */
export interface AttachmentAllowance {
	left: number;
}

/**
 * Takes what the attachments of these documents, read as stubs, would add to an answer.
 * @throws CouchError 413 when that is more than is left.
 */
export function spend(allowance: AttachmentAllowance, docs: readonly (StoredDoc | null | undefined)[]): void {
	const bytes = docs
		.flatMap((doc) => (doc ? attachmentsOf(doc) : []))
		.reduce((sum, [, { length = 0 }]) => sum + length, 0);
	if (bytes > allowance.left) throw tooLarge('The answer would carry too many bytes of attachments');
	allowance.left -= bytes;
}

/**
 * Reads without attachments first where they are asked for, and with them only when the answer may carry all.
 * @throws CouchError 413 when it may not.
 */
export async function withinBudget<Options extends { readonly attachments?: boolean }, Found>(
	options: Options,
	{ answeredAttachmentBytes }: CouchLimits,
	read: (
		options: Options
	) => Promise<{ readonly found: Found; readonly docs: readonly (StoredDoc | null | undefined)[] }>
): Promise<Found> {
	if (!options.attachments) return (await read(options)).found;
	const { docs } = await read({ ...options, attachments: false });
	spend({ left: answeredAttachmentBytes }, docs);
	return (await read(options)).found;
}
