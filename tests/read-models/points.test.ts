import { expect, test } from 'vitest';
import { toDay } from '#kinds/day.ts';
import { householdPoints } from '#read-models/points.ts';
import { balanceOf, monthsOfPoints } from '#read-models/redemptions.ts';
import { actBy, checkInOf, household, redeemed, rule, setOf } from './points-records.ts';

const first = rule('2026-11-01', { sorted: 2, mixed: 1, meeting: 5, hour: 3, perDay: 6, perMonth: 10 });
const correct = { observed: { quality: 'correct' } };
const today = toDay('2026-11-23');

test('each line says what was done, what it gives, and what a cap took off', () => {
	const { lines, total, cut } = householdPoints(
		setOf([
			first,
			checkInOf(household, '2026-11-02', correct),
			checkInOf(household, '2026-11-03', { reported: { quality: 'mixed' } }),
			checkInOf(household, '2026-11-04', { observed: { quality: 'unsorted' } }),
			actBy(household, '2026-11-02', 'aaaaaaaa', { act: 'meeting' }),
			actBy(household, '2026-11-05', 'bbbbbbbb', { act: 'volunteering', hours: 1.5 }),
			actBy(household, '2026-11-06', 'cccccccc', { act: 'opinion' })
		]),
		household,
		'2026-11'
	);
	const shown = lines.map(({ day, deed, earned, cutByDay, cutByMonth, counted, rule: from }) => ({
		...{ day, type: deed.type, earned, cutByDay, cutByMonth, counted, from }
	}));
	const from = '2026-11-01';
	expect(shown).toEqual([
		{ day: '2026-11-02', type: 'check-in', earned: 2, cutByDay: 0, cutByMonth: 0, counted: 2, from },
		{ day: '2026-11-02', type: 'meeting', earned: 5, cutByDay: 1, cutByMonth: 0, counted: 4, from },
		{ day: '2026-11-03', type: 'check-in', earned: 1, cutByDay: 0, cutByMonth: 0, counted: 1, from },
		{ day: '2026-11-04', type: 'check-in', earned: 0, cutByDay: 0, cutByMonth: 0, counted: 0, from },
		// One hour and a half at three points: rounded down, and the month is full.
		{ day: '2026-11-05', type: 'volunteering', earned: 4, cutByDay: 0, cutByMonth: 1, counted: 3, from },
		{ day: '2026-11-06', type: 'opinion', earned: 0, cutByDay: 0, cutByMonth: 0, counted: 0, from }
	]);
	expect({ total, cut }).toEqual({ total: 10, cut: 2 });
});

test('a past month keeps its figure under a new rule, and changes with its own', () => {
	const records = setOf([first, checkInOf(household, '2026-11-02', correct)]);
	records.add([rule('2026-12-01', { sorted: 100 })]);
	expect(householdPoints(records, household, '2026-11').total).toBe(2);
	records.add([rule('2026-11-01', { sorted: 3 }, { parents: [first.hash] })]);
	expect(householdPoints(records, household, '2026-11').total).toBe(3);
});

test('a check-in seen differently by two gives nothing, and says so', () => {
	const records = setOf([
		first,
		checkInOf(household, '2026-11-02', correct),
		checkInOf(household, '2026-11-02', { observed: { quality: 'mixed' } }, { author: 'worker2' })
	]);
	const { lines } = householdPoints(records, household, '2026-11');
	expect(lines).toMatchObject([{ inDoubt: true, earned: 0, deed: { quality: 'doubtful' } }]);
});

test('a rule that two offices wrote differently counts the smaller number, and says so', () => {
	const records = setOf([
		rule('2026-11-01', { sorted: 2, meeting: 1 }),
		rule('2026-11-01', { sorted: 5, meeting: 1 }, { author: 'office2' }),
		checkInOf(household, '2026-11-02', correct),
		actBy(household, '2026-11-03', 'aaaaaaaa', { act: 'meeting' })
	]);
	const { lines } = householdPoints(records, household, '2026-11');
	expect(lines).toMatchObject([
		{ earned: 2, ruleInDoubt: true },
		{ earned: 1, ruleInDoubt: false }
	]);
});

