import { expect, test } from 'vitest';
import { checkIn, checkInEntity } from '#kinds/check-in.ts';
import { checkRecord } from '#kinds/check-record.ts';
import { toDay } from '#kinds/day.ts';
import { settle } from '#read-models/settle.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { stateOf } from '#records/state-of.ts';

const household = toScope('qianmen/caochang/g3/c12/h04');
const entity = checkInEntity(household, toDay('2026-11-23'));

function written(author: string, body: JsonObject | null, on: readonly Revision[] = []): Revision {
	const content = {
		kind: 'check-in',
		entity,
		parents: on.map(({ hash }) => hash).sort(),
		scope: household,
		author,
		device: `${author}-phone`,
		at: '2026-11-23T02:00:00.000Z',
		body
	};
	return seal(body ? content : { ...content, reason: 'wrong door' });
}

function present(...revisions: Revision[]) {
	const state = stateOf(revisions, checkIn.policy);
	if (state.status !== 'present') throw new Error(`the check-in is ${state.status}`);
	return state;
}

const first = written('wang', { observed: { quality: 'correct' } });
const mixed = written('wang', { observed: { quality: 'mixed', note: 'two bags' } }, [first]);
const unsorted = written('li', { observed: { quality: 'unsorted', note: 'one bag' } }, [first]);

test('a choice for every doubt gives one whole body, and writing it on both heads leaves no doubt', () => {
	const state = present(first, mixed, unsorted);
	expect(state.doubts.map(({ path }) => path)).toEqual(['/observed/note', '/observed/quality']);
	const quality = state.doubts[1]?.candidates.findIndex(({ value }) => value === 'unsorted') ?? -1;
	const note = state.doubts[0]?.candidates.findIndex(({ value }) => value === 'two bags') ?? -1;
	const choices = new Map([
		['/observed/quality', quality],
		['/observed/note', note]
	]);
	const settlement = settle(state, checkIn.policy, choices);
	expect(settlement).toEqual({
		status: 'settled',
		body: { observed: { quality: 'unsorted', note: 'two bags' } }
	});
	if (settlement.status !== 'settled') return;
	const choice = written('zhao', settlement.body, [mixed, unsorted]);
	expect(checkRecord(choice)).toMatchObject({ ok: true });
	expect(present(first, mixed, unsorted, choice)).toMatchObject({ body: settlement.body, doubts: [] });
});

test('a doubt without an answer keeps the whole open', () => {
	const state = present(first, mixed, unsorted);
	expect(settle(state, checkIn.policy, new Map([['/observed/quality', 0]]))).toEqual({
		status: 'open',
		paths: ['/observed/note']
	});
});

test('where one withdrew and another changed, either can be chosen', () => {
	const gone = written('li', null, [first]);
	const state = present(first, mixed, gone);
	const [doubt] = state.doubts;
	const withdrawal = doubt?.candidates.findIndex(({ value }) => value === undefined) ?? -1;
	expect(settle(state, checkIn.policy, new Map([['', withdrawal]]))).toEqual({
		status: 'settled',
		body: null
	});
	expect(settle(state, checkIn.policy, new Map([['', 1 - withdrawal]]))).toEqual({
		status: 'settled',
		body: { observed: { quality: 'mixed', note: 'two bags' } }
	});
});

test('choosing that a field was taken out leaves it out', () => {
	const noted = written('wang', { observed: { quality: 'correct', note: 'a' } });
	const without = written('wang', { observed: { quality: 'correct' } }, [noted]);
	const other = written('li', { observed: { quality: 'correct', note: 'b' } }, [noted]);
	const state = present(noted, without, other);
	const out = state.doubts[0]?.candidates.findIndex(({ value }) => value === undefined) ?? -1;
	expect(settle(state, checkIn.policy, new Map([['/observed/note', out]]))).toEqual({
		status: 'settled',
		body: { observed: { quality: 'correct' } }
	});
});
