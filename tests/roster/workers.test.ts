import { describe, expect, test } from 'vitest';
import type { ManagedAccount } from '#access/accounts-api.ts';
import { grantsOf } from '#access/grant.ts';
import { toDay } from '#kinds/day.ts';
import { toScope } from '#records/scope.ts';
import { planWorkers, type WorkersPlan } from '#roster/plan-workers.ts';
import { readWorkersFile } from '#roster/read-workers.ts';
import { workerTemplate } from '#roster/worker-columns.ts';
import { csv, xlsx } from './files.ts';

const places = [
	['qianmen', '前门街道'],
	['qianmen/m1', '草厂社区'],
	['qianmen/m1/g3', '第三网格'],
	['qianmen/m1/g4', '第四网格'],
	['qianmen/m1/g3/c12', '示例胡同12号'],
	['qianmen/m2', '大江社区'],
	['qianmen/m2/g3', '第三网格']
].map(([scope = '', name = '']) => ({ scope: toScope(scope), name }));
const today = toDay('2026-11-23');
const office = grantsOf(['office:qianmen']);

async function plan(
	lines: readonly string[],
	accounts: readonly ManagedAccount[] = [],
	grants = office,
	named = places
): Promise<WorkersPlan> {
	const read = await readWorkersFile(csv(lines));
	if (!read.ok) throw new Error(`not read: ${read.refusal.code}`);
	return planWorkers({ rows: read.rows, accounts, grants, places: named, today });
}

function account(name: string, roles: readonly string[], more: Partial<ManagedAccount> = {}): ManagedAccount {
	return { name, roles: [...roles], disabled: false, unopened: false, rev: `1-${name}`, ...more };
}

const head = '姓名,账号,角色,地方,截止日期';

