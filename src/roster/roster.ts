import type { Column } from './columns.ts';
import type { Note } from './note.ts';
import type { RowAt } from './sheet.ts';

/** A row that names a household, with its cells read. What the file left blank is absent. */
export interface RosterRow {
	readonly at: RowAt;
	readonly community: string;
	readonly grid: string;
	readonly courtyard: string;
	readonly household: HouseholdCells;
	readonly notes: readonly Note[];
}

/** At least one of `number` and `door` is there. */
export interface HouseholdCells {
	readonly number?: string;
	readonly door?: string;
	readonly head?: string;
	readonly phone?: string;
	readonly people?: number;
}

/** A row that is not looked at further, and why. */
export interface RowSetAside {
	readonly at: RowAt;
	readonly outcome: 'skipped' | 'refused';
	readonly notes: readonly Note[];
}

/** What a file says, before it is compared with what is known. */
export interface Roster {
	/** The sheets that were read, in the order of their tabs. */
	readonly sheets: readonly string[];
	readonly columns: readonly Column[];
	readonly rows: readonly RosterRow[];
	readonly setAside: readonly RowSetAside[];
	readonly notes: readonly Note[];
}
