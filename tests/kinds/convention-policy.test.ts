import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conventionPolicy } from '#kinds/convention-policy.ts';
import { readConvention } from '#kinds/convention.ts';
import { canonicalJson } from '#records/canonical-json.ts';
import type { Json, JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { stateOf } from '#records/state-of.ts';
import { propertyRuns } from '../property-runs.ts';

const long = '门'.repeat(1000);
const clause = { id: 'clause01', place: 'a1', text: '门口不放杂物，晚上十点后安静。' };
const second = { id: 'clause02', place: 'a2', text: '狗要拴绳。' };
const third = { id: 'clause03', place: 'a0', text: '垃圾分好再放。' };
const start: JsonObject = {
	title: '公约',
	preamble: '为了大家。',
	clauses: [clause, second],
	stage: { name: 'drafting' }
};
const withClauses = (...clauses: readonly Json[]): JsonObject => ({ ...start, clauses });

function revision(author: string, body: JsonObject, parents: readonly Revision[] = []): Revision {
	const at = '2026-11-23T01:02:03.004Z';
	const scope = toScope('qianmen/caochang/g3/c12');
	const content = {
		kind: 'convention',
		entity: 'qianmen.caochang.g3.c12.gongyue0',
		scope,
		author,
		device: author,
		at,
		body
	};
	return seal({ ...content, parents: parents.map(({ hash }) => hash).sort() });
}

/** What comes of bodies that people write, each having seen the first only. */
function together(first: JsonObject, ...bodies: readonly JsonObject[]) {
	const began = revision('a', first);
	const state = stateOf(
		[began, ...bodies.map((body, index) => revision(`b${index}`, body, [began]))],
		conventionPolicy
	);
	if (state.status !== 'present') throw new Error('not there');
	const clauses = readConvention(state.body).clauses.map(({ id, text }) => `${id} ${text}`);
	return { body: state.body, clauses, doubts: state.doubts.map(({ path }) => path) };
}

describe('two who work on one convention', () => {
	const reworded = { ...clause, text: '门口不可放杂物，晚上十点后安静。' };
	const elsewhere = { ...clause, text: '门口不放杂物，晚上九点后安静。' };
	const moved = { ...clause, place: 'a3' };
	it.each<[string, JsonObject, JsonObject, string[], string[]]>([
		[
			'reword different clauses',
			withClauses(reworded, second),
			withClauses(clause, { ...second, text: '狗拴绳。' }),
			['clause01 门口不可放杂物，晚上十点后安静。', 'clause02 狗拴绳。'],
			[]
		],
		[
			'reword one at different places',
			withClauses(reworded, second),
			withClauses(elsewhere, second),
			['clause01 门口不可放杂物，晚上九点后安静。', 'clause02 狗要拴绳。'],
			[]
		],
		[
			'reword one at one place',
			withClauses({ ...clause, text: '甲' }),
			withClauses({ ...clause, text: '乙' }),
			[],
			['/clauses/clause01']
		],
		[
			'make the same of one',
			withClauses(reworded, second),
			withClauses(reworded, second),
			['clause01 门口不可放杂物，晚上十点后安静。', 'clause02 狗要拴绳。'],
			[]
		],
		[
			'move one and reword it',
			withClauses(second, moved),
			withClauses(reworded, second),
			['clause02 狗要拴绳。', 'clause01 门口不可放杂物，晚上十点后安静。'],
			[]
		],
		[
			'take one out and reword it',
			withClauses(second),
			withClauses(reworded, second),
			['clause02 狗要拴绳。'],
			['/clauses/clause01']
		],
		[
			'take one out and move it',
			withClauses(second),
			withClauses(second, moved),
			['clause02 狗要拴绳。'],
			[]
		],
		[
			'add one each at one place',
			withClauses(third, clause, second),
			withClauses({ ...third, id: 'clause00' }, clause, second),
			[
				'clause00 垃圾分好再放。',
				'clause03 垃圾分好再放。',
				'clause01 门口不放杂物，晚上十点后安静。',
				'clause02 狗要拴绳。'
			],
			[]
		],
		[
			'head one and reword it',
			withClauses({ ...clause, heading: '门口' }, second),
			withClauses(reworded, second),
			['clause01 门口不可放杂物，晚上十点后安静。', 'clause02 狗要拴绳。'],
			[]
		],
		[
			'head one differently',
			withClauses({ ...clause, heading: '门口' }, second),
			withClauses({ ...clause, heading: '过道' }, second),
			['clause02 狗要拴绳。'],
			['/clauses/clause01']
		],
		[
			'split one and reword its rest',
			withClauses(
				{ ...clause, text: '门口不放杂物，' },
				{ id: 'clause09', place: 'a1V', text: '晚上十点后安静。' },
				second
			),
			withClauses(elsewhere, second),
			['clause09 晚上十点后安静。', 'clause02 狗要拴绳。'],
			['/clauses/clause01']
		],
		[
			'merge two and reword the second',
			withClauses({ ...clause, text: `${clause.text}${second.text}` }),
			withClauses(clause, { ...second, text: '狗拴绳。' }),
			['clause01 门口不放杂物，晚上十点后安静。狗要拴绳。'],
			['/clauses/clause02']
		],
		[
			'add to one until it is too long',
			withClauses({ ...clause, text: `${long}${clause.text}` }),
			withClauses({ ...clause, text: `${clause.text}${long}` }),
			[],
			['/clauses/clause01']
		],
		[
			'take different steps',
			{ ...start, stage: { name: 'collecting' } },
			{ ...start, stage: { name: 'deliberating' } },
			['clause01 门口不放杂物，晚上十点后安静。', 'clause02 狗要拴绳。'],
			['/stage']
		]
	])('%s', (_sentence, one, other, clauses, doubts) => {
		for (const bodies of [
			[one, other],
			[other, one]
		]) {
			const { clauses: merged, doubts: left } = together(start, ...bodies);
			expect({ clauses: merged, doubts: left }).toEqual({ clauses, doubts });
		}
	});

	it('take over suggestions of different households into one clause, which thanks both', () => {
		const thanks = (door: string) => withClauses({ ...clause, credits: [`qianmen/caochang/g3/c12/${door}`] });
		expect(together(start, thanks('h02'), thanks('h01')).body['clauses']).toEqual([
			{ ...clause, credits: ['qianmen/caochang/g3/c12/h01', 'qianmen/caochang/g3/c12/h02'] }
		]);
	});

	it('take out one courtyard each, and are asked rather than the whole grid be meant', () => {
		const meant = (...courtyards: string[]): JsonObject => ({ ...start, courtyards });
		expect(together(meant('c1', 'c2'), meant('c1'), meant('c2')).doubts).toEqual(['/courtyards']);
		expect(together(meant('c1', 'c2'), meant('c1', 'c2', 'c3'), meant('c2')).body['courtyards']).toEqual([
			'c2',
			'c3'
		]);
		expect(together(start, meant('c1'), meant('c2')).doubts).toEqual(['/courtyards']);
	});

	it('put the same clause back, and it stands once', () => {
		const began = revision('a', start);
		const gone = revision('a', withClauses(second), [began]);
		const back = ['a1', 'a3'].map((place, index) =>
			revision(`b${index}`, withClauses({ ...clause, place }, second), [gone])
		);
		const state = stateOf([began, gone, ...back], conventionPolicy);
		expect(state).toMatchObject({ doubts: [], body: { clauses: [clause, second] } });
	});
});

it('what one took out of what two had shared stays out when a third comes, who had never seen it', () => {
	const texts = (text: string) => withClauses({ ...clause, text });
	const began = revision('a', texts('一二三四五六七八九十'));
	const shared = revision('a', texts('一二三四五六七八九十甲'), [began]);
	const takesOut = revision('b', texts('一二三四五六七八九十'), [shared]);
	const goesOn = revision('c', texts('乙一二三四五六七八九十甲'), [shared]);
	const third = revision('d', texts('一二三四丙五六七八九十'), [began]);
	expect(stateOf([began, shared, takesOut, goesOn, third], conventionPolicy)).toMatchObject({
		doubts: [],
		body: { clauses: [{ text: '乙一二三四丙五六七八九十' }] }
	});
});

describe('bodies of any kind', () => {
	const odd = fc.oneof(
		fc.oneof(fc.integer(), fc.string(), fc.array(fc.integer(), { maxLength: 2 })),
		fc
			.dictionary(fc.string({ maxLength: 3 }), fc.integer(), { maxKeys: 3 })
			.map((value): Json => ({ ...value })),
		fc.constantFrom<Json>(
			clause,
			{ ...clause, text: '又一条' },
			second,
			{ ...third, later: '新' },
			{ id: 'a/b~c', text: 'x' },
			{ id: '' },
			5,
			null
		)
	);
	const bodies = fc
		.record(
			{ clauses: fc.oneof(fc.array(odd, { maxLength: 6 }), odd), later: odd, stage: odd },
			{ requiredKeys: [] }
		)
		.map((body): JsonObject => ({ ...body }));

	it('come apart and back together without losing anything', () => {
		fc.assert(
			fc.property(bodies, (body) => {
				const again = conventionPolicy.join(conventionPolicy.split(body));
				const { clauses, ...rest } = body;
				const list: readonly Json[] =
					clauses === undefined ? [] : Array.isArray(clauses) ? clauses : [clauses];
				const { clauses: after, ...restAfter } = again;
				expect(canonicalJson(restAfter)).toBe(canonicalJson(rest));
				expect(Array.isArray(after) && new Set(after.map((one: Json) => canonicalJson(one)))).toEqual(
					new Set(list.map((one) => canonicalJson(one)))
				);
				expect(canonicalJson(conventionPolicy.join(conventionPolicy.split(again)))).toBe(
					canonicalJson(again)
				);
			}),
			{ numRuns: propertyRuns }
		);
	});

	it('merge, in any order, to something that can be read', () => {
		fc.assert(
			fc.property(bodies, bodies, bodies, (first, one, other) => {
				const began = revision('a', first);
				const all = [began, revision('b', one, [began]), revision('c', other, [began])];
				const state = stateOf(all, conventionPolicy);
				expect(stateOf([...all.toReversed(), ...all], conventionPolicy)).toEqual(state);
				if (state.status === 'present') readConvention(state.body);
			}),
			{ numRuns: Math.ceil(propertyRuns / 10) }
		);
	});

	it('a clause to which a later version added something is still read', () => {
		const { clauses } = readConvention(withClauses({ ...clause, later: '新' }, { ...second, heading: 5 }));
		expect(clauses).toEqual([clause, second]);
	});
});
