import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysFrom, monthOf, toDay } from '#kinds/day.ts';
import type { HouseholdPoints, PointsLine } from '#read-models/points.ts';
import { householdPoints, pointsIn } from '#read-models/points.ts';
import { courtyardPoints } from '#read-models/points-totals.ts';
import { pointsRules, ruleOn } from '#read-models/points-rules.ts';
import { balanceOf, balancesIn } from '#read-models/redemptions.ts';
import { parentScope } from '#records/scope.ts';
import { foldRuns } from '../property-runs.ts';
import {
	checkInOf,
	home,
	household,
	households,
	pointsHistories,
	rule,
	setOf,
	subdistrict
} from './points-records.ts';

const numRuns = foldRuns;
const months = ['2026-10', '2026-11', '2026-12'];
const today = toDay('2026-12-05');

function shuffled<T>(all: readonly T[], keys: readonly number[]): readonly T[] {
	return all
		.map((one, index) => ({ one, key: keys[index % keys.length] ?? 0 }))
		.sort((a, b) => a.key - b.key)
		.map(({ one }) => one);
}

function sum(lines: readonly PointsLine[], part: 'earned' | 'counted' | 'cutByDay' | 'cutByMonth'): number {
	return lines.reduce((total, line) => total + line[part], 0);
}

test('any order and repetition of arrival gives the same lines and the same balance', () => {
	fc.assert(
		fc.property(pointsHistories, fc.array(fc.nat(), { minLength: 1 }), (history, keys) => {
			const once = setOf(history);
			const again = setOf([...shuffled(history, keys), ...history]);
			for (const month of months)
				expect(householdPoints(again, household, month)).toEqual(householdPoints(once, household, month));
			expect(balanceOf(again, household, today)).toEqual(balanceOf(once, household, today));
		}),
		{ numRuns }
	);
});

test('no day and no month counts more than the caps of its rules, and nothing counts below 0', () => {
	fc.assert(
		fc.property(pointsHistories, (history) => {
			const records = setOf(history);
			const rules = pointsRules(records, household);
			for (const { lines } of pointsIn(records, [subdistrict], months)) {
				let ofMonth = 0;
				for (const [day, ofDay] of Map.groupBy(lines, (line) => line.day)) {
					const caps = ruleOn(rules, day)?.caps;
					expect(sum(ofDay, 'counted')).toBeLessThanOrEqual(caps?.perDay ?? 0);
					if (sum(ofDay, 'counted') > 0)
						expect(ofMonth + sum(ofDay, 'counted')).toBeLessThanOrEqual(caps?.perMonth ?? 0);
					ofMonth += sum(ofDay, 'counted');
				}
				for (const { counted } of lines) expect(counted).toBeGreaterThanOrEqual(0);
			}
		}),
		{ numRuns }
	);
});

test('the lines add up: earned is counted and cut, the total is what counted', () => {
	fc.assert(
		fc.property(pointsHistories, (history) => {
			for (const { lines, total, cut } of pointsIn(setOf(history), [subdistrict], months)) {
				expect(sum(lines, 'counted')).toBe(total);
				expect(sum(lines, 'cutByDay') + sum(lines, 'cutByMonth')).toBe(cut);
				for (const line of lines) {
					expect(line.earned).toBe(line.counted + line.cutByDay + line.cutByMonth);
					if (line.inDoubt) expect(line.earned).toBe(0);
				}
			}
		}),
		{ numRuns }
	);
});

test('a rule that starts later changes no earlier day', () => {
	const starts = fc.constantFrom(...daysFrom(toDay('2026-10-30'), toDay('2026-12-02')));
	fc.assert(
		fc.property(pointsHistories, starts, fc.nat(20), (history, from, points) => {
			const before = setOf(history);
			const after = setOf([...history, rule(from, { sorted: points, meeting: points, perMonth: points })]);
			const earlier = (lines: readonly PointsLine[]) => lines.filter(({ day }) => day < from);
			for (const month of months) {
				const then = earlier(householdPoints(before, household, month).lines);
				expect(earlier(householdPoints(after, household, month).lines)).toEqual(then);
			}
		}),
		{ numRuns }
	);
});

