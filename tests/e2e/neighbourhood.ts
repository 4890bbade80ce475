import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Scope } from '#records/scope.ts';
import { createAccount, type Login, startServer, type TestServer } from '../serve.ts';
import { heldOnServer } from './held-records.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** Households a courtyard of the made-up roster. */
export const householdsEach = 30;
export const courtyardNames = ['示例胡同1号', '示例胡同2号'] as const;

/** A server with a roster of two courtyards in one grid, and the accounts that work there. */
export interface Neighbourhood {
	readonly server: TestServer;
	readonly grid: Scope;
	readonly office: Login;
	readonly workers: readonly [Login, Login];
}

export async function startNeighbourhood(
	env: Readonly<Record<string, string>> = {},
	households = householdsEach
): Promise<Neighbourhood> {
	const server = await startServer({ env });
	await server.setup();
	await importRoster(server, rosterOf(households));
	const area = (await heldOnServer(server)).find(
		({ kind, body }) => kind === 'area' && body?.['name'] === '第三网格'
	);
	if (!area) throw new Error('the roster made no grid');
	const grid = area.scope;
	const workers = [
		await createAccount(server, 'worker1', [`worker:${grid}`]),
		await createAccount(server, 'worker2', [`worker:${grid}`])
	] as const;
	const office = await createAccount(server, 'office1', ['office:qianmen']);
	return { server, grid, office, workers };
}

/** A spreadsheet as a community office keeps it. */
export function rosterOf(households: number): string {
	const rows = courtyardNames.flatMap((courtyard) =>
		Array.from({ length: households }, (_, index) =>
			['草厂', '第三网格', courtyard, `${index + 1}号`, String(index + 1), `示例${index + 1}`, '', '2'].join(
				','
			)
		)
	);
	return ['社区,网格,院落,门牌,户号,户主,电话,人数', ...rows].join('\n');
}

async function importRoster(server: TestServer, csv: string): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'zhonggeng-roster-'));
	try {
		const file = join(folder, 'roster.csv');
		await writeFile(file, csv);
		const child = spawn(join(repository, 'node_modules/.bin/node'), ['sync-server/cli/roster.ts', file], {
			cwd: repository,
			env: {
				...process.env,
				ZG_URL: server.url,
				ZG_USER: server.admin.name,
				ZG_PASSWORD: server.admin.password
			},
			stdio: ['ignore', 'pipe', 'pipe']
		});
		let output = '';
		for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
		await once(child, 'close');
		if (child.exitCode !== 0) throw new Error(`the roster was not imported (${child.exitCode}):\n${output}`);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