describe('a sheet of workers', () => {
	test('makes an account of each, with its role on its place', async () => {
		const { steps, rows } = await plan([
			head,
			'示例甲,shili-a,网格员,草厂社区 第三网格,',
			'示例乙,shili-b,社会组织,大江,2026/12/31',
			'示例丙,shili-c,社区居委会,草厂,'
		]);
		expect(steps).toEqual([
			{ type: 'create', account: { name: 'shili-a', display: '示例甲', roles: ['worker:qianmen/m1/g3'] } },
			{
				type: 'create',
				account: { name: 'shili-b', display: '示例乙', roles: ['partner:qianmen/m2@2026-12-31'] }
			},
			{ type: 'create', account: { name: 'shili-c', display: '示例丙', roles: ['office:qianmen/m1'] } }
		]);
		expect(rows.map(({ at, outcome }) => [at.row, outcome])).toEqual([
			[2, 'new'],
			[3, 'new'],
			[4, 'new']
		]);
	});

	test('gives one account the roles of all its rows, and blank rows are nothing', async () => {
		const { steps, rows } = await plan([
			head,
			'示例甲,a1,网格员,qianmen/m1/g3,',
			',,,,',
			',a1,网格员,m1/g4,'
		]);
		expect(steps).toEqual([
			{
				type: 'create',
				account: { name: 'a1', display: '示例甲', roles: ['worker:qianmen/m1/g3', 'worker:qianmen/m1/g4'] }
			}
		]);
		expect(rows).toHaveLength(2);
	});

	test.each([
		['草厂社区第三网格', 'qianmen/m1/g3'],
		['草厂/网格三', 'qianmen/m1/g3'],
		['前门街道 草厂 第3网格', 'qianmen/m1/g3'],
		['第四网格', 'qianmen/m1/g4'],
		['QIANMEN/M2/G3', 'qianmen/m2/g3'],
		['示例胡同12号院', 'qianmen/m1/g3/c12'],
		['第三网格 示例胡同12号', 'qianmen/m1/g3/c12'],
		['前门街道', 'qianmen']
	])('knows that %s is %s', async (place, scope) => {
		const { steps } = await plan(['账号,角色,地方', `a1,网格员,${place}`]);
		expect(steps).toEqual([{ type: 'create', account: { name: 'a1', roles: [`worker:${scope}`] } }]);
	});

	test('joins a community and a grid that stand in columns of their own', async () => {
		const { steps } = await plan(['账号,角色,社区,网格', 'a1,网格员,大江,3', 'a2,网格员,大江,']);
		expect(steps.map((step) => step.type === 'create' && step.account.roles)).toEqual([
			['worker:qianmen/m2/g3'],
			['worker:qianmen/m2']
		]);
	});

	test.each([
		['a1,网格员,第三网格,', 'place_several'],
		['a1,网格员,第九网格,', 'place_unknown'],
		['a1,办公室,草厂第三网格,', 'place_unfit'],
		['a1,网格员,,', 'missing'],
		[',网格员,草厂,', 'missing'],
		['a1,,草厂,', 'missing'],
		['a1,厂长,草厂,', 'role_unknown'],
		['a 1,网格员,草厂,', 'account_wrong'],
		['a1,网格员,草厂,明年', 'until_unreadable'],
		['a1,网格员,草厂,2026-02-30', 'until_unreadable'],
		['a1,网格员,草厂,2026-11-22', 'until_past']
	])('refuses the row %s and says why: %s', async (row, code) => {
		const { steps, rows } = await plan(['账号,角色,地方,截止日期', row]);
		expect(steps).toEqual([]);
		expect(rows).toMatchObject([{ outcome: 'refused', notes: [{ code }] }]);
	});

	test('says everything that is wrong with a row at once', async () => {
		const { rows } = await plan(['账号,角色,地方,截止日期', ',网格员,第九网格,明年']);
		expect(rows[0]?.notes.map(({ code }) => code)).toEqual(['missing', 'place_unknown', 'until_unreadable']);
	});

	test('changes what differs, takes no role away, and leaves the rest alone', async () => {
		const accounts = [
			account('a1', ['worker:qianmen/m1/g3', 'worker:qianmen/m1/g4'], { display: '示例甲' }),
			account('a2', ['worker:qianmen/m1/g4@2026-12-31']),
			account('a3', ['worker:qianmen/m1/g4'])
		];
		const { steps, rows } = await plan(
			[
				head,
				'示例甲,a1,网格员,草厂 第三网格,2027-01-31',
				',a2,网格员,第四网格,',
				'示例丙,a3,网格员,第四网格,'
			],
			accounts
		);
		expect(rows.map(({ outcome }) => outcome)).toEqual(['changed', 'unchanged', 'changed']);
		expect(steps).toEqual([
			{
				type: 'change',
				name: 'a1',
				change: { roles: ['worker:qianmen/m1/g3@2027-01-31', 'worker:qianmen/m1/g4'], rev: '1-a1' }
			},
			{ type: 'change', name: 'a3', change: { display: '示例丙', rev: '1-a3' } }
		]);
	});

	test('planned again after it was done plans nothing', async () => {
		const lines = [
			head,
			'示例甲,a1,网格员,草厂 第三网格,',
			'示例甲,a1,网格员,第四网格,2026-12-31',
			',a2,社会组织,大江,'
		];
		const first = await plan(lines);
		const made = first.steps.flatMap((step) =>
			step.type === 'create'
				? [account(step.account.name, step.account.roles, { display: step.account.display, unopened: true })]
				: []
		);
		const second = await plan(lines, made);
		expect(second.steps).toEqual([]);
		expect(second.rows.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged', 'unchanged']);
	});

	test('refuses what is not this office’s to do', async () => {
		const community = grantsOf(['office:qianmen/m1']);
		const accounts = [
			account('a2', ['worker:qianmen/m1/g3', 'worker:qianmen/m2']),
			account('a3', ['worker:qianmen/m1'], { disabled: true })
		];
		const { steps, rows } = await plan(
			['账号,角色,地方', 'a1,办公室,草厂', 'a2,网格员,第四网格', 'a3,网格员,第四网格', 'a4,网格员,大江'],
			accounts,
			community,
			places
		);
		expect(steps).toEqual([]);
		expect(rows.map(({ notes }) => notes[0]?.code)).toEqual([
			'role_not_yours',
			'account_not_yours',
			'account_disabled',
			'role_not_yours'
		]);
	});

	test('with two names for one account refuses the second, and names the row of the first', async () => {
		const { steps, rows } = await plan([head, '示例甲,a1,网格员,草厂,', '示例乙,a1,网格员,大江,']);
		expect(rows[1]).toMatchObject({
			outcome: 'refused',
			notes: [{ code: 'display_differs', values: { row: 2 } }]
		});
		expect(steps).toEqual([
			{ type: 'create', account: { name: 'a1', display: '示例甲', roles: ['worker:qianmen/m1'] } }
		]);
	});

	test('is read from a workbook, whose days are dates, and from text with tabs in GB18030', async () => {
		const book = await xlsx([
			['账号', '角色', '地方', '截止日期'].map((value) => ({ value })),
			[
				{ value: 'a1' },
				{ value: '网格员' },
				{ value: '草厂' },
				{ value: new Date('2026-12-31T00:00:00Z'), format: 'yyyy-mm-dd' }
			]
		]);
		const text = csv(['账号\t角色\t地方\t截止日期', 'a1\t网格员\t草厂\t2026年12月31日'], 'gb18030');
		for (const file of [book, text]) {
			const read = await readWorkersFile(file);
			if (!read.ok) throw new Error(`not read: ${read.refusal.code}`);
			const { steps } = planWorkers({ rows: read.rows, accounts: [], grants: office, places, today });
			expect(steps).toEqual([
				{ type: 'create', account: { name: 'a1', roles: ['worker:qianmen/m1@2026-12-31'] } }
			]);
		}
	});

	test('without its columns is refused, and says which', async () => {
		expect(await readWorkersFile(csv(['一,二', '1,2']))).toMatchObject({
			ok: false,
			refusal: { code: 'file_no_header' }
		});
		expect(await readWorkersFile(csv(['姓名,账号,地方', '示例,a1,草厂']))).toMatchObject({
			ok: false,
			refusal: { code: 'file_columns_missing', values: { columns: 'role' } }
		});
	});

	test('to fill in has every column', async () => {
		const read = await readWorkersFile(new TextEncoder().encode(`${workerTemplate}示例甲,a1,网格员,草厂,`));
		if (!read.ok) throw new Error(`not read: ${read.refusal.code}`);
		expect(read.rows[0]?.cells).toEqual({
			display: '示例甲',
			account: 'a1',
			role: '网格员',
			place: '草厂',
			until: null
		});
	});
});
