import { describe, expect, it } from 'vitest';
import { grantsOf } from '#access/grant.ts';
import {
	belongsIn,
	mayAddPhoto,
	mayOpenNode,
	mayRead,
	mayReadId,
	mayReadNode,
	mayWrite,
	readsAllOf,
	writeRefusal
} from '#access/rights.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { sampleRecord } from '../contract/rights/sample-records.ts';

const worker = grantsOf(['worker:qianmen/caochang/g3']);
const community = grantsOf(['office:qianmen/caochang']);
const subdistrict = grantsOf(['office:qianmen', '_admin']);

describe('rights', () => {
	it.each([
		['worker', worker, 'qianmen', true],
		['worker', worker, 'qianmen/caochang', true],
		['worker', worker, 'qianmen/caochang/g3', true],
		['worker', worker, 'qianmen/caochang/g4', false],
		['worker', worker, 'qianmen/dajiang', false],
		['community office', community, 'qianmen', true],
		['community office', community, 'qianmen/caochang/g4', true],
		['community office', community, 'qianmen/dajiang', false],
		['subdistrict office', subdistrict, 'qianmen/dajiang/g1', true],
		['subdistrict office', subdistrict, 'other', false],
		['nobody', [], 'qianmen', false]
	])('a %s reads the database of %3$s: %4$s', (_who, grants, node, expected) => {
		expect(mayReadNode(grants, toScope(node))).toBe(expected);
	});

	it.each([
		['worker', worker, 'check-in', 'qianmen/caochang/g3/c12/h04', true],
		['worker', worker, 'check-in', 'qianmen/caochang/g4/c12/h04', false],
		['worker', worker, 'household', 'qianmen/caochang/g3/c12/h04', false],
		['worker', worker, 'area', 'qianmen/caochang/g3', false],
		['community office', community, 'household', 'qianmen/caochang/g4/c1/h1', true],
		['community office', community, 'household', 'qianmen/dajiang/g4/c1/h1', false],
		['community office', community, 'area', 'qianmen', false],
		['subdistrict office', subdistrict, 'area', 'qianmen', true],
		['subdistrict office', subdistrict, 'unknown-kind', 'qianmen', false]
	])('a %s writes %s about %s: %s', (_who, grants, kind, scope, expected) => {
		expect(mayWrite(grants, kind, toScope(scope))).toBe(expected);
	});

	it('let an office open databases within its scope, a worker none', () => {
		expect(mayOpenNode(community, toScope('qianmen/caochang/g9'))).toBe(true);
		expect(mayOpenNode(community, toScope('qianmen'))).toBe(false);
		expect(mayOpenNode(worker, toScope('qianmen/caochang/g3'))).toBe(false);
	});

	it('put a record into the database of its scope and no other', () => {
		expect(belongsIn('zg-qianmen-caochang-g3', toScope('qianmen/caochang/g3/c1/h1'))).toBe(true);
		expect(belongsIn('zg-qianmen-caochang', toScope('qianmen/caochang/g3/c1/h1'))).toBe(false);
	});
});

const resident = grantsOf(['resident:qianmen/caochang/g3/c12/h04']);
const tablet = grantsOf(['tablet:qianmen/caochang/g3/c12']);
const partner = grantsOf(['partner:qianmen/caochang/g3']);

