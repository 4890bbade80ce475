import * as v from 'valibot';
import { expect, it } from 'vitest';
import { atLeast, passes, passRule, usualPassRule } from '#kinds/pass-rule.ts';

it.each([
	['2/3', 14, 10],
	['2/3', 15, 10],
	['2/3', 0, 0],
	['1/2', 14, 7],
	['1/2', 15, 8],
	['1/3', 3, 1],
	['1/1', 1000, 1000],
	['99/99', 1000, 1000],
	['1/49', 49, 1],
	['1/49', 98, 2],
	['97/98', 980, 970]
])('%s of %i is at least %i', (share, whole, expected) => {
	expect(atLeast(share, whole)).toBe(expected);
});

it('is exact for every fraction of every number of households', () => {
	for (let of = 1; of <= 99; of += 1)
		for (let part = 1; part <= of; part += 7)
			for (let whole = 0; whole <= 1000; whole += 13) {
				const least = atLeast(`${part}/${of}`, whole);
				const isLeast = least * of >= part * whole && (least - 1) * of < part * whole;
				if (!isLeast) throw new Error(`${part}/${of} of ${whole} is not ${least}`);
			}
});

it.each([
	['ten of fourteen agree', 14, 10, 4, 0, true],
	['nine of fourteen agree', 14, 9, 5, 0, false],
	['five of seven votes agree, of fourteen households', 14, 5, 2, 0, true],
	['all six of fourteen agree', 14, 6, 0, 0, false],
	['those who abstain voted, and did not agree', 14, 6, 0, 4, false],
	['nobody votes', 14, 0, 0, 0, false]
])(
	'by the usual rule, when %s of %i: %i, %i, %i passes: %s',
	(_when, voters, agree, disagree, abstain, expected) => {
		expect(passes(usualPassRule, voters, { agree, disagree, abstain })).toBe(expected);
	}
);

it.each(['0/1', '3/2', '1/0', '100/100', '1', '', '1/2/3', '-1/2', '½', ' 1/2'])(
	'%s is no share',
	(share) => {
		expect(v.is(passRule, { turnout: share, agree: '1/2' })).toBe(false);
	}
);
