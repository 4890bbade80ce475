import { expect, test } from 'vitest';
import { stageAfter } from '#read-models/convention-moves.ts';
import { bindingText, doubtsBeside, editsBeyond, frozenText } from '#read-models/convention-texts.ts';
import { addDays } from '#kinds/day.ts';
import { at, holdingAll, stateIn, today, votingOn } from './convention-ways.ts';
import { clause, first, savedBy, second, textBody, third, twoClauses } from './saved-conventions.ts';

const read = at({ name: 'deliberating' }, 1, []);
const opened = at(votingOn(read.hash), 2, [read]);

test('what is voted on stands as it was, and edits that arrive later are told beside it', () => {
	const late = savedBy('worker2', 3, [read], {
		...textBody([
			clause(first, 'a0', '厨余垃圾要沥干，早上投放。'),
			clause(third, 'a2', '晚上十点以后不喧哗。')
		]),
		...{ title: '换个题目', preamble: '前言', stage: { name: 'deliberating' } }
	});
	const records = holdingAll(read, opened, late);
	const state = stateIn(records);
	const frozen = frozenText(records, state);
	expect(frozen?.hash).toBe(read.hash);
	expect(frozen?.read.clauses).toEqual(twoClauses);
	expect(frozen && editsBeyond(state, frozen)).toEqual([
		{ type: 'title' },
		{ type: 'preamble' },
		{ type: 'changed', id: first, number: 1, heading: undefined },
		{ type: 'added', id: third, number: 2, heading: undefined },
		{ type: 'removed', id: second, number: 2, heading: undefined }
	]);
});

test('what two people changed after the vote was opened is told as in doubt', () => {
	const reworded = (author: string, minute: number, words: string) =>
		savedBy(author, minute, [read], {
			...textBody([clause(first, 'a0', words), ...twoClauses.slice(1)]),
			stage: { name: 'deliberating' }
		});
	const records = holdingAll(
		read,
		opened,
		reworded('worker2', 3, '厨余垃圾滤干，装进绿桶。'),
		reworded('worker3', 4, '厨余垃圾晾干，装进袋里。')
	);
	const state = stateIn(records);
	const frozen = frozenText(records, state);
	expect(frozen && editsBeyond(state, frozen)).toMatchObject([{ type: 'doubt', id: first, number: 1 }]);
	expect(doubtsBeside(state)).toEqual([]);
});

test('a text that is moved or saved again unchanged is no edit', () => {
	const moved = savedBy('worker2', 3, [opened], {
		...textBody([clause(second, 'Zz', '大件垃圾不堆放在院门口。'), ...twoClauses.slice(0, 1)]),
		stage: opened.body?.['stage'] ?? null
	});
	const records = holdingAll(read, opened, moved);
	const frozen = frozenText(records, stateIn(records));
	expect(frozen && editsBeyond(stateIn(records), frozen)).toEqual([]);
});

test('the version in force is read while it binds, and beside the draft of the next one', () => {
	const inForce = stageAfter(
		stageAfter(votingOn(read.hash, 4), 'post', today, ''),
		'confirm',
		addDays(today, 8),
		''
	);
	const binds = at(inForce, 3, [opened]);
	const records = holdingAll(read, opened, binds);
	expect(frozenText(records, stateIn(records))?.hash).toBe(read.hash);
	const review = stageAfter(inForce, 'start-review', addDays(today, 90), '');
	const next = at(stageAfter(review, 'start-next', addDays(today, 91), ''), 4, [binds], []);
	records.add([next]);
	expect(frozenText(records, stateIn(records))).toBeUndefined();
	expect(bindingText(records, stateIn(records))?.read.clauses).toEqual(twoClauses);
});

test('what binds is still there while two people took different steps that leave it in force', () => {
	const posted = stageAfter(votingOn(read.hash, 4), 'post', today, '');
	const inForce = stageAfter(posted, 'confirm', addDays(today, 8), '');
	const binds = at(inForce, 3, [opened]);
	const reviews = [90, 91].map((days, index) =>
		at(stageAfter(inForce, 'start-review', addDays(today, days), ''), 4 + index, [binds])
	);
	const records = holdingAll(read, opened, binds, ...reviews);
	expect(stateIn(records).read.stage).toBeUndefined();
	expect(bindingText(records, stateIn(records))?.hash).toBe(read.hash);
});

test('doubts that are no clause are told apart', () => {
	const one = savedBy('worker1', 2, [read], textBody(undefined, { title: '示例一' }));
	const other = savedBy('worker2', 3, [read], textBody(undefined, { title: '示例二' }));
	expect(doubtsBeside(stateIn(holdingAll(read, one, other)))).toEqual(['/title']);
});
