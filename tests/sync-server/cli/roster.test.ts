import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csv, xlsx } from '../../roster/files.ts';
import { parsedJson } from '../../parsed-json.ts';
import { basic, createAccount, startServer, type Login, type TestServer } from '../../serve.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const header = ['社区', '网格', '院落', '门牌', '户号', '户主', '电话', '人数'];

let server: TestServer;
let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'zhonggeng-roster-'));
	server = await startServer();
	await server.setup();
});

afterAll(async () => {
	await server.remove();
	await rm(folder, { recursive: true });
});

async function file(name: string, bytes: Uint8Array): Promise<string> {
	await writeFile(join(folder, name), bytes);
	return name;
}

/** `npm run roster -- …args` in the folder of the files. */
async function roster(
	args: readonly string[],
	{ name, password }: Login = server.admin,
	env: Readonly<Record<string, string>> = {}
): Promise<{ code: number | null; output: string }> {
	const child = spawn(process.execPath, [join(repository, 'scripts/roster.mjs'), ...args], {
		cwd: folder,
		env: {
			...{ PATH: process.env['PATH'], HOME: process.env['HOME'], LANG: 'zh_CN.UTF-8' },
			...{ ZG_URL: server.url, ZG_USER: name, ZG_PASSWORD: password },
			...env
		},
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
	}
	await once(child, 'close');
	return { code: child.exitCode, output };
}

/** What lies on the server, by kind. */
async function stored(database: string): Promise<Readonly<Record<string, number>>> {
	const response = await fetch(`${server.url}/db/${database}/_all_docs`, { headers: basic(server.admin) });
	const ids = [...(await response.text()).matchAll(/"id":"([a-z-]+):/g)].map(([, kind = '']) => kind);
	return Object.fromEntries([...Map.groupBy(ids, (kind) => kind)].map(([kind, all]) => [kind, all.length]));
}

async function gridDatabases(): Promise<readonly string[]> {
	const response = await fetch(`${server.url}/db/_all_dbs`, { headers: basic(server.admin) });
	const names = parsedJson(await response.text());
	return Array.isArray(names) ? names.map(String).filter((name) => name.split('-').length === 4) : [];
}

describe('npm run roster', () => {
	it('tells of a dry run what it would do, and writes nothing', async () => {
		const name = await file('dry.csv', csv([header.join(), '试验社区,1,试验胡同1号,,1,示例甲,,']));
		const { code, output } = await roster([name, '--dry-run']);
		expect(output).toContain('第 2 行  新增  试验社区 1 试验胡同1号 1');
		expect(output).toContain('这是试运行');
		expect(code).toBe(0);
		expect(await gridDatabases()).toEqual([]);
	});

	it('imports a messy GB18030 file, tells row by row what it took, and a second time changes nothing', async () => {
		const name = await file(
			'花名册.csv',
			csv(
				[
					'前门街道住户花名册,,,,,,,',
					'社 区,所属网格,院落名称,门牌号,户　号,户主姓名,联系电话,家庭人口,身份证号',
					'草厂社区,第３网格,草厂三条12号,12,04,示例甲,１３８００００００００,３人,000',
					',,,12,05,示例乙,1.38E+10,2,000',
					'',
					'草厂社区,网格三,草厂三条12号院,12,4,示例甲,138 0000 0000,3,000',
					'草厂社区,3,草厂三条12号,12,5,示例丙,,,000',
					'草厂社区,3,草厂三条12号,,3月2日,示例丁,,,000',
					'合计,,,,,,,5人,'
				],
				'gb18030'
			)
		);
		const first = await roster([name]);
		expect(first.output.split('\n').map((line) => line.trimEnd())).toEqual([
			'“身份证号”这一列用不到，没有读取。',
			'第 1 行  跳过  表头以上的文字',
			'第 3 行  新增  草厂社区 第3网格 草厂三条12号 04',
			'第 4 行  新增  草厂社区 第3网格 草厂三条12号 05；社区取自上面的行：草厂社区；网格取自上面的行：第3网格；院落取自上面的行：草厂三条12号；电话“1.38E+10”认不出来，这一项没有导入',
			'第 5 行  跳过  空行',
			'第 6 行  跳过  草厂社区 网格三 草厂三条12号院 4；与第 3 行重复',
			'第 7 行  未导入  草厂社区 3 草厂三条12号 5；与第 4 行是同一户，但户主不一样，请核对后只留一行',
			'第 8 行  未导入  户号被表格软件改成了日期“3月2日”，请把单元格设为文本后重新填写',
			'第 9 行  跳过  合计行',
			'',
			'住户：新增 2 户，更新 0 户，无变化 0 户',
			'新增社区 1 个，网格 1 个，院落 1 个',
			'跳过 4 行，未导入 2 行',
			''
		]);
		expect(first.code).toBe(1);
		const [grid = ''] = await gridDatabases();
		expect(await stored(grid)).toEqual({ area: 1, courtyard: 1, household: 2 });
		expect(await stored(grid.slice(0, grid.lastIndexOf('-')))).toEqual({ area: 1 });

		const again = await roster([name]);
		expect(again.output).toContain('住户：新增 0 户，更新 0 户，无变化 2 户');
		expect(again.output).toContain('没有任何变化。');
		expect(await stored(grid)).toEqual({ area: 1, courtyard: 1, household: 2 });
	});

	it('imports a workbook with merged cells, in English, and adds what it knows to what is there', async () => {
		const merged = (value: string, rowSpan: number) => ({ value, rowSpan });
		const first = await file(
			'大江.xlsx',
			await xlsx([
				[{ value: '大江社区住户花名册', columnSpan: 8 }, null, null, null, null, null, null, null],
				header,
				[
					merged('大江社区', 2),
					merged('第1网格', 2),
					merged('大江胡同1号', 2),
					'1',
					1,
					'示例甲',
					13800000000,
					3
				],
				[null, null, null, '1', 2, '示例乙', null, null]
			])
		);
		const english = { LANG: 'en_US.UTF-8' };
		const imported = await roster([first], server.admin, english);
		expect(imported.code).toBe(0);
		expect(imported.output).toContain('Households: 2 new, 0 changed, 0 unchanged');

		const more = await file('大江2.csv', csv([header.join(), '大江,1,大江胡同1号院,,02,,010-67020000,2']));
		const changed = await roster([more], server.admin, english);
		expect(changed.output).toContain('Row 2  changed  大江 1 大江胡同1号院 02; phone, people');
		expect(changed.code).toBe(0);
	});

	it('takes from a community office only its own households', async () => {
		const office = await createAccount(server, 'dashilan-office', ['office:qianmen/dashilan']);
		const lines = ['大栅栏社区,1,某胡同1号,,1,示例甲,,', '大栅栏社区,1,某胡同2号,,1,示例乙,,'];
		const own = await file('own.csv', csv([header.join(), ...lines]));
		expect(await roster([own], office)).toMatchObject({ code: 0 });
		const others = await file('others.csv', csv([header.join(), ...lines, '草厂社区,3,草厂三条12号,,9,,,']));
		const { code, output } = await roster([others], office);
		expect(output).toContain('“草厂社区”不在您管理的范围内');
		expect(output).toContain('无变化 2 户');
		expect(code).toBe(1);
	});

	it('ends with 2 when nothing could be done, and says why', async () => {
		const good = await file('good.csv', csv([header.join(), '草厂社区,3,草厂三条12号,,9,,,']));
		const old = await file('old.xls', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0));
		const worker = await createAccount(server, 'li', ['worker:qianmen/caochang/g3']);
		const failures: readonly (readonly [readonly string[], Login, string])[] = [
			[[], server.admin, 'Usage:'],
			[[good, '--no-such-option'], server.admin, 'Usage:'],
			[['missing.csv'], server.admin, 'missing.csv'],
			[[old], server.admin, '另存为 .xlsx'],
			[[good], { name: 'li', password: 'wrong' }, 'does not let li in'],
			[[good], worker, 'li is not an office'],
			[[good, '--base', 'dashilan'], server.admin, 'not the office of dashilan']
		];
		for (const [args, login, words] of failures) {
			const { code, output } = await roster(args, login);
			expect(output).toContain(words);
			expect(code).toBe(2);
		}
	});
});
