import { expect, test } from 'vitest';
import { grantsOf } from '#access/grant.ts';
import type { Stage } from '#kinds/convention-stage.ts';
import { addDays, type Day } from '#kinds/day.ts';
import { stageAfter } from '#read-models/convention-moves.ts';
import { waitingFor } from '#read-models/convention-waiting.ts';
import { hashOfJson } from '#records/hash.ts';
import type { Revision } from '#records/revision.ts';
import { at, holdingAll, roster, said, stateIn, today, voteOf, votingOn } from './convention-ways.ts';
import { savedBy, textBody, twoClauses } from './saved-conventions.ts';

const text = hashOfJson('the text voted on');
const posted = stageAfter(votingOn(text, 4), 'post', today, '');
const inForce = stageAfter(posted, 'confirm', addDays(today, 8), '');
const reviewing = stageAfter(inForce, 'start-review', addDays(today, 90), '');

function waiting(role: string, stage: Stage, more: readonly Revision[] = [], day: Day = today) {
	const records = holdingAll(...roster(), at(stage, 1, []), ...more);
	return waitingFor(records, stateIn(records), grantsOf([role]), day);
}
const home = 'resident:qianmen/caochang/g3/c1/h1';
const worker = 'worker:qianmen/caochang/g3';
const office = 'office:qianmen/caochang';

test('a household is asked at each stage for what it can give, until it has', () => {
	const wish = { about: 'wish', words: '少放杂物' };
	const deliberating = { name: 'deliberating' } as const;
	const { hash: seen } = at(deliberating, 1, []);
	const opinions = (door: string) =>
		['clause01', 'clause02'].map((id) => said(door, id, { about: 'clause', view: 'agree', seen }));
	expect(waiting(home, { name: 'collecting' })).toEqual([{ type: 'wish' }]);
	expect(waiting(home, { name: 'collecting' }, [said('h1', 'wish0001', wish)])).toEqual([]);
	expect(waiting(home, { name: 'drafting' })).toEqual([]);
	expect(waiting(home, { name: 'deliberating' })).toEqual([{ type: 'opinion' }]);
	expect(waiting(home, deliberating, opinions('h1'))).toEqual([]);
	expect(waiting(home, deliberating, opinions('h1').slice(1))).toEqual([{ type: 'opinion' }]);
	expect(waiting(home, deliberating, opinions('h2'))).toHaveLength(1);
	const [first, ...others] = twoClauses;
	const reworded = at(
		deliberating,
		2,
		[at(deliberating, 1, [])],
		[...(first ? [{ ...first, text: '另有一种写法。' }] : []), ...others]
	);
	expect(waiting(home, deliberating, [...opinions('h1'), reworded])).toEqual([{ type: 'opinion' }]);
	expect(waiting(home, votingOn(text))).toEqual([{ type: 'vote', until: today }]);
	expect(waiting(home, votingOn(text), [voteOf('h1', text)])).toEqual([]);
	expect(waiting(home, votingOn(text), [], addDays(today, 1))).toEqual([]);
	expect(waiting(home, posted)).toEqual([{ type: 'posted', until: addDays(today, 7) }]);
	expect(waiting(home, posted, [], addDays(today, 8))).toEqual([]);
	expect(waiting(home, inForce)).toEqual([]);
	expect(waiting(home, reviewing)).toEqual([{ type: 'rating' }]);
	expect(waiting(home, reviewing, [said('h1', 'version1', { about: 'rating', rating: 'good' })])).toEqual([]);
});

test('two households of one account are asked the same once', () => {
	const records = holdingAll(...roster(), at(votingOn(text), 1, []));
	const both = grantsOf([home, 'resident:qianmen/caochang/g3/c1/h2']);
	expect(waitingFor(records, stateIn(records), both, today)).toEqual([{ type: 'vote', until: today }]);
});

test('once all have voted the votes can be counted, before the last day too', () => {
	const votes = ['h1', 'h2', 'h3', 'h4'].map((door) => voteOf(door, text));
	expect(waiting(worker, votingOn(text), votes)).toEqual([{ type: 'step', move: 'count-votes' }]);
});

test('an objection that arrives once the text is in force waits too', () => {
	const objection = said('h2', 'objection1', { about: 'objection', words: '太严' }, addDays(today, 1));
	expect(waiting(worker, inForce, [objection])).toEqual([{ type: 'objections', count: 1 }]);
});

test('an objection to the next version is none to the one in force, which goes on when the next one is given up', () => {
	const objection = said('h2', 'objection1', { about: 'objection', words: '太严' }, addDays(today, 40));
	expect(waiting(worker, inForce, [objection], addDays(today, 50))).toEqual([]);
});

test('a household of another courtyard is asked for nothing', () => {
	expect(waiting('resident:qianmen/caochang/g3/c2/h1', votingOn(text))).toEqual([]);
});

test('a worker is told how many doors are left, and what is due', () => {
	expect(waiting(worker, votingOn(text), [voteOf('h1', text)])).toEqual([
		{ type: 'votes', households: 3, until: today }
	]);
	expect(waiting(worker, votingOn(text), [], addDays(today, 1))).toEqual([
		{ type: 'step', move: 'count-votes' }
	]);
	expect(waiting(worker, votingOn(text, 4))).toEqual([{ type: 'step', move: 'post' }]);
	expect(waiting(worker, votingOn(text, 1))).toEqual([{ type: 'step', move: 'reopen' }]);
	expect(waiting(worker, { name: 'drafting' })).toEqual([]);
});

test('putting into force waits for an office, and not while someone objects', () => {
	const over = addDays(today, 8);
	expect(waiting(worker, posted, [], over)).toEqual([]);
	expect(waiting(office, posted, [], over)).toEqual([{ type: 'step', move: 'confirm' }]);
	const objection = said('h2', 'objection1', { about: 'objection', words: '太严' }, addDays(today, 1));
	expect(waiting(office, posted, [objection], over)).toEqual([{ type: 'objections', count: 1 }]);
	expect(waiting('partner:qianmen/caochang', posted, [objection], over)).toEqual([]);
});

test('doubts wait for whoever may choose, not for readers', () => {
	const first = at({ name: 'drafting' }, 1, []);
	const sides = ['示例一', '示例二'].map((title, index) =>
		savedBy('worker1', 2 + index, [first], textBody(undefined, { title }))
	);
	expect(waiting(worker, { name: 'drafting' }, sides)).toEqual([{ type: 'doubts', count: 1 }]);
	expect(waiting(home, { name: 'drafting' }, sides)).toEqual([]);
});
