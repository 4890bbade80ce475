import type { Column, Layout } from './columns.ts';
import { note, type Note } from './note.ts';
import type { HouseholdCells, RosterRow } from './roster.ts';
import type { Cell, RowAt } from './sheet.ts';
import { looseKey } from './text.ts';
import { readHead, readLabel, readPeople, readPhone, type Value } from './values.ts';

/** Where the row above is; merged cells leave the rows below them blank. */
export interface Above {
	readonly community: string;
	readonly grid: string;
	readonly courtyard: string;
}

export const nothingAbove: Above = { community: '', grid: '', courtyard: '' };

/** `above`: what the next row has above it. */
export type RowRead = { readonly above: Above } & (
	| { readonly status: 'row'; readonly row: RosterRow }
	| { readonly status: 'remark' }
	| { readonly status: 'refused'; readonly notes: readonly Note[] }
);

/** What the schema takes for a name, and for a line. */
const maxName = 80;
const maxLine = 200;

export function readRow(cells: readonly Cell[], layout: Layout, at: RowAt, above: Above): RowRead {
	const cellOf = (column: Column) => cells[layout.get(column) ?? -1];
	const refusals: Note[] = [];
	const notes: Note[] = [];

	/** `''` when blank, undefined when it cannot be taken. */
	const label = (column: Column): string | undefined => {
		const value = readLabel(cellOf(column));
		if (value.status === 'blank') return '';
		if (value.status === 'read' && value.value.length <= maxName) return value.value;
		const date = value.status !== 'read';
		refusals.push(
			date ? note('cell_date', { column, value: value.text }) : note('cell_too_long', { column })
		);
		return undefined;
	};
	const optional = <T>(column: Column, value: Value<T>): T | undefined => {
		if (value.status === 'blank') return undefined;
		if (value.status !== 'read') {
			notes.push(note('cell_unreadable', { column, value: shown(value.text) }));
			return undefined;
		}
		if (value.several) notes.push(note('cell_several', { column, value: String(value.value) }));
		return value.value;
	};

	const own = { community: label('community'), grid: label('grid'), courtyard: label('courtyard') };
	const number = label('number');
	const head = optional('head', within(readHead(cellOf('head')), maxName));
	const phone = optional('phone', readPhone(cellOf('phone')));
	const people = optional('people', readPeople(cellOf('people')));
	const door = number
		? optional('door', within(readLabel(cellOf('door')), maxLine))
		: label('door') || undefined;

	const household: HouseholdCells = {
		...(number && { number }),
		...(door !== undefined && { door }),
		...(head !== undefined && { head }),
		...(phone !== undefined && { phone }),
		...(people !== undefined && { people })
	};
	const saysNothing = Object.keys(household).length === 0 && notes.length === 0 && refusals.length === 0;
	const placesNamed = Object.values(own).filter((name) => name !== '').length;
	if (saysNothing && (!own.courtyard || placesNamed === 1)) return { status: 'remark', above };

	const { place, carried } = carryDown(own, above);
	for (const column of ['community', 'grid', 'courtyard'] as const) {
		if (!place[column]) refusals.push(note('cell_missing', { column }));
	}
	if (!number && door === undefined) refusals.push(note('cell_missing', { column: 'number' }));
	const unique = onePerColumn(refusals);
	if (unique.length > 0) return { status: 'refused', above: place, notes: unique };
	return { status: 'row', above: place, row: { at, ...place, household, notes: [...carried, ...notes] } };
}

/** A blank place is the one above, as long as what it lies in is the same. One that cannot be read is not blank. */
function carryDown(
	own: Readonly<Record<keyof Above, string | undefined>>,
	above: Above
): { place: Above; carried: readonly Note[] } {
	const carried: Note[] = [];
	const place = { ...nothingAbove };
	let same = true;
	for (const column of ['community', 'grid', 'courtyard'] as const) {
		place[column] = own[column] ?? '';
		if (own[column] === '' && same && above[column]) {
			place[column] = above[column];
			carried.push(note('cell_carried', { column, value: above[column] }));
		}
		same &&= looseKey(place[column]) === looseKey(above[column]);
	}
	return { place, carried };
}

/** A cell with a date is not missing as well. */
function onePerColumn(notes: readonly Note[]): readonly Note[] {
	return notes.filter(
		({ values: { column } }, index) => notes.findIndex(({ values }) => values['column'] === column) === index
	);
}

function within(value: Value<string>, max: number): Value<string> {
	const long = value.status === 'read' && value.value.length > max;
	return long ? { status: 'unreadable', text: value.value } : value;
}

function shown(text: string): string {
	return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
