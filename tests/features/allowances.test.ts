import { expect, test } from 'vitest';
import { toDay } from '#kinds/day.ts';
import { checkRecord } from '#kinds/check-record.ts';
import { balanceOf } from '#read-models/redemptions.ts';
import { seal } from '#records/revision.ts';
import { allowances } from '#features/points/allowances.ts';
import { household, redeemed, setOf } from '../read-models/points-records.ts';

const today = toDay('2026-11-23');
const body = { points: 3, item: '肥皂', day: '2026-11-20' };

test('letting an overdraft stand settles every redemption as it counted, doubts too, once', () => {
	const first = redeemed(household, 'aaaaaaaa', body);
	const parents = [first.hash];
	const records = setOf([
		first,
		redeemed(household, 'aaaaaaaa', { ...body, points: 4, item: '牙膏' }, { parents, author: 'worker2' }),
		redeemed(household, 'aaaaaaaa', { ...body, points: 6, item: '毛巾' }, { parents, author: 'worker3' }),
		redeemed(household, 'bbbbbbbb', body)
	]);
	const before = balanceOf(records, household, today);
	expect(before).toMatchObject({ balance: -9, open: true });
	const written = allowances(records, before).map(({ seen = [], ...entry }) =>
		seal({ ...entry, parents: seen, author: 'office', device: 'desk', at: '2026-11-21T00:00:00.000Z' })
	);
	for (const revision of written) expect(checkRecord(revision)).toEqual({ ok: true, revision });
	records.add(written);
	const after = balanceOf(records, household, today);
	expect(after).toMatchObject({ balance: -9, open: false });
	expect(after.redemptions.every(({ allowed, inDoubt }) => allowed && !inDoubt)).toBe(true);
	expect(allowances(records, after)).toEqual([]);
});
