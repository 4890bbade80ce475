import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic } from '../../serve.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'zhonggeng-demo-test-'));
});

afterAll(async () => {
	await rm(folder, { recursive: true });
});

/** The demonstration's server, whose temporary folder is ours. */
function startDemo() {
	const child = spawn(process.execPath, ['sync-server/demo/main.ts'], {
		cwd: repository,
		env: { PATH: process.env['PATH'], HOME: process.env['HOME'], TMPDIR: folder, PORT: '0' },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let output = '';
	const printed = (pattern: RegExp) =>
		new Promise<string>((resolve, reject) => {
			const look = () => {
				const [, found] = pattern.exec(output) ?? [];
				if (found !== undefined) resolve(found);
			};
			look();
			child.stdout.on('data', look);
			child.once('close', () =>
				reject(new Error(`it ended before it printed ${pattern.source}:\n${output}`))
			);
		});
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
	}
	return { child, printed };
}

describe('npm run demo', () => {
	it.each(['SIGINT', 'SIGTERM'] as const)(
		'serves accounts that log in and read their check-ins, and leaves nothing behind after %s, even twice',
		async (signal) => {
			const { child, printed } = startDemo();
			try {
				const url = await printed(/^ +(http:\S+)$/m);
				const password = await printed(/^ +worker1 +(\S+) /m);
				await printed(/(Ctrl\+C ends it)/);
				expect(await readdir(folder)).toHaveLength(1);

				const worker = { name: 'worker1', password };
				const read = (path: string) => fetch(`${url}/db/${path}`, { headers: basic(worker) });
				const own = await (await read('zg-qianmen-caochang-g1/_all_docs')).text();
				expect(own.match(/"id":"check-in:/g)?.length).toBeGreaterThan(500);
				expect(own.match(/"id":"household:/g)?.length).toBeGreaterThan(30);
				expect((await read('zg-qianmen-dajiang-g1/_all_docs')).status).toBe(403);

				const wrong = { name: 'worker1', password: 'not the one printed' };
				expect((await fetch(`${url}/db/_all_dbs`, { headers: basic(wrong) })).status).toBe(401);
			} finally {
				const ended = once(child, 'close');
				child.kill(signal);
				child.kill(signal);
				await ended;
			}
			expect(child.exitCode).toBe(0);
			expect(await readdir(folder)).toEqual([]);
		}
	);
});
