import { describe, expect, it } from 'vitest';
import { conventionDoubts, doubtSubject, stageOf, wordsOf } from '#read-models/convention-doubts.ts';
import type { Revision } from '#records/revision.ts';
import {
	clause,
	entity,
	first,
	holding,
	pathOf,
	savedBy,
	second,
	textBody,
	twoClauses
} from './saved-conventions.ts';

const start = savedBy('jia', 0, [], textBody());
const [one, two] = twoClauses;
const reworded = (text: string) => textBody([clause(first, 'a0', text), ...(two ? [two] : [])]);

function doubtsIn(...revisions: readonly Revision[]) {
	const records = holding(...revisions);
	const state = records.state('convention', entity);
	if (state.status !== 'present') throw new Error(`the convention is ${state.status}`);
	return conventionDoubts(records, { entity, doubts: state.doubts });
}

describe('the doubts of a convention', () => {
	it('show what each wrote, who wrote it, and what stood before both', () => {
		const left = savedBy('jia', 5, [start], reworded('厨余垃圾沥干后投放。'));
		const right = savedBy('yi', 6, [start], reworded('厨余垃圾要滤干水，再投到绿桶。'));
		const [doubt, ...others] = doubtsIn(start, left, right);
		expect(others).toEqual([]);
		expect(doubt?.path).toBe(pathOf(first));
		expect(doubt?.before).toEqual(one);
		const said = doubt?.versions.map(({ value, by }) => [
			wordsOf(value)?.text,
			by.map(({ author }) => author)
		]);
		expect(said?.toSorted()).toEqual([
			['厨余垃圾沥干后投放。', ['jia']],
			['厨余垃圾要滤干水，再投到绿桶。', ['yi']]
		]);
		expect(doubt?.versions.map(({ by }) => by[0]?.device).toSorted()).toEqual(['phone-jia', 'phone-yi']);
	});

	it('keep their keys when someone writes the same once more, and change them with another version', () => {
		const left = savedBy('jia', 5, [start], reworded('厨余垃圾沥干后投放。'));
		const right = savedBy('yi', 6, [start], reworded('厨余垃圾要滤干水，再投到绿桶。'));
		const same = savedBy('bing', 7, [start], reworded('厨余垃圾沥干后投放。'));
		const third = savedBy('ding', 8, [start], reworded('每天早晨投放厨余。'));
		const [before] = doubtsIn(start, left, right);
		const [again] = doubtsIn(start, left, right, same);
		const [another] = doubtsIn(start, left, right, third);
		expect(again?.key).toBe(before?.key);
		expect(again?.versions.flatMap(({ by }) => by)).toHaveLength(3);
		expect(another?.key).not.toBe(before?.key);
		expect(another?.versions.map(({ key }) => key)).toEqual(
			expect.arrayContaining(before?.versions.map(({ key }) => key) ?? [])
		);
	});

	it('tell a clause that one took out from the one that another reworded', () => {
		const gone = savedBy('jia', 5, [start], textBody(two ? [two] : []));
		const right = savedBy('yi', 6, [start], reworded('厨余垃圾要滤干水，再投到绿桶。'));
		const [doubt] = doubtsIn(start, gone, right);
		const by = (author: string) => doubt?.versions.find((version) => version.by[0]?.author === author);
		expect(by('jia')?.value).toBeUndefined();
		expect(wordsOf(by('yi')?.value)?.text).toBe('厨余垃圾要滤干水，再投到绿桶。');
		expect([by('jia')?.index, by('yi')?.index].toSorted()).toEqual([0, 1]);
	});

	it('name stages, titles and rules', () => {
		const left = savedBy('jia', 5, [start], textBody(twoClauses, { stage: { name: 'deliberating' } }));
		const right = savedBy('yi', 6, [start], {
			...textBody(twoClauses, { stage: { name: 'collecting' }, title: '分类约定' }),
			rule: { turnout: '2/3', agree: '2/3' }
		});
		const more = savedBy('bing', 7, [start], {
			...textBody(twoClauses, { title: '我们院的分类公约' }),
			rule: { turnout: '3/4', agree: '2/3' }
		});
		const doubts = doubtsIn(start, left, right, more);
		expect(doubts.map(({ path }) => doubtSubject(path))).toEqual([
			{ type: 'rule', of: 'turnout' },
			{ type: 'stage' },
			{ type: 'words', of: 'title' }
		]);
		const stages = doubts.find(({ path }) => path === '/stage')?.versions ?? [];
		expect(stages.map(({ value }) => stageOf(value)?.name).toSorted()).toEqual([
			'collecting',
			'deliberating'
		]);
		expect(doubts.map(({ before }) => before)).toEqual(['1/2', { name: 'drafting' }, '垃圾分类公约']);
	});

	it('put a withdrawal against everything that others changed, as two', () => {
		const gone = savedBy('jia', 5, [start], null, { reason: '写错了院子' });
		const left = savedBy('yi', 6, [start], reworded('厨余垃圾沥干后投放。'));
		const other = clause(second, 'a1', '大件垃圾预约清运。');
		const right = savedBy('bing', 7, [start], textBody([...(one ? [one] : []), other]));
		const [doubt] = doubtsIn(start, gone, left, right);
		expect(doubt && doubtSubject(doubt.path)).toEqual({ type: 'existence' });
		expect(doubt?.before).toEqual(textBody());
		expect(
			doubt?.versions.map(({ value, by }) => [value === undefined, by.map(({ author }) => author).sort()])
		).toEqual([
			[true, ['jia']],
			[false, ['bing', 'yi']]
		]);
	});
});
