import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toDay } from '#kinds/day.ts';
import { checkRecord } from '#kinds/check-record.ts';
import { isPersonal } from '#kinds/personal.ts';
import { checkInOn } from '#read-models/check-ins.ts';
import { erasurePlan } from '#read-models/erasure-plan.ts';
import { participation } from '#read-models/participation.ts';
import { householdPoints } from '#read-models/points.ts';
import { balanceOf } from '#read-models/redemptions.ts';
import type { Revision } from '#records/revision.ts';
import { isWithin, type Scope } from '#records/scope.ts';
import { foldRuns } from '../property-runs.ts';
import {
	checkInOf,
	days,
	home,
	household,
	pictures,
	pointsHistories,
	setOf,
	subdistrict,
	word
} from './points-records.ts';

const numRuns = foldRuns;
const months = ['2026-10', '2026-11', '2026-12'];
const today = toDay('2026-12-05');
const eraser = { author: 'office1', at: '2026-12-05T00:00:00.000Z' };

/** The household is on the roster, as its neighbours are. */
const histories = pointsHistories.map((history): readonly Revision[] => [
	...history,
	...['c1/h1', 'c1/h2', 'c2/h1'].map((door) =>
		home(door, { door: '1号', head: word, phone: '000-0000-0000' })
	)
]);

function planned(history: readonly Revision[]) {
	const about = history.filter(({ scope }) => scope === household);
	const plan = erasurePlan(about, eraser);
	const gone = new Set(plan.remove.map(({ _id }) => _id));
	const after = [...history.filter(({ _id }) => !gone.has(_id)), ...plan.anew];
	return { plan, after };
}

/** What is counted of a household and its neighbours. */
function counts(history: readonly Revision[]) {
	const records = setOf(history);
	const { earned, redeemed, open } = balanceOf(records, household, today);
	return {
		balance: { earned, redeemed, open },
		points: months.map((month) => householdPoints(records, household, month)),
		days: days.map((day) => {
			const checkIn = checkInOn(records, household, toDay(day));
			return checkIn.status === 'done' ? checkIn.quality : 'none';
		}),
		report: participation(records, [subdistrict], { from: toDay('2026-10-30'), to: today })
	};
}

test('every count of the household and of its neighbours comes out as before', () => {
	fc.assert(
		fc.property(histories, (history) => {
			expect(counts(planned(history).after)).toEqual(counts(history));
		}),
		{ numRuns }
	);
});

test('two who recorded the same apart stay two, so that a withdrawal of the one leaves the other', () => {
	const day = '2026-11-02';
	const first = checkInOf(household, day, { observed: { quality: 'correct', note: word } });
	const again = checkInOf(household, day, { observed: { quality: 'correct', note: `${word}二` } });
	for (const body of [null, { observed: { quality: 'mixed' } }]) {
		const later = checkInOf(household, day, body, { parents: [first.hash] });
		const history = [first, again, later];
		expect(counts(planned(history).after)).toEqual(counts(history));
	}
});

test('no word, telephone or picture about the household stays, and what is about others stays as it is', () => {
	const isOthers = (scope: Scope) => !isWithin(scope, household);
	fc.assert(
		fc.property(histories, (history) => {
			const { after } = planned(history);
			const others = (all: readonly Revision[]) => all.filter(({ scope }) => isOthers(scope));
			expect(others(after)).toEqual(others(history));
			const own = after.filter(({ scope }) => !isOthers(scope));
			const text = JSON.stringify(own.map(({ body, reason }) => ({ body, reason })));
			for (const personal of [word, '000-0000', ...pictures]) expect(text).not.toContain(personal);
			for (const revision of own) expect(isPersonal(revision)).toBe(false);
		}),
		{ numRuns }
	);
});

test('what is put down anew are records as any, by the office, and erasing again finds nothing', () => {
	fc.assert(
		fc.property(histories, (history) => {
			const { plan, after } = planned(history);
			for (const revision of plan.anew) {
				expect(checkRecord(revision)).toEqual({ ok: true, revision });
				expect(revision).toMatchObject({ author: eraser.author, device: 'server' });
				expect(revision.at >= eraser.at).toBe(true);
			}
			expect(planned(after).plan).toMatchObject({ remove: [], anew: [], photos: [] });
		}),
		{ numRuns }
	);
});

test('any order of the records gives the same plan', () => {
	fc.assert(
		fc.property(histories, (history) => {
			const ids = (all: readonly Revision[]) => all.map(({ _id }) => _id).sort();
			const one = erasurePlan(history, eraser);
			const other = erasurePlan([...history.toReversed(), ...history], eraser);
			expect(ids(other.remove)).toEqual(ids(one.remove));
			expect(ids(other.anew)).toEqual(ids(one.anew));
			expect(other.photos).toEqual(one.photos);
		}),
		{ numRuns }
	);
});
