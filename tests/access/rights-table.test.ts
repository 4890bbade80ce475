import { expect, it } from 'vitest';
import {
	hasRight,
	holderOf,
	holders,
	tabledKinds,
	tabledSteps,
	takesStep,
	type Holder
} from '#access/rights-table.ts';
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

it('lets both offices write, confirm and take to each stage what those within their places may', () => {
	const within: readonly Holder[] = ['grid worker', 'partner organisation', 'resident', 'courtyard tablet'];
	for (const office of ['subdistrict office', 'community office'] satisfies Holder[]) {
		for (const kind of tabledKinds) {
			for (const right of ['w', 'c'] as const) {
				const someone = within.some((holder) => hasRight(holder, kind, right));
				if (someone) expect([office, kind, hasRight(office, kind, right)]).toEqual([office, kind, true]);
			}
		}
		for (const name of tabledSteps) {
			const [kind = '', step = ''] = name.split(' ');
			const someone = within.some((holder) => takesStep(holder, kind, step));
			if (someone) expect([office, name, takesStep(office, kind, step)]).toEqual([office, name, true]);
		}
	}
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

/** What names people, or tells what they did or said. */
const personal = [
	'household',
	'check-in',
	'act',
	'redemption',
	'matter',
	'progress',
	'whistle',
	'evaluation',
	'meeting',
	'minute',
	'amendment',
	'opinion',
	'vote',
	'erasure'
];

it('keeps names, telephones and what households did and said from partners and tablets', () => {
	for (const holder of ['partner organisation', 'courtyard tablet'] satisfies Holder[]) {
		for (const kind of personal) {
			expect([holder, kind, hasRight(holder, kind, 'r')]).toEqual([holder, kind, false]);
			expect([holder, kind, hasRight(holder, kind, 'a')]).toEqual([holder, kind, false]);
		}
	}
});

const aboveOf = (someone: readonly Holder[]) =>
	tabledKinds.filter((kind) => someone.some((holder) => hasRight(holder, kind, 'a'))).toSorted();
const rulesAndPlaces = ['area', 'convention', 'courtyard', 'points-rule', 'policy'];

it('gives residents, tablets and partners of places above their own only what is published', () => {
	const shown = [...rulesAndPlaces, 'publication'].toSorted();
	expect(aboveOf(['resident'])).toEqual(shown);
	expect(aboveOf(['partner organisation', 'resident', 'courtyard tablet'])).toEqual(shown);
});

it('gives workers and offices of places above their own meetings and matters, and nothing of households', () => {
	const followed = ['amendment', 'matter', 'meeting', 'minute', 'progress', 'publication', 'whistle'];
	expect(aboveOf(['subdistrict office', 'community office', 'grid worker'])).toEqual(
		[...rulesAndPlaces, ...followed].toSorted()
	);
});

it('gives residents of meetings their own household’s amendments, and nothing else', () => {
	for (const right of ['r', 'a', 'w', 'c'] as const)
		for (const kind of ['meeting', 'minute'])
			expect([kind, right, hasRight('resident', kind, right)]).toEqual([kind, right, false]);
	expect(hasRight('resident', 'amendment', 'w')).toBe(true);
	expect(hasRight('resident', 'amendment', 'c')).toBe(false);
	expect(hasRight('resident', 'publication', 'w')).toBe(false);
});

it('leaves whistling to offices, and publishing to offices and workers', () => {
	const writing = (kind: string) => holders.filter((holder) => hasRight(holder, kind, 'w'));
	expect(writing('whistle')).toEqual(['subdistrict office', 'community office']);
	expect(writing('publication')).toEqual(['subdistrict office', 'community office', 'grid worker']);
});

it('leaves rules to subdistrict offices, and what a household is given to staff, of whom offices confirm it', () => {
	const having = (kind: string, right: 'w' | 'c') =>
		holders.filter((holder) => hasRight(holder, kind, right));
	for (const kind of ['policy', 'points-rule']) expect(having(kind, 'w')).toEqual(['subdistrict office']);
	expect(having('redemption', 'w')).toEqual(['subdistrict office', 'community office', 'grid worker']);
	expect(having('redemption', 'c')).toEqual(['subdistrict office', 'community office']);
	expect(having('act', 'w')).toEqual(['subdistrict office', 'community office', 'grid worker']);
});

it('lets only the server write erasures', () => {
	for (const holder of holders) expect(hasRight(holder, 'erasure', 'w')).toBe(false);
});
