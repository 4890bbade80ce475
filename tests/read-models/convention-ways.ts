import type { Stage } from '#kinds/convention-stage.ts';
import { toDay, type Day } from '#kinds/day.ts';
import { policyOf } from '#kinds/kinds.ts';
import { opinionEntity } from '#kinds/opinion.ts';
import { voteEntity } from '#kinds/vote.ts';
import { conventionState, type ConventionState } from '#read-models/convention-state.ts';
import { hashOfJson, type Hash } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { childScope } from '#records/scope.ts';
import { overTheWire } from '../parsed-json.ts';
import { entity, savedBy, textBody, twoClauses, yard } from './saved-conventions.ts';

/** The made-up courtyard's households. */
export const doors = ['h1', 'h2', 'h3', 'h4'] as const;
export const today = toDay('2026-11-23');
export const ballotId = 'ballot0001';

/** The convention as someone saved it at a stage, on top of what came before. `minute`: of 09:00 UTC. */
export function at(stage: Stage, minute: number, on: readonly Revision[], clauses = twoClauses): Revision {
	return savedBy('worker1', minute, on, textBody(clauses, { stage: overTheWire(stage) }));
}

/** A vote on `text`, with its result where `agree` says how many of four agreed and the others did not. */
export function votingOn(text: Hash, agree?: 1 | 4): Stage & { readonly name: 'voting' } {
	const ballot = {
		id: ballotId,
		text,
		voters: [...doors],
		rule: { turnout: '1/2', agree: '2/3' },
		opens: toDay('2026-11-20'),
		closes: today
	};
	if (agree === undefined) return { name: 'voting', ballot };
	const votes = doors.map((door) => hashOfJson(door)).sort();
	const result = { day: today, votes, agree, disagree: 4 - agree, abstain: 0, passed: agree === 4 };
	return { name: 'voting', ballot: { ...ballot, result } };
}

export function roster(): readonly Revision[] {
	return doors.map((door) => recorded('household', childScope(yard, door), { door }));
}

export function voteOf(door: string, text: Hash): Revision {
	const household = childScope(yard, door);
	return recorded('vote', household, { choice: 'agree', text }, voteEntity(household, 'sorting1', ballotId));
}

/** An opinion of a household, recorded on `day` at ten in Beijing. */
export function said(door: string, topic: string, body: JsonObject, day: Day = today): Revision {
	const household = childScope(yard, door);
	return recorded('opinion', household, body, opinionEntity(household, 'sorting1', topic), day);
}

export function holdingAll(...revisions: readonly Revision[]): RevisionSet {
	const records = new RevisionSet(policyOf);
	records.add(revisions);
	return records;
}

/** @throws Error where there is none */
export function stateIn(records: RevisionSet): ConventionState {
	const state = conventionState(records, entity);
	if (!state) throw new Error('no convention');
	return state;
}

function recorded(
	kind: string,
	scope: Revision['scope'],
	body: JsonObject,
	about: string = scope.replaceAll('/', '.'),
	day: Day = today
): Revision {
	return seal({
		...{ kind, entity: about, parents: [], scope, author: 'home1', device: 'phone1' },
		...{ at: `${day}T02:00:00.000Z`, body }
	});
}
