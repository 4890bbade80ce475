/**
 * What the import says about a file, a sheet or a row: the key of a sentence
 * (`roster_<code>` in `messages/<locale>/roster.json`) and the values it names. `column` is a
 * column of ours and `columns` several, with commas between: `localValues` puts names in their place.
 */
export interface Note {
	readonly code: NoteCode;
	readonly values: Readonly<Record<string, string | number>>;
}

/** Why nothing at all of a file can be taken. */
export const fileRefusals = [
	'file_empty',
	'file_too_large', // limit, in MB
	'file_too_many_rows', // limit
	'file_old_excel',
	'file_encoding_unknown',
	'file_unreadable',
	'file_no_header', // columns
	'file_columns_missing' // columns
] as const;

/** What was seen in a file beside its rows. */
export const fileNotes = [
	'sheet_ignored', // sheet
	'column_ignored', // title
	'column_twice', // title
	'community_named' // community: the name the base community gets from this file
] as const;

/** Why a row is not a household. Nothing is lost by leaving it out. */
export const skipReasons = [
	'row_blank',
	'row_above_header',
	'row_header_again',
	'row_total',
	'row_remark',
	'row_duplicate' // row
] as const;

/** Why a row was not taken. */
export const rowRefusals = [
	'cell_missing', // column
	'cell_date', // column, value
	'cell_too_long', // column
	'duplicate_conflict', // row, columns
	'outside_base', // place
	'community_unnamed', // place
	'in_doubt' // columns; none when two people disagree whether the household is there
] as const;

/** What else was seen in a row that was taken. */
export const rowNotes = [
	'cell_carried', // column, value
	'cell_unreadable', // column, value: the household was taken without it
	'cell_several', // column, value: the first of several was taken
	'row_completes', // row: this row adds to that one
	'household_restored'
] as const;

export type FileRefusal = (typeof fileRefusals)[number];
export type NoteCode =
	| FileRefusal
	| (typeof fileNotes)[number]
	| (typeof skipReasons)[number]
	| (typeof rowRefusals)[number]
	| (typeof rowNotes)[number];

export function note(code: NoteCode, values: Note['values'] = {}): Note {
	return { code, values };
}
