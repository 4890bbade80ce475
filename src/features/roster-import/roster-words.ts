import { m } from '#paraglide/messages.js';
import type { Column } from '#roster/columns.ts';
import { localValues } from '#roster/local-values.ts';
import type { Note, NoteCode } from '#roster/note.ts';
import type { Outcome, RowReport, Totals } from '#roster/row-report.ts';

type Values = Readonly<Record<string, string | number>>;

export const columnNames: Readonly<Record<Column, () => string>> = {
	community: m.roster_column_community,
	grid: m.roster_column_grid,
	courtyard: m.roster_column_courtyard,
	door: m.roster_column_door,
	number: m.roster_column_number,
	head: m.roster_column_head,
	phone: m.roster_column_phone,
	people: m.roster_column_people
};

export const outcomeNames: Readonly<Record<Outcome, () => string>> = {
	new: m.roster_outcome_new,
	changed: m.roster_outcome_changed,
	unchanged: m.roster_outcome_unchanged,
	skipped: m.roster_outcome_skipped,
	refused: m.roster_outcome_refused
};

const sentences: Readonly<Record<NoteCode, (values: Values) => string>> = {
	file_empty: () => m.roster_file_empty(),
	file_too_large: ({ limit = '' }) => m.roster_file_too_large({ limit }),
	file_too_many_rows: ({ limit = '' }) => m.roster_file_too_many_rows({ limit }),
	file_old_excel: () => m.roster_file_old_excel(),
	file_encoding_unknown: () => m.roster_file_encoding_unknown(),
	file_unreadable: () => m.roster_file_unreadable(),
	file_no_header: ({ columns = '' }) => m.roster_file_no_header({ columns }),
	file_columns_missing: ({ columns = '' }) => m.roster_file_columns_missing({ columns }),
	sheet_ignored: ({ sheet = '' }) => m.roster_sheet_ignored({ sheet }),
	column_ignored: ({ title = '' }) => m.roster_column_ignored({ title }),
	column_twice: ({ title = '' }) => m.roster_column_twice({ title }),
	community_named: ({ community = '' }) => m.roster_community_named({ community }),
	row_blank: () => m.roster_row_blank(),
	row_above_header: () => m.roster_row_above_header(),
	row_header_again: () => m.roster_row_header_again(),
	row_total: () => m.roster_row_total(),
	row_remark: () => m.roster_row_remark(),
	row_duplicate: ({ row = '' }) => m.roster_row_duplicate({ row }),
	cell_missing: ({ column = '' }) => m.roster_cell_missing({ column }),
	cell_date: ({ column = '', value = '' }) => m.roster_cell_date({ column, value }),
	cell_too_long: ({ column = '' }) => m.roster_cell_too_long({ column }),
	duplicate_conflict: ({ row = '', columns = '' }) => m.roster_duplicate_conflict({ row, columns }),
	outside_base: ({ place = '' }) => m.roster_outside_base({ place }),
	community_unnamed: () => m.roster_community_unnamed(),
	in_doubt: ({ columns = '' }) => m.roster_in_doubt({ columns }),
	cell_carried: ({ column = '', value = '' }) => m.roster_cell_carried({ column, value }),
	cell_unreadable: ({ column = '', value = '' }) => m.roster_cell_unreadable({ column, value }),
	cell_several: ({ column = '', value = '' }) => m.roster_cell_several({ column, value }),
	row_completes: ({ row = '' }) => m.roster_row_completes({ row }),
	household_restored: () => m.roster_household_restored()
};

export function noteText(note: Note): string {
	return sentences[note.code](localValues(note, (column) => columnNames[column](), m.import_list_comma()));
}

/** Why a row stands as it does: what changes in it, and what was seen in it. */
export function rowRemarks({ fields = [], notes }: RowReport): string {
	const changed = fields.map((field) => columnNames[field]()).join(m.import_list_comma());
	return [changed, ...notes.map(noteText)].filter((part) => part !== '').join(m.import_part_comma());
}

export function totalTexts(totals: Totals): readonly string[] {
	const { new: added, changed, unchanged, skipped, refused, communities, grids, courtyards } = totals;
	return [
		m.roster_total_households({ added, changed, unchanged }),
		m.roster_total_places({ communities, grids, courtyards }),
		m.roster_total_rows({ skipped, refused })
	];
}
