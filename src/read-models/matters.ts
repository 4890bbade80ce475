import type { Day } from '#kinds/day.ts';
import { dayAt } from '#kinds/day.ts';
import { matter, matterOf, readMatter, type MatterRead } from '#kinds/matter.ts';
import type { MatterStage } from '#kinds/matter-stage.ts';
import type { Hash } from '#records/hash.ts';
import type { Revision } from '#records/revision.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { isWithin, scopeAt, type Scope } from '#records/scope.ts';
import { headsOf, stateOf, type Doubt } from '#records/state-of.ts';
import { byTime } from './written.ts';

/** 民事: what was raised, with when and by which account. `withdrawn`: why it was taken back. */
export interface ListedMatter {
	readonly entity: string;
	readonly id: string;
	/** A household, or a place. */
	readonly scope: Scope;
	/** Undefined for what is about a grid, a community or the subdistrict. */
	readonly courtyard: Scope | undefined;
	readonly at: string;
	readonly day: Day;
	readonly author: string;
	readonly heads: readonly Hash[];
	readonly body: MatterRead;
	/** Where it stands; undefined where people took different steps, or a later version of the app wrote it. */
	readonly stage: MatterStage | undefined;
	readonly doubts: readonly Doubt[];
	readonly withdrawn: string | undefined;
}

/** The matters within `within`, what was raised last first. */
export function mattersIn(records: RevisionSet, within: readonly Scope[]): readonly ListedMatter[] {
	return mattersWhere(records, (scope) => within.some((outer) => isWithin(scope, outer)));
}

/** The matters within `places` and of what these lie in, what was raised last first. */
export function mattersAround(records: RevisionSet, places: readonly Scope[]): readonly ListedMatter[] {
	return mattersWhere(records, (scope) =>
		places.some((place) => isWithin(scope, place) || isWithin(place, scope))
	);
}

/** Undefined: nothing is known of it. */
export function matterAt(records: RevisionSet, entity: string): ListedMatter | undefined {
	const named = matterOf(entity);
	const revisions = [...records.revisions('matter', entity)];
	const [first] = revisions.toSorted(byTime);
	if (!named || !first) return undefined;
	const state = records.state('matter', entity);
	const about = {
		entity,
		...named,
		courtyard: scopeAt(named.scope, 'courtyard'),
		at: first.at,
		day: dayAt(new Date(first.at)),
		author: first.author,
		heads: headsOf(state)
	};
	if (state.status === 'present') {
		const { body, doubts } = state;
		const read = readMatter(body);
		const silent = body['stage'] === undefined && !doubts.some(({ path }) => path === '/stage');
		const stage = silent ? ({ name: 'raised' } as const) : read.stage;
		return { ...about, body: read, stage, doubts, withdrawn: undefined };
	}
	const body = lastSaid(revisions);
	return { ...about, body, stage: body.stage, doubts: [], withdrawn: reasonIn(revisions) };
}

function mattersWhere(records: RevisionSet, concerns: (scope: Scope) => boolean): readonly ListedMatter[] {
	return [...records.entities('matter')]
		.filter((entity) => {
			const named = matterOf(entity);
			return named && concerns(named.scope);
		})
		.flatMap((entity) => matterAt(records, entity) ?? [])
		.sort((a, b) => (a.at === b.at ? (a.entity < b.entity ? -1 : 1) : a.at < b.at ? 1 : -1));
}

/** What a withdrawn matter said before. */
function lastSaid(revisions: readonly Revision[]): MatterRead {
	const state = stateOf(
		revisions.filter(({ body }) => body !== null),
		matter.policy
	);
	return readMatter(state.status === 'present' ? state.body : {});
}

function reasonIn(revisions: readonly Revision[]): string {
	return revisions.flatMap(({ reason }) => reason ?? []).join('\n');
}
