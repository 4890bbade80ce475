import { describe, expect, it } from 'vitest';
import { toDay } from '#kinds/day.ts';
import { roundOf } from '#read-models/round.ts';
import { toScope } from '#records/scope.ts';
import { checkIn, grid, neighbourhood, observed } from './neighbourhood.ts';

const today = toDay('2026-11-23');

function done(records: ReturnType<typeof neighbourhood>) {
	return roundOf(records, [grid], today).map((each) => [each.courtyard.name, each.done, each.visits.length]);
}

describe('the day’s round', () => {
	it('goes by courtyard and counts who is done on that day', () => {
		const records = neighbourhood();
		records.add([
			checkIn('c1/h2', '2026-11-23', observed('correct')),
			checkIn('c1/h3', '2026-11-22', observed('correct')),
			checkIn('c2/h1', '2026-11-23', { reported: { quality: 'mixed' } })
		]);
		expect(done(records)).toEqual([
			['示例胡同2号', 1, 1],
			['示例胡同12号', 1, 3]
		]);
	});

	it('does not count a check-in that was withdrawn, and tells it from none', () => {
		const records = neighbourhood();
		const made = checkIn('c1/h2', '2026-11-23', observed('correct'));
		records.add([made]);
		expect(done(records)[1]).toEqual(['示例胡同12号', 1, 3]);
		records.add([checkIn('c1/h2', '2026-11-23', {}, { body: null, reason: 'undone', parents: [made.hash] })]);
		expect(done(records)[1]).toEqual(['示例胡同12号', 0, 3]);
		const [, round] = roundOf(records, [grid], today);
		expect(round?.visits.map(({ checkIn: each }) => each.status === 'none' && each.withdrawn)).toEqual([
			true,
			false,
			false
		]);
	});

	it('counts one check-in when two workers recorded the same household, and shows their doubt', () => {
		const records = neighbourhood();
		records.add([
			checkIn('c1/h2', '2026-11-23', observed('correct'), { author: 'worker1' }),
			checkIn('c1/h2', '2026-11-23', observed('mixed'), { author: 'worker2' })
		]);
		const [, round] = roundOf(records, [grid], today);
		expect(round?.done).toBe(1);
		expect(round?.visits[0]?.checkIn).toMatchObject({ status: 'done', quality: 'doubtful' });
	});

	it('leaves no household out while its courtyard has not arrived', () => {
		const round = roundOf(neighbourhood(), [toScope('qianmen')], today);
		expect(round.map(({ courtyard, visits }) => [courtyard.name, visits.length])).toContainEqual([
			'qianmen/dajiang/g1/c1',
			1
		]);
	});

	it('takes what was observed over what the household reported', () => {
		const records = neighbourhood();
		records.add([
			checkIn('c2/h1', '2026-11-23', { reported: { quality: 'correct' } }),
			checkIn('c2/h1', '2026-11-23', observed('mixed'))
		]);
		const [round] = roundOf(records, [grid], today);
		expect(round?.visits[0]?.checkIn).toMatchObject({
			quality: 'mixed',
			body: { reported: { quality: 'correct' }, observed: { quality: 'mixed' } }
		});
	});
});
