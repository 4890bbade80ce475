import { describe, expect, it } from 'vitest';
import { toDay } from '#kinds/day.ts';
import { participation, rate } from '#read-models/participation.ts';
import { checkIn, firstCourtyard, grid, neighbourhood, observed, secondCourtyard } from './neighbourhood.ts';

const period = { from: toDay('2026-11-01'), to: toDay('2026-11-03') };

describe('participation', () => {
	const records = neighbourhood();
	records.add([
		checkIn('c1/h2', '2026-11-01', observed('correct', ['food', 'other'])),
		checkIn('c1/h2', '2026-11-02', observed('mixed', ['food'])),
		checkIn('c1/h3', '2026-11-02', observed('correct')),
		checkIn('c1/h3', '2026-11-04', observed('correct')),
		checkIn('c2/h1', '2026-10-31', observed('correct'))
	]);
	const report = participation(records, [grid], period);

	it('counts households with at least one check-in in the period, and the correct ones', () => {
		expect(report.total).toEqual({ households: 4, participating: 2, checkIns: 3, correct: 2 });
	});

	it('adds up by courtyard and by day', () => {
		expect(report.byCourtyard).toEqual([
			{ courtyard: firstCourtyard, households: 3, participating: 2, checkIns: 3, correct: 2 },
			{ courtyard: secondCourtyard, households: 1, participating: 0, checkIns: 0, correct: 0 }
		]);
		expect(report.byDay).toEqual([
			{ day: '2026-11-01', checkIns: 1, correct: 1 },
			{ day: '2026-11-02', checkIns: 2, correct: 1 },
			{ day: '2026-11-03', checkIns: 0, correct: 0 }
		]);
		expect(report.byStream).toEqual({ food: 2, recyclable: 0, hazardous: 0, other: 1 });
	});

	it('knows each household’s last visit, outside the period too', () => {
		expect([...report.lastVisits]).toEqual([
			['qianmen/caochang/g3/c1/h2', '2026-11-02'],
			['qianmen/caochang/g3/c1/h3', '2026-11-04'],
			['qianmen/caochang/g3/c2/h1', '2026-10-31']
		]);
	});

	it('counts a household once, however its check-ins came about, and a doubt as not correct', () => {
		const doubtful = neighbourhood();
		doubtful.add([
			checkIn('c2/h1', '2026-11-01', observed('correct'), { author: 'worker1' }),
			checkIn('c2/h1', '2026-11-01', observed('mixed'), { author: 'worker2' })
		]);
		const { total } = participation(doubtful, [secondCourtyard], period);
		expect(total).toEqual({ households: 1, participating: 1, checkIns: 1, correct: 0 });
	});

	it('has no rate where there is nothing to measure', () => {
		expect(rate(0, 0)).toBeUndefined();
		expect(rate(1, 4)).toBe(0.25);
	});
});
