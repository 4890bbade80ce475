import { expect, it } from 'vitest';
import { hasRight, holderOf, holders, tabledKinds, type Holder } from '#access/rights-table.ts';
import { kinds } from '#kinds/kinds.ts';
import { toScope } from '#records/scope.ts';

it('has a row for every kind, and none for others', () => {
	expect([...tabledKinds].sort()).toEqual([...kinds.keys()].sort());
	for (const kind of ['unknown', 'constructor', '__proto__', '']) {
		for (const holder of holders) expect(hasRight(holder, kind, 'r')).toBe(false);
	}
});

it('tells a subdistrict’s office from a community’s', () => {
	expect(holderOf({ role: 'office', scope: toScope('qianmen') })).toBe('subdistrict office');
	expect(holderOf({ role: 'office', scope: toScope('qianmen/caochang') })).toBe('community office');
});

it('lets nobody confirm what they may not write', () => {
	for (const holder of holders) {
		for (const kind of tabledKinds) {
			if (hasRight(holder, kind, 'c'))
				expect([holder, kind, hasRight(holder, kind, 'w')]).toEqual([holder, kind, true]);
		}
	}
});

it('has someone who confirms every kind with members to confirm, and only those', () => {
	for (const [name, { confirming }] of kinds) {
		const someone = holders.some((holder) => hasRight(holder, name, 'c'));
		expect([name, someone]).toEqual([name, confirming.length > 0]);
	}
});

it('keeps names, telephones and what households did from partners and tablets', () => {
	const personal = ['household', 'check-in', 'act', 'redemption', 'matter', 'erasure'];
	for (const holder of ['partner organisation', 'courtyard tablet'] satisfies Holder[]) {
		for (const kind of personal) {
			expect([holder, kind, hasRight(holder, kind, 'r')]).toEqual([holder, kind, false]);
			expect([holder, kind, hasRight(holder, kind, 'a')]).toEqual([holder, kind, false]);
		}
	}
});

it('gives nobody what is personal about places above their own', () => {
	const above = tabledKinds.filter((kind) => holders.some((holder) => hasRight(holder, kind, 'a')));
	expect([...above].sort()).toEqual(['area', 'convention', 'courtyard', 'points-rule', 'policy']);
});

it('lets only the server write erasures', () => {
	for (const holder of holders) expect(hasRight(holder, 'erasure', 'w')).toBe(false);
});
