import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { basic, startServer, type TestServer } from '../../serve.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
let server: TestServer;

beforeAll(async () => {
	server = await startServer({ env: { LOG_LEVEL: 'silent' } });
	await server.setup();
});
afterAll(() => server.remove());

interface Ran {
	readonly code: number | null;
	readonly output: string;
}

async function account(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
	const { name, password } = server.admin;
	const child = spawn(`${repository}/node_modules/.bin/node`, ['sync-server/cli/account.ts', ...args], {
		cwd: repository,
		env: { PATH: process.env['PATH'], ZG_URL: server.url, ZG_USER: name, ZG_PASSWORD: password, ...env },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
	}
	await once(child, 'close');
	return { code: child.exitCode, output };
}

function statusOf(name: string, password: string): Promise<number> {
	return fetch(`${server.url}/db/_session`, { headers: basic({ name, password }) }).then(
		({ status }) => status
	);
}

test('an account is added with a password shown once, listed, and disabled', async () => {
	const added = await account(['add', '李3', 'worker:qianmen/caochang/g3']);
	const [, password = ''] = /: ([a-z2-9]{4}(?:-[a-z2-9]{4}){3})\n$/.exec(added.output) ?? [];
	expect(added.code).toBe(0);
	expect(await statusOf('李3', password)).toBe(200);

	expect(await account(['list'])).toEqual({
		code: 0,
		output: 'admin\t_admin office:qianmen\n李3\tworker:qianmen/caochang/g3\n'
	});

	expect(await account(['disable', '李3'])).toEqual({ code: 0, output: '李3 is disabled.\n' });
	expect(await statusOf('李3', password)).toBe(401);
	expect((await account(['list'])).output).toContain('李3\tworker:qianmen/caochang/g3\tdisabled\n');
});

test('a role may have a last day, and a link sets a new password', async () => {
	const role = 'worker:qianmen/caochang/g3@2099-12-31';
	expect((await account(['add', 'zhou', role])).code).toBe(0);
	expect((await account(['list'])).output).toContain(`zhou\t${role}\n`);
	const { code, output } = await account(['reset', 'zhou'], { ZG_URL: `${server.url}/` });
	const [, origin, token] = /: (\S+)\/password#([\w-]{32})\n$/.exec(output) ?? [];
	expect([code, origin]).toEqual([0, server.url]);
	const opened = await fetch(`${server.url}/api/password`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ token, password: 'set by the link' })
	});
	expect(opened.status).toBe(200);
	expect(await statusOf('zhou', 'set by the link')).toBe(200);
});

test.each<[string, readonly string[], Readonly<Record<string, string>>, RegExp]>([
	['no command', [], {}, /^Usage:/],
	['no role', ['add', 'wang'], {}, /^Usage:/],
	['a role that is none', ['add', 'wang', 'wroker:qianmen'], {}, /^wroker:qianmen is not a role/],
	['a name that is taken', ['add', 'admin', 'office:qianmen'], {}, /^There is an account of that name/],
	['a name no account may have', ['add', 'a b', 'office:qianmen'], {}, /^doc\.name must be/],
	['an account that is not there', ['disable', 'nobody'], {}, /^There is no account nobody/],
	['a link for nobody', ['reset', 'nobody'], {}, /^There is no such account/],
	[
		'a wrong password',
		['list'],
		{ ZG_PASSWORD: 'wrong password' },
		/does not let admin in: Name or password/
	],
	['no password and no terminal', ['list'], { ZG_PASSWORD: '' }, /^ZG_PASSWORD is missing/],
	['an address that is none', ['list'], { ZG_URL: 'zhonggeng' }, /is not a server's address/],
	['a server that is not there', ['list'], { ZG_URL: 'http://127.0.0.1:1' }, /cannot be reached: /]
])('%s is told in words', async (_what, args, env, told) => {
	const { code, output } = await account(args, env);
	expect(code).toBe(1);
	expect(output).toMatch(told);
	expect(output).not.toContain('    at ');
});
