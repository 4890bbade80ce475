import { entityOfScope } from '#kinds/kind.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import type { Scope } from '#records/scope.ts';
import { Directory } from './directory.ts';
import { changeOf } from './household-change.ts';
import { joinRows } from './household-rows.ts';
import type { KnownPlace, PlaceKind } from './known-place.ts';
import { checkBase, locate } from './locate.ts';
import { missingPlaces, type MissingPlace } from './missing-places.ts';
import type { Note } from './note.ts';
import type { Roster, RosterRow } from './roster.ts';
import type { Outcome, RowReport, Totals } from './row-report.ts';

/** Who imports, on which device, when. */
export interface Pen {
	readonly author: string;
	readonly device: string;
	readonly now: Date;
}

export interface PlanInput {
	readonly roster: Roster;
	/** What is there already: `knownPlaces` of the revisions at hand. */
	readonly known: ReadonlyMap<Scope, KnownPlace>;
	/** What the office imports into: its subdistrict, community or grid. */
	readonly base: Scope;
	readonly pen: Pen;
}

/** What an import would do. Nothing is written until someone stores `revisions`. */
export interface Plan {
	/** Areas, then courtyards, then households, each by scope. */
	readonly revisions: readonly Revision[];
	/** One for every row of the file that is not blank at its end or the header, in its order. */
	readonly rows: readonly RowReport[];
	readonly notes: readonly Note[];
	readonly totals: Totals;
}

/**
 * Compares a roster with what is known. Cells that are blank change nothing. Importing a file a
 * second time, after its revisions were stored, plans no revisions.
 * @throws RangeError when `base` lies within a grid.
 */
export function planImport({ roster, known, base, pen }: PlanInput): Plan {
	checkBase(base);
	const directory = new Directory(known);
	const located = locate(roster.rows, base, directory);
	const households = [...Map.groupBy(located.rows, ({ household }) => household)].sort(byScope);
	const write = (kind: PlaceKind, scope: Scope, body: JsonObject): Revision =>
		seal({
			kind,
			entity: entityOfScope(scope),
			parents: known.get(scope)?.heads ?? [],
			scope,
			author: pen.author,
			device: pen.device,
			at: pen.now.toISOString(),
			body
		});

	const reports: RowReport[] = [
		...roster.setAside.map((row) => ({ ...row, label: '' })),
		...located.refused.map(({ row, refusal }) => report(row, 'refused', [refusal]))
	];
	const revisions: Revision[] = [];
	const taken = new Set<Scope>();
	for (const [scope, rows] of households) {
		const joined = joinRows(rows);
		const change = changeOf(joined.cells, known.get(scope));
		if (change.body) revisions.push(write('household', scope, change.body));
		if (change.outcome !== 'refused') taken.add(scope);
		const fields = change.outcome === 'changed' ? { fields: change.fields } : {};
		for (const { row, notes } of joined.taken) {
			reports.push({
				...report(row.row, change.outcome, [...change.notes, ...notes]),
				household: scope,
				...fields
			});
		}
		for (const { row, note } of joined.skipped) {
			reports.push({ ...report(row.row, 'skipped', [note]), household: scope });
		}
		for (const { row, note } of joined.refused) {
			reports.push({ ...report(row.row, 'refused', [note]), household: scope });
		}
	}
	const within = located.rows.filter(({ household }) => taken.has(household));
	const missing = missingPlaces(within, directory);
	const places = missing.map(({ scope, level, name }) =>
		write(level === 'courtyard' ? 'courtyard' : 'area', scope, { name })
	);
	const rows = reports.sort(byRow(roster.sheets));
	const count = (level: MissingPlace['level']) => missing.filter((place) => place.level === level).length;
	return {
		revisions: [...places, ...revisions],
		rows,
		notes: [...roster.notes, ...located.notes],
		totals: {
			...countOutcomes(rows),
			communities: count('community'),
			grids: count('grid'),
			courtyards: count('courtyard')
		}
	};
}

function report(row: RosterRow, outcome: Outcome, notes: readonly Note[]): RowReport {
	const { community, grid, courtyard, household } = row;
	const label = [community, grid, courtyard, household.number ?? household.door ?? ''].join(' ');
	return { at: row.at, outcome, notes, label };
}

function countOutcomes(rows: readonly RowReport[]): Pick<Totals, Outcome> {
	const count = (outcome: Outcome) => rows.filter((row) => row.outcome === outcome).length;
	return {
		new: count('new'),
		changed: count('changed'),
		unchanged: count('unchanged'),
		skipped: count('skipped'),
		refused: count('refused')
	};
}

function byRow(sheets: readonly string[]): (a: RowReport, b: RowReport) => number {
	const order = new Map(sheets.map((sheet, index) => [sheet, index]));
	return (a, b) => (order.get(a.at.sheet) ?? 0) - (order.get(b.at.sheet) ?? 0) || a.at.row - b.at.row;
}

function byScope([a]: readonly [Scope, unknown], [b]: readonly [Scope, unknown]): number {
	return a < b ? -1 : 1;
}
