import { expect, test } from 'vitest';
import type { HandedOver } from '#access/devices-api.ts';
import { checkInEntity } from '#kinds/check-in.ts';
import { toDay } from '#kinds/day.ts';
import { seal } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { handoverGroups, isOpen } from '../../src/features/devices/handover-groups.ts';

const household = toScope('qianmen/m1/g3/c12/h1');

function handed(id: string, account: string, at: string, recorded = at): HandedOver {
	const record = seal({
		kind: 'check-in',
		entity: checkInEntity(household, toDay('2026-11-23')),
		parents: [],
		scope: household,
		author: account,
		device: 'phone',
		at: recorded,
		body: { observed: { quality: 'correct' } }
	});
	return { id, account, device: 'phone', at, record };
}

test('what was handed over is told by person and by day in Beijing, the latest first', () => {
	const groups = handoverGroups([
		handed('1', 'wang', '2026-11-22T15:59:00.000Z'),
		handed('2', 'wang', '2026-11-22T16:00:00.000Z', '2026-11-20T02:00:00.000Z'),
		handed('3', 'li', '2026-11-23T02:00:00.000Z'),
		handed('4', 'wang', '2026-11-23T03:00:00.000Z', '2026-11-19T02:00:00.000Z')
	]);
	expect(
		groups.map(({ account, day, items }) => [account, day, items.map(({ handed: { id } }) => id)])
	).toEqual([
		['li', '2026-11-23', ['3']],
		['wang', '2026-11-23', ['4', '2']],
		['wang', '2026-11-22', ['1']]
	]);
});

test('what this version cannot read is listed all the same', () => {
	const [group] = handoverGroups([
		{ ...handed('1', 'wang', '2026-11-23T02:00:00.000Z'), record: { kind: '?' } }
	]);
	expect(group?.items).toHaveLength(1);
	expect(group?.items[0]?.revision).toBeUndefined();
});

test('what was decided is not open', () => {
	const one = handed('1', 'wang', '2026-11-23T02:00:00.000Z');
	expect(isOpen(one)).toBe(true);
	expect(isOpen({ ...one, decided: { decision: 'drop', at: one.at, by: 'li' } })).toBe(false);
});
