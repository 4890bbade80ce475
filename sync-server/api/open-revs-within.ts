import { tooLarge } from '../couch-error.ts';
import type { Database } from '../storage/database.ts';
import { attachmentsOf } from './attachments-out.ts';
import { openRevs, type OpenRev, type OpenRevsOptions } from './open-revs.ts';

/** Bytes of attachments that an answer may still carry. */
export interface AttachmentAllowance {
	left: number;
}

/**
 * `openRevs`, whose attachments are read only when all of them may be carried.
 * @throws CouchError 413 when they may not.
 */
export async function openRevsWithin(
	allowance: AttachmentAllowance,
	database: Database,
	id: string,
	wanted: 'all' | readonly string[],
	options: OpenRevsOptions
): Promise<readonly OpenRev[]> {
	if (!options.attachments) return await openRevs(database, id, wanted, options);
	const stubs = await openRevs(database, id, wanted, { ...options, attachments: false });
	const bytes = stubs
		.flatMap((rev) => ('ok' in rev ? attachmentsOf(rev.ok) : []))
		.reduce((sum, [, { length = 0 }]) => sum + length, 0);
	if (bytes === 0) return stubs;
	if (bytes > allowance.left) throw tooLarge('The answer would carry too many bytes of attachments');
	allowance.left -= bytes;
	return await openRevs(database, id, wanted, options);
}
