import { checkRecord } from '#kinds/check-record.ts';
import type { Revision } from '#records/revision.ts';
import type { Database } from './database.ts';

/** Follows every character an id can have. */
const end = '\u{ffff}';

/** The records whose ids begin with `prefix`: `check-in:qianmen.caochang.g3.c12.h04.2026-11`. */
export async function storedRecords(
	database: Database | undefined,
	prefix: string
): Promise<readonly Revision[]> {
	const range = { startkey: prefix, endkey: `${prefix}${end}`, include_docs: true };
	const { rows } = (await database?.allDocs(range)) ?? { rows: [] };
	return rows.flatMap((row) => {
		if (!('doc' in row)) return [];
		const checked = checkRecord(row.doc);
		return checked.ok ? [checked.revision] : [];
	});
}