test('a rule in doubt counts no more than any of the rules it may be', () => {
	const body = fc.record(
		{ sorted: fc.nat(9), meeting: fc.nat(9), perDay: fc.nat(12) },
		{ requiredKeys: ['sorted', 'meeting'] }
	);
	fc.assert(
		fc.property(pointsHistories, body, body, (history, one, other) => {
			const without = history.filter(({ kind }) => kind !== 'points-rule');
			const both = [rule('2026-10-01', one, { author: 'a' }), rule('2026-10-01', other, { author: 'b' })];
			const doubtful = householdPoints(setOf([...without, ...both]), household, '2026-11');
			for (const said of both) {
				const plain = householdPoints(setOf([...without, said]), household, '2026-11');
				expect(doubtful.total).toBeLessThanOrEqual(plain.total);
			}
		}),
		{ numRuns }
	);
});

test('the points of a courtyard are those of its households, and so many of them earned any', () => {
	fc.assert(
		fc.property(pointsHistories, (history) => {
			const records = setOf(history);
			const sums = courtyardPoints(records, [subdistrict], months);
			const ofMonths = (home: (typeof households)[number]) =>
				months.reduce((sum, month) => sum + householdPoints(records, home, month).total, 0);
			for (const { courtyard, total, earning, households: living } of sums) {
				const own = households.filter((home) => parentScope(home) === courtyard).map(ofMonths);
				expect(total).toBe(own.reduce((sum, points) => sum + points, 0));
				expect(earning).toBe(own.filter((points) => points > 0).length);
				expect(living).toBe(0);
			}
			const all = households.map(ofMonths).reduce((sum, points) => sum + points, 0);
			expect(sums.reduce((sum, { total }) => sum + total, 0)).toBe(all);
		}),
		{ numRuns }
	);
});

test('a courtyard counts the households that live in it, earning or not', () => {
	const records = setOf([
		...[home('c1/h1', { door: '东1' }), home('c1/h9', { door: '东9' }), home('c3/h1', { door: '西1' })],
		...[
			rule('2026-11-01', { sorted: 3 }),
			checkInOf(household, '2026-11-02', { observed: { quality: 'correct' } })
		]
	]);
	expect(courtyardPoints(records, [subdistrict], ['2026-11'])).toEqual([
		{ courtyard: 'qianmen/caochang/g3/c1', households: 2, earning: 1, total: 3 },
		{ courtyard: 'qianmen/caochang/g3/c3', households: 1, earning: 0, total: 0 }
	]);
});

test('the points of a place are those of its households, and a balance is what they earned less what they redeemed', () => {
	fc.assert(
		fc.property(pointsHistories, (history) => {
			const records = setOf(history);
			const all = pointsIn(records, [subdistrict], months);
			const one = (scope: (typeof households)[number]): readonly HouseholdPoints[] =>
				months.map((month) => householdPoints(records, scope, month)).filter(({ lines }) => lines.length > 0);
			expect(all).toEqual(households.flatMap(one));
			const first = pointsRules(records, household)[0]?.from;
			for (const { household: home, earned, redeemed, balance, open, redemptions } of balancesIn(
				records,
				[subdistrict],
				today
			)) {
				const since = one(home).filter(({ month }) => first && month >= monthOf(first));
				expect(earned).toBe(since.reduce((total, { total: counted }) => total + counted, 0));
				expect(balance).toBe(earned - redeemed);
				// Overdrawn and silent: never, unless an office let every redemption stand.
				expect(open).toBe(balance < 0 && redemptions.some(({ allowed }) => !allowed));
			}
		}),
		{ numRuns }
	);
});
