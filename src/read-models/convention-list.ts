import { readConvention, type ConventionRead, type ConventionType } from '#kinds/convention.ts';
import type { InForce, StageName } from '#kinds/convention-stage.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { isWithin, type Scope } from '#records/scope.ts';
import { inForceIn } from './convention-in-force.ts';
import { conventionState, type ConventionState } from './convention-state.ts';
import type { Written } from './written.ts';
import { householdsIn } from './places.ts';

/** One line of a list of conventions. `stage` is doubtful where people took different steps. */
export interface ConventionSummary {
	readonly entity: string;
	readonly id: string;
	readonly scope: Scope;
	readonly type: ConventionType;
	/** All titles between which someone must choose, with ` / ` between them, where it is in doubt. */
	readonly title: string;
	readonly stage: StageName | 'doubtful';
	readonly inForce?: InForce;
	/** Clauses in doubt included. */
	readonly clauses: number;
	readonly doubts: number;
	readonly lastChange: Written;
}

/** Conventions of places within `within`, and of places around them that are meant for them; changed last first. */
export function conventionsIn(records: RevisionSet, within: readonly Scope[]): readonly ConventionSummary[] {
	return [...records.entities('convention')]
		.flatMap((entity) => conventionState(records, entity) ?? [])
		.filter((state) => within.some((place) => concerns(state, place)))
		.map(summary)
		.sort(lastChangedFirst);
}

/** The households a convention is for, by the roster, in the order of their doors. */
export function householdsOf(
	records: RevisionSet,
	{ scope, read }: { readonly scope: Scope; readonly read: Pick<ConventionRead, 'courtyards'> }
): readonly Scope[] {
	return householdsIn(records, read.courtyards ?? [scope]).map((household) => household.scope);
}

function concerns({ scope, read: { courtyards } }: ConventionState, place: Scope): boolean {
	if (isWithin(scope, place)) return true;
	return (
		isWithin(place, scope) &&
		(!courtyards || courtyards.some((one) => isWithin(one, place) || isWithin(place, one)))
	);
}

function summary(state: ConventionState): ConventionSummary {
	const { entity, id, scope, read, lines, doubts, lastChange } = state;
	const inForce = inForceIn(state);
	return {
		entity,
		id,
		scope,
		type: read.type ?? 'convention',
		title: read.title ?? titlesInDoubt(state),
		stage: read.stage?.name ?? 'doubtful',
		...(inForce && { inForce }),
		clauses: lines.length,
		doubts: doubts.length,
		lastChange
	};
}

function titlesInDoubt({ doubts }: ConventionState): string {
	const titles = doubts.find(({ path }) => path === '/title')?.candidates ?? [];
	return titles.flatMap(({ value }) => readConvention({ title: value ?? null }).title ?? []).join(' / ');
}

function lastChangedFirst(a: ConventionSummary, b: ConventionSummary): number {
	if (a.lastChange.at !== b.lastChange.at) return a.lastChange.at < b.lastChange.at ? 1 : -1;
	return a.entity < b.entity ? -1 : 1;
}
