import { expect, test } from 'vitest';
import { spokenText } from '#app/spoken-clause.ts';
import { overwriteGetLocale } from '#paraglide/runtime.js';
import { conventionState } from '#read-models/convention-state.ts';
import {
	clause,
	entity,
	first,
	holding,
	savedBy,
	second,
	textBody,
	third
} from '../read-models/saved-conventions.ts';

const clauses = [
	clause(first, 'a0', '按时投放。'),
	clause(second, 'a1', '不堆杂物。'),
	{ ...clause(third, 'a2', '轻声说话。'), heading: '安静' }
];
const reworded = (text: string) => [...clauses.slice(0, 1), clause(second, 'a1', text), ...clauses.slice(2)];

test('a text is read part by part, and of a clause in doubt every version under its own number', () => {
	overwriteGetLocale(() => 'zh-CN');
	const base = savedBy('甲', 1, [], textBody(clauses));
	const state = conventionState(
		holding(
			base,
			savedBy('乙', 2, [base], textBody(reworded('楼道不堆放东西。'))),
			savedBy('丙', 3, [base], textBody(reworded('过道任何时候都空着。')))
		),
		entity
	);
	const [title, ...spoken] = spokenText({ ...state?.read, lines: state?.lines ?? [] }, 'zh-CN');
	expect([title, spoken[0], spoken[2]]).toEqual([
		...['垃圾分类公约', '第一条\n按时投放。', '第三条 安静\n轻声说话。']
	]);
	expect(spoken[1]).toContain('第二条 两个人都改了这一条');
	expect(spoken[1]).toContain('楼道不堆放东西。');
	expect(spoken[1]).toContain('过道任何时候都空着。');
	expect(spoken).toHaveLength(3);
});
