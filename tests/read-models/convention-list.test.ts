import { describe, expect, test } from 'vitest';
import { conventionEntity } from '#kinds/convention.ts';
import { conventionsIn, householdsOf } from '#read-models/convention-list.ts';
import { conventionState } from '#read-models/convention-state.ts';
import type { JsonObject } from '#records/json.ts';
import type { Revision } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { firstCourtyard, grid, neighbourhood, secondCourtyard } from './neighbourhood.ts';
import { holding, savedBy, textBody } from './saved-conventions.ts';

const household = toScope('qianmen/caochang/g3/c1/h2');

function about(path: string, id: string, more: JsonObject = {}) {
	const scope = toScope(path);
	return savedBy('wang', 0, [], textBody(undefined, more), { entity: conventionEntity(scope, id), scope });
}

function idsIn(path: string, ...all: readonly Revision[]): readonly string[] {
	return conventionsIn(holding(...all), [toScope(path)]).map(({ id }) => id);
}

describe('conventions of a place', () => {
	const ofYard = about('qianmen/caochang/g3/c1', 'aaaaaaa1');
	const ofOther = about('qianmen/caochang/g3/c2', 'aaaaaaa2');
	const ofGrid = about('qianmen/caochang/g3', 'aaaaaaa3');
	const ofSome = about('qianmen/caochang/g3', 'aaaaaaa4', { courtyards: ['qianmen/caochang/g3/c2'] });
	const ofNext = about('qianmen/caochang/g4', 'aaaaaaa5');
	const all = [ofYard, ofOther, ofGrid, ofSome, ofNext];

	test('a grid finds its own and those of its courtyards', () => {
		expect(idsIn('qianmen/caochang/g3', ...all)).toEqual(['aaaaaaa3', 'aaaaaaa4', 'aaaaaaa1', 'aaaaaaa2']);
	});

	test('a household finds those of its courtyard, and those around it that are meant for it', () => {
		expect(idsIn(household, ...all)).toEqual(['aaaaaaa3', 'aaaaaaa1']);
		expect(idsIn('qianmen/caochang/g3/c2/h1', ...all)).toEqual(['aaaaaaa3', 'aaaaaaa4', 'aaaaaaa2']);
	});

	test('one of a community for a courtyard of the grid is found in the grid', () => {
		const wide = about('qianmen/caochang', 'aaaaaaa6', { courtyards: ['qianmen/caochang/g3/c2'] });
		expect(idsIn('qianmen/caochang/g3', wide)).toEqual(['aaaaaaa6']);
		expect(idsIn('qianmen/caochang/g4', wide)).toEqual([]);
	});

	test('what changed last comes first, and what was withdrawn is gone', () => {
		const later = savedBy('li', 5, [ofYard], textBody([], { title: '甲' }), {
			entity: ofYard.entity,
			scope: firstCourtyard
		});
		expect(idsIn('qianmen/caochang/g3/c1', ofGrid, ofYard, later)).toEqual(['aaaaaaa1', 'aaaaaaa3']);
		const gone = savedBy('li', 6, [later], null, {
			entity: ofYard.entity,
			scope: firstCourtyard,
			reason: '不写了'
		});
		expect(idsIn('qianmen/caochang/g3/c1', ofGrid, ofYard, later, gone)).toEqual(['aaaaaaa3']);
	});
});

test('a line names both titles in doubt, and that people took different steps', () => {
	const base = savedBy('wang', 0, [], textBody());
	const sides = [
		savedBy('wang', 1, [base], textBody(undefined, { title: '甲', stage: { name: 'deliberating' } })),
		savedBy('li', 2, [base], textBody(undefined, { title: '乙', stage: { name: 'collecting' } }))
	];
	const [line] = conventionsIn(holding(base, ...sides), [grid]);
	expect(line).toMatchObject({ stage: 'doubtful', type: 'convention', clauses: 2, doubts: 2 });
	expect(line?.title.split(' / ').sort()).toEqual(['乙', '甲']);
	expect(conventionsIn(holding(base), [grid])[0]).toMatchObject({ title: '垃圾分类公约', stage: 'drafting' });
});

test('the households it is for are those of its courtyards, or all of its place, by their doors', () => {
	const records = neighbourhood();
	const whole = about('qianmen/caochang/g3', 'aaaaaaa3');
	const some = about('qianmen/caochang/g3', 'aaaaaaa4', { courtyards: [secondCourtyard] });
	records.add([whole, some]);
	const [ofAll, ofSome] = [whole, some].map(({ entity }) => {
		const state = conventionState(records, entity);
		return state && householdsOf(records, state);
	});
	expect(ofAll?.map((scope) => scope.slice('qianmen/caochang/g3/'.length))).toEqual([
		'c1/h2',
		'c1/h3',
		'c1/h10',
		'c2/h1'
	]);
	expect(ofSome).toEqual(['qianmen/caochang/g3/c2/h1']);
});
