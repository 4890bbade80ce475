import type { ReadableDatabase } from '../storage/database.ts';
import { spend, type AttachmentAllowance } from './attachment-budget.ts';
import { openRevs, type OpenRev, type OpenRevsOptions } from './open-revs.ts';

/**
 * `openRevs`, whose attachments are read only when all of them may be carried.
 * @throws CouchError 413 when they may not.
 */
export async function openRevsWithin(
	allowance: AttachmentAllowance,
	database: ReadableDatabase,
	id: string,
	wanted: 'all' | readonly string[],
	options: OpenRevsOptions
): Promise<readonly OpenRev[]> {
	if (!options.attachments) return await openRevs(database, id, wanted, options);
	const stubs = await openRevs(database, id, wanted, { ...options, attachments: false });
	const before = allowance.left;
	spend(
		allowance,
		stubs.map((rev) => ('ok' in rev ? rev.ok : undefined))
	);
	if (allowance.left === before) return stubs;
	return await openRevs(database, id, wanted, options);
}
