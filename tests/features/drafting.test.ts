import { describe, expect, test } from 'vitest';
import { grantsOf } from '#access/grant.ts';
import { checkRecord } from '#kinds/check-record.ts';
import { conventionEntity, conventionTypes } from '#kinds/convention.ts';
import { firstBody, placeOf, placesToWriteFor, startFields } from '#features/drafting/convention-start.ts';
import { isBetween, splitPoints } from '#features/drafting/split-points.ts';
import { readTemplates, templateOf, templatesFor } from '#features/drafting/templates/templates.ts';
import type { Place } from '#read-models/places.ts';
import { seal } from '#records/revision.ts';
import { levelOf, toScope } from '#records/scope.ts';

const [first, second, elsewhere] = ['g3/c01', 'g3/c02', 'g4/c01'].map((path) =>
	toScope(`qianmen/caochang/${path}`)
);
const places: readonly Place[] = ['qianmen', 'qianmen/caochang', 'qianmen/caochang/g3', 'qianmen/caochang/g4']
	.concat([first, second, elsewhere].map(String))
	.map(toScope)
	.map((scope) => ({ scope, level: levelOf(scope), name: scope }));
const worker = grantsOf(['worker:qianmen/caochang/g3']);
const office = grantsOf(['office:qianmen/caochang']);
const start = startFields(null, placesToWriteFor(places, worker, 'courtyard'), []);

function newIds(): () => string {
	let count = 0;
	return () => `newclause${(count += 1)}`;
}

describe.each(['zh-CN', 'en'])('templates in %s', (locale) => {
	for (const type of conventionTypes)
		test.each(templatesFor(type))(`a ${type} can begin from %s`, async (name) => {
			const template = templateOf(await readTemplates(locale), name);
			const scope = toScope('qianmen/caochang/g3/c01');
			const body = firstBody({ type, start: 'collecting' }, 'title', { scope }, template, newIds());
			const entity = conventionEntity(scope, 'convention1');
			const at = '2026-11-23T08:00:00.000Z';
			const record = seal({
				kind: 'convention',
				entity,
				parents: [],
				scope,
				author: 'a',
				device: 'd',
				at,
				body
			});
			expect(checkRecord(record)).toMatchObject({ ok: true });
			expect(body.clauses.map(({ heading, text }) => ({ heading, text }))).toEqual(template.clauses);
			if (name !== 'empty') expect(template.clauses.length).toBeGreaterThanOrEqual(5);
			expect(template.clauses.length).toBeLessThanOrEqual(9);
		});
});

test('a worker begins conventions for courtyards of the grid, an office for those of its community and itself', () => {
	const of = (grants: typeof worker, level: 'courtyard' | 'community') =>
		placesToWriteFor(places, grants, level).map(({ scope }) => scope);
	expect(of(worker, 'courtyard')).toEqual([first, second]);
	expect(of(worker, 'community')).toEqual([]);
	expect(of(office, 'courtyard')).toEqual([first, second, elsewhere]);
	expect(of(office, 'community')).toEqual(['qianmen/caochang']);
	expect(placesToWriteFor(places, grantsOf([`resident:${String(first)}/h01`]), 'courtyard')).toEqual([]);
});

test('the place that was asked for is chosen beforehand, and no other', () => {
	const courtyards = placesToWriteFor(places, office, 'courtyard');
	const communities = placesToWriteFor(places, office, 'community');
	expect(startFields(String(elsewhere), courtyards, communities)).toMatchObject({
		reach: 'one',
		place: elsewhere
	});
	expect(startFields('qianmen/caochang', courtyards, communities)).toMatchObject({ reach: 'community' });
	expect(startFields('nowhere', courtyards, communities).place).toBe('');
	expect(startFields(null, courtyards.slice(0, 1), []).place).toBe(first);
});

test('several courtyards of one grid are the grid’s, with the courtyards named in order', () => {
	if (!first || !second || !elsewhere) throw new Error('no places');
	const several = { ...start, reach: 'several' as const, courtyards: [second, elsewhere, first] };
	expect(placeOf(several)).toEqual({ scope: 'qianmen/caochang/g3', courtyards: [first, second] });
	expect(placeOf({ ...several, courtyards: [second] })).toEqual({ scope: second });
	expect(placeOf({ ...several, courtyards: [elsewhere] })).toBeUndefined();
	expect(placeOf({ ...start, reach: 'one', place: '' })).toBeUndefined();
});

test('a clause can be cut after each sentence but the last', () => {
	const text = '进门下车。“不按喇叭！” 有事打电话';
	expect(splitPoints(text).map((at) => text.slice(at))).toEqual(['“不按喇叭！” 有事打电话', '有事打电话']);
	expect(splitPoints('Doors at 9.30 open. Then walk.').map((at) => at)).toEqual([20]);
	expect(splitPoints('只有一句。')).toEqual([]);
	expect(splitPoints('第一行\n第二行')).toEqual([4]);
});

test('a cut leaves words on both sides', () => {
	expect([0, 1, 2, 3].map((at) => isBetween(' 一 ', at))).toEqual([false, false, false, false]);
	expect(isBetween('一二', 1)).toBe(true);
});
