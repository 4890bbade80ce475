import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('..', import.meta.url));

export interface Login {
	readonly name: string;
	readonly password: string;
}

export interface ServerOptions {
	/** One of an earlier server, to start again on; a fresh one under the system's temporary folder when left out. */
	readonly dataDir?: string;
	readonly port?: number;
	readonly env?: Readonly<Record<string, string>>;
}

/**
 * The real server as a process of its own, on a free port of 127.0.0.1.
 *
 *     const server = await startServer();
 *     await server.setup();                                      // administrator and office of qianmen
 *     const worker = await createAccount(server, 'li', ['worker:qianmen/caochang/g3']);
 *     await fetch(`${server.url}/db/_session`, { headers: basic(worker) });
 *     await server.kill();                                       // SIGKILL
 *     const again = await server.restart();                      // same folder, same port
 *     await again.remove();                                      // ends it, deletes the folder
 */
export interface TestServer {
	readonly url: string;
	readonly port: number;
	readonly dataDir: string;
	readonly pid: number;
	/** The name and password that `setup` makes. */
	readonly admin: Login;
	/** From the link it printed; undefined when there is an administrator. */
	readonly setupToken: string | undefined;
	/** All it has printed so far, its log included. */
	output(): string;
	/** Settles when it has printed something that matches; rejects when it ends before. */
	printed(pattern: RegExp): Promise<void>;
	/** Makes the first administrator, who is also the office of the subdistrict. */
	setup(subdistrict?: string): Promise<void>;
	/** SIGTERM; its exit code. */
	stop(): Promise<number | null>;
	/** Sends a signal and does not wait. */
	signal(signal: NodeJS.Signals): void;
	/** Its exit code, when it has ended; null after SIGKILL. */
	ended(): Promise<number | null>;
	/** SIGKILL, as a power cut would. */
	kill(): Promise<void>;
	/** Another one on the same folder and port, after `stop` or `kill`. */
	restart(env?: Readonly<Record<string, string>>): Promise<TestServer>;
	/** Ends it and deletes its folder. */
	remove(): Promise<void>;
}

/** For a server whose clock is ahead: a week of theirs is over, and nobody waited. */
export function daysAhead(days: number): Readonly<Record<string, string>> {
	const clock = fileURLToPath(new URL('clock-ahead.ts', import.meta.url));
	return { NODE_OPTIONS: `--import=${clock}`, TEST_DAYS_AHEAD: String(days) };
}

const admin: Login = { name: 'admin', password: 'brick-grey-and-vermilion' };

/** Settles when it listens. @throws Error with what it printed when it ends before that. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
	const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'zhonggeng-test-')));
	const child = spawnServer({
		PORT: String(options.port ?? 0),
		DATA_DIR: dataDir,
		ZG_PBKDF2_ITERATIONS: '1000',
		...options.env
	});
	const output = collectOutput(child);
	const address = await firstMatch(child, output, /listening on (https?:\/\/\S+:(\d+))\n/);
	const [, url = '', port = ''] = address;
	// Printed before the address.
	const setupToken = /\/setup#(\S+)/.exec(output())?.[1];

	async function ended(): Promise<number | null> {
		if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
		return child.exitCode;
	}
	function end(signal: NodeJS.Signals): Promise<number | null> {
		child.kill(signal);
		return ended();
	}

	return {
		url,
		port: Number(port),
		dataDir,
		pid: child.pid ?? 0,
		admin,
		setupToken,
		output,
		async printed(pattern) {
			await firstMatch(child, output, pattern);
		},
		signal: (signal) => void child.kill(signal),
		ended,
		async setup(subdistrict = 'qianmen') {
			await expectStatus(201, `${url}/api/setup`, {
				method: 'POST',
				headers: { 'Content-Type': 'application/json' },
				body: JSON.stringify({ token: setupToken, ...admin, subdistrict })
			});
		},
		stop: () => end('SIGTERM'),
		async kill() {
			await end('SIGKILL');
		},
		restart: (env) =>
			startServer({ ...options, dataDir, port: Number(port), env: { ...options.env, ...env } }),
		async remove() {
			await end('SIGKILL');
			await rm(dataDir, { recursive: true, force: true });
		}
	};
}

/** What the server prints and its exit code when it does not start. */
export async function runToExit(
	env: Readonly<Record<string, string>>
): Promise<{ readonly code: number | null; readonly output: string }> {
	const child = spawnServer({ PORT: '0', ...env });
	const output = collectOutput(child);
	await once(child, 'close');
	return { code: child.exitCode, output: output() };
}

/** An account as an administrator makes it, over HTTP. */
export async function createAccount(
	server: TestServer,
	name: string,
	roles: readonly string[],
	password = `password of ${name}`
): Promise<Login> {
	const id = `org.couchdb.user:${name}`;
	await expectStatus(201, `${server.url}/db/_users/${encodeURIComponent(id)}`, {
		method: 'PUT',
		headers: { ...basic(server.admin), 'Content-Type': 'application/json' },
		body: JSON.stringify({ _id: id, type: 'user', name, roles, password })
	});
	return { name, password };
}

/** HTTP Basic, for `headers`. */
export function basic({ name, password }: Login): { Authorization: string } {
	return { Authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}` };
}

/** Logs in; the session's cookie as `name=value`. */
export async function sessionCookie(server: TestServer, { name, password }: Login): Promise<string> {
	const response = await expectStatus(200, `${server.url}/db/_session`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ name, password })
	});
	const [cookie = ''] = (response.headers.getSetCookie()[0] ?? '').split(';');
	return cookie;
}

async function expectStatus(status: number, url: string, init: RequestInit): Promise<Response> {
	const response = await fetch(url, init);
	if (response.status !== status) {
		throw new Error(`${init.method} ${url}: ${response.status} ${await response.text()}`);
	}
	return response;
}

function spawnServer(env: Readonly<Record<string, string>>): ChildProcess {
	const inherited = Object.fromEntries(
		['PATH', 'HOME', 'TMPDIR', 'LANG'].flatMap((name) => {
			const value = process.env[name];
			return value === undefined ? [] : [[name, value]];
		})
	);
	const child = spawn(join(repository, 'node_modules/.bin/node'), ['sync-server/main.ts'], {
		cwd: repository,
		env: { ...inherited, ...env },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	// No test run leaves a server behind.
	const endWithUs = () => child.kill('SIGKILL');
	process.once('exit', endWithUs);
	child.once('exit', () => process.off('exit', endWithUs));
	return child;
}

function collectOutput(child: ChildProcess): () => string {
	let text = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
	}
	return () => text;
}

function firstMatch(child: ChildProcess, output: () => string, pattern: RegExp): Promise<RegExpExecArray> {
	return new Promise((resolve, reject) => {
		const look = () => {
			const match = pattern.exec(output());
			if (match) resolve(match);
		};
		child.stdout?.on('data', look);
		look();
		child.once('close', (code) => reject(new Error(`the server ended with ${code}:\n${output()}`)));
		child.once('error', reject);
	});
}
