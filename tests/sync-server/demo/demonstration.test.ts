import { beforeAll, describe, expect, it } from 'vitest';
import { grantsOf } from '#access/grant.ts';
import { mayWrite } from '#access/rights.ts';
import { checkRecord } from '#kinds/check-record.ts';
import { addDays, dayAt } from '#kinds/day.ts';
import { policyOf } from '#kinds/kinds.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { toScope } from '#records/scope.ts';
import { balancesIn } from '#read-models/redemptions.ts';
import { participation } from '#read-models/participation.ts';
import { readPhone } from '#roster/values.ts';
import { demonstration, type Demonstration } from '../../../sync-server/demo/demonstration.ts';

// A Monday noon in Beijing.
const now = new Date('2026-11-23T04:00:00.000Z');
const today = dayAt(now);
const subdistrict = [toScope('qianmen')];

let demo: Demonstration;
let set: RevisionSet;

beforeAll(() => {
	demo = demonstration('zhonggeng', now);
	set = new RevisionSet(policyOf);
	set.add(demo.revisions);
});

describe('The demonstration', () => {
	it('holds only valid records, each once, that their authors may write', () => {
		const grants = new Map(demo.accounts.map(({ name, roles }) => [name, grantsOf(roles)]));
		for (const revision of demo.revisions) {
			expect(checkRecord(revision)).toEqual({ ok: true, revision });
			expect(mayWrite(grants.get(revision.author) ?? [], revision.kind, revision.scope)).toBe(true);
		}
		expect(new Set(demo.revisions.map(({ _id }) => _id)).size).toBe(demo.revisions.length);
	});

	it('is the same for the same seed, and another for another', () => {
		expect(demonstration('zhonggeng', now)).toEqual(demo);
		expect(demonstration('other', now)).not.toEqual(demo);
	});

	it('has the places of a small subdistrict, no two of one name', () => {
		const count = (kind: string) => [...set.entities(kind)].length;
		expect([count('area'), count('courtyard')]).toEqual([1 + 3 + 6, 48]);
		expect(count('household')).toBeGreaterThan(48 * 4);
		expect(count('household')).toBeLessThan(48 * 9);
		const named = demo.revisions.filter(({ kind }) => kind === 'courtyard').map(({ body }) => body?.['name']);
		expect(new Set(named).size).toBe(named.length);
	});

	it('has households that are plainly made up', () => {
		for (const { body } of demo.revisions.filter(({ kind }) => kind === 'household')) {
			expect(body?.['head']).toMatch(/^示例户\d{4}$/);
			const phone = body?.['phone'];
			if (typeof phone !== 'string') continue;
			expect(phone).toMatch(/^000-0000-\d{4}$/);
			expect(readPhone(phone)).toMatchObject({ status: 'read', value: phone });
		}
	});

	it('tells of six weeks until now, and of nothing later', () => {
		expect(demo.revisions.every(({ at }) => at <= now.toISOString())).toBe(true);
		const { byDay } = participation(set, subdistrict, { from: addDays(today, -41), to: today });
		expect(byDay.filter(({ checkIns }) => checkIns > 0)).toHaveLength(42);
		const beforehand = participation(set, subdistrict, {
			from: addDays(today, -90),
			to: addDays(today, -42)
		});
		expect(beforehand.total.checkIns).toBe(0);
	});

	it('has points under a rule, and one household that two workers gave more than it had', () => {
		const balances = balancesIn(set, subdistrict, today);
		expect(balances.filter(({ earned }) => earned > 0).length).toBeGreaterThan(100);
		expect(balances.filter(({ redeemed }) => redeemed > 0).length).toBeGreaterThan(5);
		const open = balances.filter((balance) => balance.open).map(({ redemptions }) => redemptions);
		expect(open.map((redemptions) => redemptions.map(({ by }) => by))).toContainEqual(['worker1', 'worker2']);
	});

	it('has rates that differ by courtyard, weekday and week, within what is plausible', () => {
		const week = (from: number) =>
			participation(set, subdistrict, { from: addDays(today, from), to: addDays(today, from + 6) });
		const first = week(-42).total;
		const last = week(-7).total;
		expect(first.correct / first.checkIns).toBeGreaterThan(0.55);
		expect(last.correct / last.checkIns).toBeGreaterThan(first.correct / first.checkIns);
		expect(last.correct / last.checkIns).toBeLessThan(0.95);
		const { byCourtyard, byDay } = week(-7);
		const rates = byCourtyard.map(({ checkIns, households }) => checkIns / households);
		expect(Math.max(...rates) - Math.min(...rates)).toBeGreaterThan(1);
		expect(Math.max(...byDay.map(({ checkIns }) => checkIns))).toBeGreaterThan(
			1.3 * Math.min(...byDay.map(({ checkIns }) => checkIns))
		);
	});

	it('has reports by households, corrections, three doubts and one withdrawal', () => {
		const states = [...set.entities('check-in')].map((entity) => set.state('check-in', entity));
		const present = states.flatMap((state) => (state.status === 'present' ? [state] : []));
		expect(present.filter(({ doubts }) => doubts.length > 0)).toHaveLength(3);
		expect(states.filter(({ status }) => status === 'withdrawn')).toHaveLength(1);
		const views = (...sides: readonly string[]) =>
			present.filter(({ body }) => sides.every((side) => side in body)).length;
		expect(views('observed')).toBeGreaterThan(views('reported'));
		expect(views('observed', 'reported')).toBeGreaterThan(50);
		expect(views('reported')).toBeGreaterThan(views('observed', 'reported'));
		const corrected = demo.revisions.filter(
			({ kind, parents }) => kind === 'check-in' && parents.length === 1
		);
		expect(corrected.length).toBeGreaterThan(50);
	});
});
