import { describe, expect, test } from 'vitest';
import { conventionState, removedClauses, revisionText } from '#read-models/convention-state.ts';
import {
	clause,
	entity,
	first,
	holding,
	pathOf,
	savedBy,
	second,
	textBody,
	third
} from './saved-conventions.ts';

const base = savedBy('wang', 0, [], textBody());
const kitchen = '厨余垃圾要沥干水分再投放。';
const bulky = '大件垃圾不堆放在院门口。';

describe('lines', () => {
	test('a convention that one person wrote has its clauses in order, joined from nobody', () => {
		const state = conventionState(holding(base), entity);
		expect(state).toMatchObject({ entity, id: 'sorting1', heads: [base.hash], doubts: [] });
		expect(state?.lines).toEqual([
			{ type: 'clause', clause: clause(first, 'a0', kitchen), joinedFrom: [] },
			{ type: 'clause', clause: clause(second, 'a1', bulky), joinedFrom: [] }
		]);
	});

	test('a clause that two people edited in different places names both, until someone rewords it', () => {
		const front = textBody([clause(first, 'a0', `每天早上，${kitchen}`), clause(second, 'a1', bulky)]);
		const end = textBody([clause(first, 'a0', `${kitchen}大家互相提醒。`), clause(second, 'a1', bulky)]);
		const sides = [savedBy('wang', 1, [base], front), savedBy('li', 2, [base], end)];
		const line = conventionState(holding(base, ...sides), entity)?.lines[0];
		expect(line).toMatchObject({ type: 'clause', clause: { text: `每天早上，${kitchen}大家互相提醒。` } });
		expect(line?.type === 'clause' && line.joinedFrom.map(({ author }) => author).sort()).toEqual([
			'li',
			'wang'
		]);
		const reworded = savedBy('zhao', 3, sides, textBody([clause(first, 'a0', '厨余要沥干。')]));
		expect(conventionState(holding(base, ...sides, reworded), entity)?.lines).toEqual([
			{ type: 'clause', clause: clause(first, 'a0', '厨余要沥干。'), joinedFrom: [] }
		]);
	});

	test('two people who wrote the same words are not joined', () => {
		const same = textBody([clause(first, 'a0', '厨余要沥干。'), clause(second, 'a1', bulky)]);
		const sides = [savedBy('wang', 1, [base], same), savedBy('li', 2, [base], same)];
		expect(conventionState(holding(base, ...sides), entity)?.lines[0]).toMatchObject({ joinedFrom: [] });
	});

	test('a clause in doubt stands where its first version stands, with who took it out beside who reworded it', () => {
		const without = savedBy('wang', 1, [base], textBody([clause(second, 'a1', bulky)]));
		const reworded = textBody([clause(second, 'a1', bulky), clause(first, 'a2', '厨余要沥干。')]);
		const other = savedBy('li', 2, [base], reworded);
		const state = conventionState(holding(base, without, other), entity);
		expect(state?.lines.map((line) => line.type)).toEqual(['clause', 'doubt']);
		expect(state?.lines[1]).toMatchObject({ id: first, place: 'a2' });
		const versions = state?.lines[1]?.type === 'doubt' ? state.lines[1].versions : [];
		expect(new Map(versions.map(({ clause, by }) => [by[0]?.author, clause?.text]))).toEqual(
			new Map([
				['wang', undefined],
				['li', '厨余要沥干。']
			])
		);
		const [doubt] = state?.doubts ?? [];
		expect(doubt?.path).toBe(pathOf(first));
		expect(versions.map(({ clause }) => clause === undefined)).toEqual(
			doubt?.candidates.map(({ value }) => value === undefined)
		);
	});
});

test('the last change is the head recorded last', () => {
	const early = savedBy('wang', 1, [base], textBody(undefined, { title: '甲' }));
	const late = savedBy('li', 2, [base], textBody(undefined, { preamble: '大家一起写。' }));
	const state = conventionState(holding(base, late, early), entity);
	expect(state?.lastChange).toEqual({ hash: late.hash, author: 'li', device: 'phone-li', at: late.at });
});

test('nothing known and all withdrawn is no convention; withdrawn against changed still is one', () => {
	const gone = savedBy('wang', 1, [base], null, { reason: '写错了院落' });
	const changed = savedBy('li', 2, [base], textBody(undefined, { title: '甲' }));
	expect(conventionState(holding(), entity)).toBeUndefined();
	expect(conventionState(holding(base, gone), entity)).toBeUndefined();
	expect(conventionState(holding(base, gone, changed), entity)?.doubts.map(({ path }) => path)).toEqual(['']);
});

test('the text of a revision is what its author wrote, whatever came later', () => {
	const later = savedBy('li', 1, [base], textBody([], { title: '甲' }));
	const gone = savedBy('li', 2, [later], null, { reason: '不写了' });
	const records = holding(base, later, gone);
	expect(revisionText(records, entity, base.hash)).toMatchObject({ title: '垃圾分类公约' });
	expect(revisionText(records, entity, base.hash)?.clauses.map(({ id }) => id)).toEqual([first, second]);
	expect(revisionText(records, entity, later.hash)).toMatchObject({ title: '甲', clauses: [] });
	expect(revisionText(records, entity, gone.hash)).toBeUndefined();
});

describe('clauses taken out', () => {
	const reworded = savedBy(
		'wang',
		1,
		[base],
		textBody([clause(first, 'a0', '厨余要沥干。'), clause(second, 'a1', bulky), clause(third, 'a2', '三')])
	);
	const without = savedBy(
		'li',
		2,
		[reworded],
		textBody([clause(second, 'a1', bulky), clause(third, 'a2', '三')])
	);
	const onlySecond = savedBy('zhao', 3, [without], textBody([clause(second, 'a1', bulky)]));

	test('are listed with their last words and who took them out, the last one first', () => {
		const removed = removedClauses(holding(base, reworded, without, onlySecond), entity);
		expect(removed.map(({ clause, by }) => [clause.text, by.author])).toEqual([
			['三', 'zhao'],
			['厨余要沥干。', 'li']
		]);
	});

	test('are not listed when they are back, or in doubt', () => {
		const back = savedBy(
			'wang',
			4,
			[onlySecond],
			textBody([clause(second, 'a1', bulky), clause(first, 'a2', '厨余要沥干。')])
		);
		const removed = removedClauses(holding(base, reworded, without, onlySecond, back), entity);
		expect(removed.map(({ clause }) => clause.id)).toEqual([third]);
		const doubtful = savedBy('qian', 5, [reworded], textBody([clause(first, 'a0', '另一种说法。')]));
		expect(
			removedClauses(holding(base, reworded, without, doubtful), entity).map(({ clause }) => clause.id)
		).toEqual([second, third]);
	});
});
