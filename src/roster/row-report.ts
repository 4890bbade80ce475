import type { Scope } from '#records/scope.ts';
import type { Column } from './columns.ts';
import type { Note } from './note.ts';
import type { RowAt } from './sheet.ts';

/**
 * What becomes of a row. `skipped`: nothing to take. `refused`: the clerk must mend it.
 * `fields`: what changes, for a row with the outcome `changed`.
 */
export const outcomes = ['new', 'changed', 'unchanged', 'skipped', 'refused'] as const;
export type Outcome = (typeof outcomes)[number];

export interface RowReport {
	readonly at: RowAt;
	readonly outcome: Outcome;
	readonly notes: readonly Note[];
	/** As the row names it: 草厂社区 第3网格 草厂三条12号 04. `''` when the row names none. */
	readonly label: string;
	readonly household?: Scope;
	readonly fields?: readonly Column[];
}

/** Rows by outcome, and the places that were not there before. */
export interface Totals extends Readonly<Record<Outcome, number>> {
	readonly communities: number;
	readonly grids: number;
	readonly courtyards: number;
}
