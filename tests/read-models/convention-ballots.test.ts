import { expect, test } from 'vitest';
import { addDays } from '#kinds/day.ts';
import { voteEntity } from '#kinds/vote.ts';
import { ballotsOf } from '#read-models/convention-ballots.ts';
import { stageAfter } from '#read-models/convention-moves.ts';
import { hashOfJson } from '#records/hash.ts';
import { seal, type Revision } from '#records/revision.ts';
import { childScope } from '#records/scope.ts';
import { overTheWire } from '../parsed-json.ts';
import { at, ballotId, holdingAll, stateIn, today, votingOn } from './convention-ways.ts';
import { savedBy, textBody, yard } from './saved-conventions.ts';

const text = hashOfJson('the text voted on');
const voting = votingOn(text);
const otherId = 'ballot0002';
const otherVoting = { ...voting, ballot: { ...voting.ballot, id: otherId } };
const read = at({ name: 'deliberating' }, 1, []);
const opened = at(voting, 2, [read]);
const otherOpened = savedBy('worker2', 3, [read], textBody(undefined, { stage: overTheWire(otherVoting) }));

function vote(door: string, ballot: string, choice: 'agree' | null = 'agree', device = 'phone1'): Revision {
	const household = childScope(yard, door);
	return seal({
		...{ kind: 'vote', entity: voteEntity(household, 'sorting1', ballot), parents: [], scope: household },
		...{ author: 'worker2', device, at: `${today}T02:00:00.000Z` },
		...(choice ? { body: { choice, text } } : { body: null, reason: 'not meant' })
	});
}
function ballotsIn(...revisions: readonly Revision[]) {
	const records = holdingAll(...revisions);
	return ballotsOf(records, stateIn(records));
}
const votes = [
	vote('h1', ballotId),
	...['h2', 'h3'].map((door) => vote(door, otherId)),
	vote('h2', otherId, 'agree', 'phone2'),
	vote('h4', otherId, null)
];
const both = [read, opened, otherOpened, ...votes];

test('of two votes opened on two phones each is told by who opened it, and by how many households voted in it', () => {
	expect(ballotsIn(...both)).toMatchObject([
		{ id: otherId, opened: { author: 'worker2' }, end: { type: 'standing' }, households: 2 },
		{ id: ballotId, opened: { author: 'worker1' }, end: { type: 'standing' }, households: 1 }
	]);
});

test('votes of the ballot that was not chosen are still there, each with whose and when', () => {
	const chosen = at(voting, 4, [opened, otherOpened]);
	const [left, taken] = ballotsIn(...both, chosen);
	expect(taken).toMatchObject({ id: ballotId, end: { type: 'standing' } });
	expect(left).toMatchObject({ id: otherId, end: { type: 'not-chosen' } });
	expect(left?.votes.map(({ household, device }) => `${household} ${device}`).sort()).toEqual([
		`${childScope(yard, 'h2')} phone1`,
		`${childScope(yard, 'h2')} phone2`,
		`${childScope(yard, 'h3')} phone1`
	]);
	// Counted on one phone while the other one still went on.
	const counted = at(votingOn(text, 4), 5, [opened]);
	const kept = at(otherVoting, 6, [counted, otherOpened]);
	expect(ballotsIn(...both, counted, kept)[1]).toMatchObject({ id: ballotId, end: { type: 'not-chosen' } });
});

test('a vote that was broken off keeps its votes, also where the text was reworded meanwhile', () => {
	const away = at(stageAfter(voting, 'abandon-vote', today, '重来'), 4, [opened]);
	const abandoned = { id: ballotId, end: { type: 'abandoned' }, households: 1 };
	expect(ballotsIn(read, opened, ...votes, away)[0]).toMatchObject(abandoned);
	const reworded = savedBy(
		'worker2',
		5,
		[opened],
		textBody(undefined, { title: '新标题', stage: overTheWire(voting) })
	);
	const joined = at({ name: 'deliberating', because: '重来' }, 6, [away, reworded]);
	expect(ballotsIn(read, opened, ...votes, away, reworded, joined)[0]).toMatchObject(abandoned);
});

test('a ballot that was counted says when, and one of which only votes are here says so', () => {
	const counted = at(votingOn(text, 1), 4, [opened]);
	const again = at(stageAfter(votingOn(text, 1), 'reopen', addDays(today, 1), '再商量'), 5, [counted]);
	const next = at(otherVoting, 6, [again]);
	expect(ballotsIn(read, opened, counted, again, next)).toMatchObject([
		{ id: otherId, end: { type: 'standing' } },
		{ id: ballotId, end: { type: 'counted', day: today }, votes: [] }
	]);
	expect(ballotsIn(read, vote('h1', 'ballot0009'))).toMatchObject([
		{ id: 'ballot0009', opened: undefined, end: { type: 'unknown' }, households: 1 }
	]);
});

test('in whatever order they arrive', () => {
	const all = [...both, at(voting, 4, [opened, otherOpened])];
	expect(ballotsIn(...all.toReversed())).toEqual(ballotsIn(...all));
});
