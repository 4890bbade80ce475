import type { Column } from './columns.ts';
import type { LocatedRow } from './locate.ts';
import { note, type Note } from './note.ts';
import type { HouseholdCells } from './roster.ts';
import type { RowAt } from './sheet.ts';
import { looseKey } from './text.ts';

export const householdFields = [
	'number',
	'door',
	'head',
	'phone',
	'people'
] as const satisfies readonly Column[];
export type HouseholdField = (typeof householdFields)[number];

/** What becomes of the rows that name one household. */
export interface JoinedRows {
	readonly cells: HouseholdCells;
	/** The rows that say something, the first one first, with what they are told. */
	readonly taken: readonly { readonly row: LocatedRow; readonly notes: readonly Note[] }[];
	readonly skipped: readonly { readonly row: LocatedRow; readonly note: Note }[];
	readonly refused: readonly { readonly row: LocatedRow; readonly note: Note }[];
}

/**
 * Joins rows that name one household: a later row may say the same, or fill what was blank.
 * One that contradicts an earlier row is refused, for a person to choose.
 */
export function joinRows(rows: readonly LocatedRow[]): JoinedRows {
	let cells: HouseholdCells = {};
	const taken: { row: LocatedRow; notes: readonly Note[] }[] = [];
	const skipped: { row: LocatedRow; note: Note }[] = [];
	const refused: { row: LocatedRow; note: Note }[] = [];
	for (const located of rows) {
		const { household, notes } = located.row;
		const first = taken[0]?.row.row.at;
		const given = householdFields.filter((field) => household[field] !== undefined);
		const contradicts = given.filter(
			(field) => cells[field] !== undefined && !sameField(field, cells, household)
		);
		const adds = given.some((field) => cells[field] === undefined);
		if (first && contradicts.length > 0) {
			const values = { row: rowName(first), columns: contradicts.join() };
			refused.push({ row: located, note: note('duplicate_conflict', values) });
		} else if (first && !adds) {
			skipped.push({ row: located, note: note('row_duplicate', { row: rowName(first) }) });
		} else {
			const completes = first ? [note('row_completes', { row: rowName(first) })] : [];
			taken.push({ row: located, notes: [...notes, ...completes] });
			cells = { ...household, ...cells };
		}
	}
	return { cells, taken, skipped, refused };
}

/** Whether two bodies say the same in a field; a household's number is its key, and so the same. */
export function sameField(
	field: HouseholdField,
	a: Readonly<Record<string, unknown>> | HouseholdCells,
	b: HouseholdCells
): boolean {
	const [one, other] = [valueOf(field, a), valueOf(field, b)];
	if (typeof one !== 'string' || typeof other !== 'string') return one === other;
	return field === 'number' || looseKey(one) === looseKey(other);
}

function valueOf(field: HouseholdField, body: object): unknown {
	return Object.entries(body).find(([key]) => key === field)?.[1];
}

function rowName({ sheet, row }: RowAt): string | number {
	return sheet ? `${sheet}!${row}` : row;
}
