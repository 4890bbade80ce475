import { columns, type Column } from './columns.ts';
import type { Note } from './note.ts';

/** A note's values with the names of columns in the reader's language, as its sentence wants them. */
export function localValues(
	{ values }: Note,
	nameOf: (column: Column) => string,
	separator: string
): Readonly<Record<string, string | number>> {
	const named = (text: string) => {
		const column = columns.find((known) => known === text);
		return column ? nameOf(column) : text;
	};
	return Object.fromEntries(
		Object.entries(values).map(([key, value]) => {
			if (key === 'column') return [key, named(String(value))];
			if (key === 'columns') return [key, String(value).split(',').map(named).join(separator)];
			return [key, value];
		})
	);
}