describe('reading', () => {
	it.each([
		['resident', resident, 'household', 'qianmen/caochang/g3/c12/h04', true],
		['resident', resident, 'household', 'qianmen/caochang/g3/c12/h05', false],
		['resident', resident, 'check-in', 'qianmen/caochang/g3/c12/h04', true],
		['resident', resident, 'check-in', 'qianmen/caochang/g3/c12/h05', false],
		['resident', resident, 'matter', 'qianmen/caochang/g3/c12', false],
		['resident', resident, 'courtyard', 'qianmen/caochang/g3/c12', true],
		['resident', resident, 'courtyard', 'qianmen/caochang/g3/c13', false],
		['resident', resident, 'area', 'qianmen', true],
		['resident', resident, 'area', 'qianmen/dajiang', false],
		['resident', resident, 'points-rule', 'qianmen', true],
		['tablet', tablet, 'courtyard', 'qianmen/caochang/g3/c12', true],
		['tablet', tablet, 'household', 'qianmen/caochang/g3/c12/h04', false],
		['tablet', tablet, 'check-in', 'qianmen/caochang/g3/c12/h04', false],
		['partner', partner, 'courtyard', 'qianmen/caochang/g3/c12', true],
		['partner', partner, 'household', 'qianmen/caochang/g3/c12/h04', false],
		['worker', worker, 'household', 'qianmen/caochang/g3/c12/h04', true],
		['worker', worker, 'household', 'qianmen/caochang/g4/c1/h1', false],
		['worker', worker, 'policy', 'qianmen', true],
		['community office', community, 'points-rule', 'qianmen', true],
		['worker of a subdistrict', grantsOf(['worker:qianmen']), 'policy', 'qianmen', true]
	])('a %s reads %3$s about %4$s: %5$s', (_who, grants, kind, scope, expected) => {
		expect(mayRead(grants, kind, toScope(scope))).toBe(expected);
	});

	it('goes by the id alone, and not by how a place is spelt in part', () => {
		const hash = '0'.repeat(64);
		const id = (household: string) => `check-in:qianmen.caochang.g3.c12.${household}.2026-11-23:${hash}`;
		expect(mayReadId(resident, id('h04'))).toBe(true);
		for (const beside of ['h040', 'h0', 'h05']) expect(mayReadId(resident, id(beside))).toBe(false);
	});

	it('of whole databases is for offices and workers, in their places', () => {
		const [grid, node] = [toScope('qianmen/caochang/g3'), toScope('qianmen/caochang')];
		for (const grants of [worker, community, subdistrict]) expect(readsAllOf(grants, grid)).toBe(true);
		for (const grants of [resident, tablet, partner]) expect(readsAllOf(grants, grid)).toBe(false);
		expect(readsAllOf(worker, node)).toBe(false);
		expect(readsAllOf(grantsOf(['worker:qianmen/caochang/g3/c12']), grid)).toBe(false);
	});
});

describe('writing', () => {
	const household = toScope('qianmen/caochang/g3/c12/h04');
	const checkIn = (body: Revision['body'], parents: Revision['parents'] = []) => {
		const record = sampleRecord('check-in', household, 'li', 'phone1');
		if (!record) throw new Error('no sample');
		return seal({ ...record, parents, body });
	};
	const reported = checkIn({ reported: { quality: 'correct' } });
	const observed = checkIn({ observed: { quality: 'mixed' } });
	const onBoth = checkIn({ reported: { quality: 'mixed' } }, [observed.hash, reported.hash].toSorted());
	const withdrawn = seal({ ...reported, parents: [observed.hash], body: null, reason: '误报' });

	it.each([
		['worker', worker, observed, [], undefined],
		['worker', worker, onBoth, [observed, reported], undefined],
		['resident', resident, reported, [], undefined],
		['resident', resident, observed, [], 'rights at /body/observed'],
		['resident', resident, onBoth, [reported], undefined],
		['resident', resident, onBoth, [observed, reported], 'rights at /parents'],
		['resident', resident, withdrawn, [observed], 'rights at /parents'],
		['resident', resident, withdrawn, [reported], undefined],
		['tablet', tablet, reported, [], undefined],
		['tablet', tablet, observed, [], 'rights at /body/observed'],
		['partner', partner, reported, [], 'rights at /kind'],
		['worker elsewhere', grantsOf(['worker:qianmen/caochang/g4']), reported, [], 'scope at /scope'],
		['neighbour', grantsOf(['resident:qianmen/caochang/g3/c12/h05']), reported, [], 'scope at /scope'],
		['nobody', [], reported, [], 'scope at /scope']
	])('a %s (%#) is refused a check-in: %5$s', (_who, grants, revision, parents, expected) => {
		const refusal = writeRefusal(grants, revision, parents);
		expect(refusal && `${refusal.code} at ${refusal.at}`).toBe(expected);
	});

	it('photos is for those who read and write what names them', () => {
		const [grid, other] = [toScope('qianmen/caochang/g3'), toScope('qianmen/caochang/g4')];
		const able = [worker, community, subdistrict, resident].map((grants) => mayAddPhoto(grants, grid));
		expect(able).toEqual([true, true, true, true]);
		for (const grants of [tablet, partner, []]) expect(mayAddPhoto(grants, grid)).toBe(false);
		for (const grants of [worker, resident]) expect(mayAddPhoto(grants, other)).toBe(false);
		expect(mayAddPhoto(worker, toScope('qianmen'))).toBe(false);
	});
});
