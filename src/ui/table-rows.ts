/** A column of a table; `value` is what is shown, sorted by and searched. */
export interface Column<Row> {
	readonly key: string;
	readonly label: string;
	readonly value: (row: Row) => string | number;
	/** How a number is written; it is sorted by `value`. */
	readonly text?: (row: Row) => string;
}

export interface Sorting {
	readonly key: string;
	readonly descending: boolean;
}

export function cellText<Row>(column: Column<Row>, row: Row): string {
	return column.text?.(row) ?? String(column.value(row));
}

/** The rows that have every word of `filter` somewhere, in the order of `sorting`; equal rows keep theirs. */
export function tableRows<Row>(
	rows: readonly Row[],
	columns: readonly Column<Row>[],
	filter: string,
	sorting: Sorting | undefined,
	collator: Intl.Collator
): readonly Row[] {
	const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
	const found = rows.filter((row) => {
		const text = columns
			.map((column) => cellText(column, row))
			.join('\n')
			.toLowerCase();
		return words.every((word) => text.includes(word));
	});
	const column = columns.find(({ key }) => key === sorting?.key);
	if (!column || !sorting) return found;
	const sign = sorting.descending ? -1 : 1;
	return found.sort((a, b) => sign * compare(column.value(a), column.value(b), collator));
}

function compare(a: string | number, b: string | number, collator: Intl.Collator): number {
	return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
}
