/**
 * What the import of accounts says of a row: the key of a sentence (`accounts_row_<code>`) and the values it names.
 * `column`: one of `WorkerColumn`.
 */
export interface WorkerNote {
	readonly code: WorkerNoteCode;
	readonly values: Readonly<Record<string, string | number>>;
}

export const workerNoteCodes = [
	'missing', // column
	'account_wrong', // value
	'display_long',
	'role_unknown', // value
	'role_not_yours', // value
	'place_unknown', // value
	'place_several', // value, places: one has to say which
	'place_unfit', // value: the role is held on places of other levels
	'until_unreadable', // value
	'until_past', // value
	'display_differs', // row
	'account_not_yours',
	'account_disabled'
] as const;
export type WorkerNoteCode = (typeof workerNoteCodes)[number];

export function workerNote(code: WorkerNoteCode, values: WorkerNote['values'] = {}): WorkerNote {
	return { code, values };
}
