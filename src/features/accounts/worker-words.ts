import { m } from '#paraglide/messages.js';
import type { Note } from '#roster/note.ts';
import type { WorkerOutcome } from '#roster/plan-workers.ts';
import { workerColumns, type WorkerColumn } from '#roster/worker-columns.ts';
import type { WorkerNote, WorkerNoteCode } from '#roster/worker-note.ts';

type Values = Readonly<Record<string, string | number>>;

const columnNames: Readonly<Record<WorkerColumn, () => string>> = {
	display: m.accounts_display,
	account: m.login_name,
	role: m.accounts_role,
	place: m.accounts_column_place,
	until: m.accounts_until
};

function columnText(text: string | number | undefined): string {
	const column = workerColumns.find((known) => known === text);
	return column ? columnNames[column]() : String(text ?? '');
}

/** What is wrong with a row, and what to do. */
const sentences: Readonly<Record<WorkerNoteCode, (values: Values) => string>> = {
	missing: ({ column }) => m.accounts_row_missing({ column: columnText(column) }),
	account_wrong: ({ value = '' }) => m.accounts_row_account_wrong({ value }),
	display_long: () => m.accounts_display_long(),
	role_unknown: ({ value = '' }) => m.accounts_row_role_unknown({ value }),
	role_not_yours: () => m.accounts_row_role_not_yours(),
	place_unknown: ({ value = '' }) => m.accounts_row_place_unknown({ value }),
	place_several: ({ value = '', places = '' }) => m.accounts_row_place_several({ value, places }),
	place_unfit: ({ value = '' }) => m.accounts_row_place_unfit({ value }),
	until_unreadable: ({ value = '' }) => m.accounts_row_until_unreadable({ value }),
	until_past: ({ value = '' }) => m.accounts_row_until_past({ value }),
	display_differs: ({ row = '' }) => m.accounts_row_display_differs({ row }),
	account_not_yours: () => m.accounts_not_yours(),
	account_disabled: () => m.accounts_row_disabled()
};

export function workerNoteText({ code, values }: WorkerNote): string {
	return sentences[code](values);
}

/** Why nothing of a file could be taken. */
export function fileRefusalText({ code, values }: Note): string {
	const columns = String(values['columns'] ?? '')
		.split(',')
		.map(columnText)
		.join(m.import_list_comma());
	const limit = values['limit'] ?? '';
	switch (code) {
		case 'file_empty':
			return m.roster_file_empty();
		case 'file_too_large':
			return m.roster_file_too_large({ limit });
		case 'file_too_many_rows':
			return m.roster_file_too_many_rows({ limit });
		case 'file_old_excel':
			return m.roster_file_old_excel();
		case 'file_encoding_unknown':
			return m.roster_file_encoding_unknown();
		case 'file_no_header':
			return m.roster_file_no_header({ columns });
		case 'file_columns_missing':
			return m.roster_file_columns_missing({ columns });
		default:
			return m.roster_file_unreadable();
	}
}

export function workerOutcomeText(outcome: WorkerOutcome): string {
	switch (outcome) {
		case 'new':
			return m.roster_outcome_new();
		case 'changed':
			return m.roster_outcome_changed();
		case 'unchanged':
			return m.roster_outcome_unchanged();
		case 'refused':
			return m.roster_outcome_refused();
	}
}
