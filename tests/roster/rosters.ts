import { policyOf } from '#kinds/kinds.ts';
import { RevisionSet } from '#records/revision-set.ts';
import type { Revision } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { knownPlaces } from '#roster/known-place.ts';
import { planImport, type Pen, type Plan } from '#roster/plan.ts';
import { readRoster } from '#roster/read-roster.ts';
import type { Roster } from '#roster/roster.ts';
import { numberRows, type Cell } from '#roster/sheet.ts';

export const header = ['社区', '网格', '院落', '门牌', '户号', '户主', '电话', '人数'];

export const pen: Pen = { author: 'office', device: 'desk', now: new Date('2026-11-23T01:00:00.000Z') };

/** @throws Error when the rows are no roster. */
export function rosterOf(rows: readonly (readonly Cell[])[]): Roster {
	const read = readRoster([{ sheet: '', rows: numberRows(rows) }]);
	if (!read.ok) throw new Error(`refused: ${read.refusal.code}`);
	return read.roster;
}

/** What importing `rows` would do where `revisions` are known. */
export function planOf(
	rows: readonly (readonly Cell[])[],
	revisions: readonly Revision[] = [],
	base = 'qianmen'
): Plan {
	const set = new RevisionSet(policyOf);
	set.add(revisions);
	const scope = toScope(base);
	return planImport({ roster: rosterOf(rows), known: knownPlaces(set, scope), base: scope, pen });
}
