import { describe, expect, it } from 'vitest';
import { checkRecord } from '#kinds/check-record.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { header, pen, planOf } from './rosters.ts';

const row = (cells: string): string[] => cells.split(',');
const first = row('草厂社区,第3网格,草厂三条12号,12,04,示例甲,13800000000,3');

function written(
	kind: string,
	path: string,
	body: JsonObject | null,
	parents: readonly Revision[] = []
): Revision {
	return seal({
		kind,
		entity: path.replaceAll('/', '.'),
		parents: parents.map(({ hash }) => hash).sort(),
		scope: toScope(path),
		author: 'someone',
		device: 'phone',
		at: '2026-11-01T00:00:00.000Z',
		body,
		...(body === null && { reason: '搬走了' })
	});
}

const places = [
	written('area', 'qianmen/caochang', { name: '草厂社区' }),
	written('area', 'qianmen/caochang/g3', { name: '第3网格' }),
	written('courtyard', 'qianmen/caochang/g3/c12', { name: '草厂三条12号院' })
];
const home = 'qianmen/caochang/g3/c12/h04';
const household = written('household', home, { number: '04', head: '示例甲', phone: '13800000000' });

const notesOf = (plan: ReturnType<typeof planOf>) =>
	plan.rows.map(({ at, outcome, notes }) => [at.row, outcome, ...notes]);

describe('A first import', () => {
	it('writes the places a household lies in, and the household', () => {
		const plan = planOf([header, first]);
		expect(plan.revisions.map(({ kind, scope, body }) => [kind, scope.split('/').length, body])).toEqual([
			['area', 2, { name: '草厂社区' }],
			['area', 3, { name: '第3网格' }],
			['courtyard', 4, { name: '草厂三条12号' }],
			['household', 5, { number: '04', door: '12', head: '示例甲', phone: '13800000000', people: 3 }]
		]);
		expect(plan.revisions.at(-1)?.scope).toMatch(/^qianmen\/mx[0-9a-f]{12}\/g3\/cx[0-9a-f]{12}\/h4$/);
		expect(plan.revisions.map((revision) => checkRecord(revision).ok)).toEqual([true, true, true, true]);
		expect(
			plan.revisions.every(
				({ author, device, at, parents }) =>
					author === 'office' && device === 'desk' && at === pen.now.toISOString() && parents.length === 0
			)
		).toBe(true);
		expect(plan.totals).toEqual({
			...{ new: 1, changed: 0, unchanged: 0, skipped: 0, refused: 0 },
			...{ communities: 1, grids: 1, courtyards: 1 }
		});
	});

	it('gives a place its usual spelling, whatever the rows say first', () => {
		const rows = ['草厂3条12号院', '草厂3条12号', '草厂3条１２号'].map((name, index) =>
			row(`草厂,网格三,${name},,${index},,,`)
		);
		const plan = planOf([header, ...rows]);
		expect(plan.totals).toMatchObject({ new: 3, communities: 1, grids: 1, courtyards: 1 });
		expect(plan.revisions[2]?.body).toEqual({ name: '草厂3条12号' });
	});
});

describe('What is known', () => {
	it('is found again under many spellings, and written only where the file says something else', () => {
		const plan = planOf(
			[
				header,
				row('草 厂,3,草厂三条１２号,,４号,示例 甲,138-0000-0000,'),
				row('草厂社区居委会,草厂第三网格,草厂三条12号院,,5,,,')
			],
			[...places, household]
		);
		expect(plan.revisions.map(({ scope, body }) => [scope, body])).toEqual([
			['qianmen/caochang/g3/c12/h5', { number: '5' }]
		]);
		expect(plan.rows.map(({ outcome }) => outcome)).toEqual(['unchanged', 'new']);
	});

	it('is changed on top of its heads, and blank cells change nothing', () => {
		const plan = planOf([header, row('草厂,3,草厂三条12号,,4,示例乙,,5')], [...places, household]);
		expect(plan.revisions).toHaveLength(1);
		expect(plan.revisions[0]).toMatchObject({
			parents: [household.hash],
			body: { number: '04', head: '示例乙', phone: '13800000000', people: 5 }
		});
		expect(plan.rows[0]).toMatchObject({ outcome: 'changed', fields: ['head', 'people'], household: home });
	});

	it('comes back when it had been withdrawn', () => {
		const gone = written('household', 'qianmen/caochang/g3/c12/h4', null, []);
		const plan = planOf([header, first], [...places, gone]);
		expect(plan.revisions[0]?.parents).toEqual([gone.hash]);
		expect(notesOf(plan)).toEqual([[2, 'new', { code: 'household_restored', values: {} }]]);
	});

	it('keeps its doubts, unless the file settles them', () => {
		const one = written('household', home, { number: '04', head: '示例甲', phone: '13800000000' }, [
			household
		]);
		const left = written('household', home, { number: '04', head: '示例乙', phone: '13800000000' }, [one]);
		const right = written('household', home, { number: '04', head: '示例丙', phone: '13800000000' }, [one]);
		const known = [...places, household, one, left, right];
		const silent = planOf([header, row('草厂,3,草厂三条12号,,4,,13900000000,')], known);
		expect(silent.revisions).toEqual([]);
		expect(notesOf(silent)).toEqual([[2, 'refused', { code: 'in_doubt', values: { columns: 'head' } }]]);
		const settling = planOf([header, row('草厂,3,草厂三条12号,,4,示例丙,,')], known);
		expect(settling.revisions[0]).toMatchObject({
			parents: [left.hash, right.hash].sort(),
			body: { number: '04', head: '示例丙', phone: '13800000000' }
		});
		expect(
			planOf([header, row('草厂,3,草厂三条12号,,4,示例丙,,')], [...known, ...settling.revisions]).revisions
		).toEqual([]);
	});

	it('is found by either name while two people disagree about it', () => {
		const other = written('courtyard', 'qianmen/caochang/g3/c12', { name: '草厂三条甲12号' });
		for (const name of ['草厂三条12号', '草厂三条甲12号']) {
			const plan = planOf([header, row(`草厂,3,${name},,1,,,`)], [...places, other]);
			expect(plan.revisions.map(({ scope }) => scope)).toEqual(['qianmen/caochang/g3/c12/h1']);
		}
	});

	it('never lends its scope to a place of another name', () => {
		const six = written('area', 'qianmen/caochang/g6', { name: '东片网格' });
		const plan = planOf([header, row('草厂,6,某条1号,,1,,,')], [...places, six]);
		expect(plan.revisions[0]).toMatchObject({ kind: 'area', body: { name: '6' } });
		expect(plan.revisions[0]?.scope).toMatch(/^qianmen\/caochang\/gx[0-9a-f]{12}$/);
	});
});

