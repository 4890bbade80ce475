import { expect, test } from 'vitest';
import { stageFacts } from '#app/stage-facts.ts';
import type { Ballot } from '#kinds/convention-stage.ts';
import { toDay } from '#kinds/day.ts';
import { usualPassRule } from '#kinds/pass-rule.ts';
import { overwriteGetLocale } from '#paraglide/runtime.js';
import { hashOfJson } from '#records/hash.ts';

const day = toDay('2026-11-23');
const ballot: Ballot = {
	...{ id: 'ballot0001', text: hashOfJson('the text voted on'), voters: ['h01', 'h02'], rule: usualPassRule },
	...{ opens: day, closes: day }
};
const result = { day, votes: [], agree: 1, disagree: 2, abstain: 3, passed: false };

test('two steps that are both a vote are told apart by whether and how they were counted', () => {
	overwriteGetLocale(() => 'zh-CN');
	expect(stageFacts({ name: 'voting', ballot }, 'zh-CN')).toMatch(/^表决（.*）：还没计票$/);
	expect(stageFacts({ name: 'voting', ballot: { ...ballot, result } }, 'zh-CN')).toMatch(
		/：已计票：同意 1，不同意 2，弃权 3，没通过$/
	);
});

test('two votes that nobody counted are told apart by who opened them and how many households voted', () => {
	overwriteGetLocale(() => 'zh-CN');
	const opened = {
		hash: hashOfJson('opening'),
		author: '网格员甲',
		device: 'phone',
		at: '2026-11-23T02:05:00.000Z'
	};
	expect(stageFacts({ name: 'voting', ballot }, 'zh-CN', { opened, voted: 3 })).toMatch(
		/^表决（.*），网格员甲.*10:05发起：还没计票，已有 3 户投票$/
	);
	expect(stageFacts({ name: 'voting', ballot }, 'zh-CN', { opened })).toMatch(/发起：还没计票$/);
});