test('a rule that one office withdrew while another changed it counts no more than the rule before it', () => {
	const second = rule('2026-11-10', { sorted: 8 });
	const records = setOf([
		first,
		second,
		rule('2026-11-10', null, { parents: [second.hash] }),
		rule('2026-11-10', { sorted: 9 }, { parents: [second.hash], author: 'office2' }),
		checkInOf(household, '2026-11-12', correct)
	]);
	const { lines } = householdPoints(records, household, '2026-11');
	expect(lines).toMatchObject([{ earned: 2, ruleInDoubt: true }]);
});

test('without a rule nothing is earned, and the line stays', () => {
	const { lines } = householdPoints(
		setOf([first, checkInOf(household, '2026-10-31', correct)]),
		household,
		'2026-10'
	);
	expect(lines).toMatchObject([{ earned: 0, counted: 0 }]);
	expect(lines[0]).not.toHaveProperty('rule');
});

test('two redemptions that knew nothing of each other are overdrawn until an office settles them', () => {
	const body = { points: 8, item: '肥皂', day: '2026-11-20' };
	const one = redeemed(household, 'aaaaaaaa', body, { author: 'worker1' });
	const two = redeemed(household, 'bbbbbbbb', body, { author: 'worker2' });
	const earning = [first, actBy(household, '2026-11-02', 'aaaaaaaa', { act: 'meeting' })];
	const visits = ['03', '04', '05'].map((day) => checkInOf(household, `2026-11-${day}`, correct));
	const records = setOf([...earning, ...visits, one, two]);
	expect(balanceOf(records, household, today)).toMatchObject({
		...{ earned: 10, redeemed: 16, balance: -6, open: true },
		redemptions: [{ by: 'worker1' }, { by: 'worker2' }]
	});

	const taken = setOf([...earning, ...visits, one, two]);
	taken.add([redeemed(household, 'bbbbbbbb', null, { parents: [two.hash] })]);
	expect(balanceOf(taken, household, today)).toMatchObject({ balance: 2, open: false });

	const allow = (revision: typeof one, id: string) =>
		redeemed(household, id, { ...body, settled: 'allowed' }, { parents: [revision.hash], author: 'office' });
	records.add([allow(one, 'aaaaaaaa'), allow(two, 'bbbbbbbb')]);
	expect(balanceOf(records, household, today)).toMatchObject({ balance: -6, open: false });
	// A third that comes late from a phone opens it again.
	records.add([redeemed(household, 'cccccccc', { ...body, points: 1 })]);
	expect(balanceOf(records, household, today)).toMatchObject({ balance: -7, open: true });
});

test('a redemption whose points two people wrote differently counts the larger', () => {
	const body = { points: 3, item: '肥皂', day: '2026-11-20' };
	const first = redeemed(household, 'aaaaaaaa', body, { at: '2026-11-20T01:00:00.000Z' });
	const records = setOf([
		first,
		redeemed(household, 'aaaaaaaa', { ...body, points: 4 }, { parents: [first.hash], author: 'worker2' }),
		redeemed(household, 'aaaaaaaa', { ...body, points: 6 }, { parents: [first.hash], author: 'worker3' })
	]);
	expect(balanceOf(records, household, today)).toMatchObject({
		redeemed: 6,
		redemptions: [{ inDoubt: true, by: 'worker1' }]
	});
});

test('a balance needs the months since the first rule', () => {
	const records = setOf([rule('2026-09-15', { sorted: 1 }), first]);
	expect(monthsOfPoints(records, household, today)).toEqual(['2026-09', '2026-10', '2026-11']);
	expect(monthsOfPoints(setOf([]), household, today)).toEqual([]);
});