describe('Rows of one household', () => {
	it('are the same with and without leading zeros', () => {
		const plan = planOf([header, first, ['草厂社区', '3', '草厂三条12号院', null, 4, '示例甲', null, null]]);
		expect(notesOf(plan)).toEqual([
			[2, 'new'],
			[3, 'skipped', { code: 'row_duplicate', values: { row: 2 } }]
		]);
	});

	it('complete one another', () => {
		const plan = planOf([
			header,
			row('草厂,3,草厂三条12号,,1-302,示例甲,,'),
			row('草厂,3,草厂三条12号,,1-0302,,13800000000,2')
		]);
		expect(plan.revisions.at(-1)).toMatchObject({
			body: { number: '1-302', head: '示例甲', phone: '13800000000', people: 2 }
		});
		expect(plan.revisions.at(-1)?.scope).toMatch(/\/h1_302$/);
		expect(notesOf(plan)[1]).toEqual([3, 'new', { code: 'row_completes', values: { row: 2 } }]);
	});

	it('that contradict each other: the first is taken, the other refused with what differs', () => {
		const plan = planOf([header, first, row('草厂社区,第3网格,草厂三条12号,12,04,示例乙,13800000000,2')]);
		expect(plan.revisions.at(-1)?.body).toMatchObject({ head: '示例甲', people: 3 });
		expect(notesOf(plan)[1]).toEqual([
			3,
			'refused',
			{ code: 'duplicate_conflict', values: { row: 2, columns: 'head,people' } }
		]);
	});

	it('without a number are known by their door', () => {
		const plan = planOf([
			header,
			row('草厂,3,草厂三条12号,05,,示例甲,,'),
			row('草厂,3,草厂三条12号,,5,示例乙,,')
		]);
		expect(plan.revisions.slice(3).map(({ scope }) => scope.split('/').at(-1))).toEqual(['d5', 'h5']);
	});
});

describe('An office of a community', () => {
	it('takes its own households and refuses those of others', () => {
		const plan = planOf([header, first, row('大江社区,1,大江胡同1号,,1,,,')], places, 'qianmen/caochang');
		expect(plan.totals).toMatchObject({ new: 1, refused: 1 });
		expect(notesOf(plan)[1]).toEqual([3, 'refused', { code: 'outside_base', values: { place: '大江社区' } }]);
	});

	it('gives its community a name when the file names no other', () => {
		const plan = planOf([header, first], [], 'qianmen/caochang');
		expect(plan.revisions[0]).toMatchObject({ scope: 'qianmen/caochang', body: { name: '草厂社区' } });
		expect(plan.notes).toEqual([{ code: 'community_named', values: { community: '草厂社区' } }]);
	});

	it('is not guessed at when the file names several', () => {
		const plan = planOf([header, first, row('大江社区,1,大江胡同1号,,1,,,')], [], 'qianmen/caochang');
		expect(plan.revisions).toEqual([]);
		expect(plan.rows.map(({ notes }) => notes[0]?.code)).toEqual(['community_unnamed', 'community_unnamed']);
	});

	it('may be that of a grid, and no smaller', () => {
		const plan = planOf([header, first, row('草厂,4,草厂三条13号,,1,,,')], places, 'qianmen/caochang/g3');
		expect(plan.totals).toMatchObject({ new: 1, refused: 1 });
		expect(() => planOf([header, first], places, 'qianmen/caochang/g3/c12')).toThrow(RangeError);
	});
});

describe('A whole subdistrict', () => {
	it('is planned row by row, each household once', () => {
		const rows = Array.from({ length: 8000 }, (_, index) => [
			`社区${index % 3}`,
			index % 30,
			`某条${index % 1200}号`,
			null,
			index,
			'示例户',
			`138${String(index).padStart(8, '0')}`,
			2
		]);
		const plan = planOf([header, ...rows]);
		expect(plan.totals).toMatchObject({ new: 8000, communities: 3, refused: 0 });
		expect(new Set(plan.revisions.map(({ _id }) => _id)).size).toBe(plan.revisions.length);
	});
});
