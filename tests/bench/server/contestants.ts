import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { databaseOf } from '#records/database-name.ts';
import { toScope } from '#records/scope.ts';
import { expectStatus, phone } from './ask.ts';
import { expressPouchDB } from './express-pouchdb.ts';
import { freshFolder, preparedServer } from './prepared-server.ts';

/** One of the servers that are put side by side. */
export interface Contestant {
	readonly name: string;
	/** What it promises of what it acknowledged, and what it checks. */
	readonly promise: string;
	/** What phones push into, and what they pull from; each with the session of one of them. */
	readonly pushUrl: string;
	readonly pullUrl: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly pid: number | undefined;
	close(): Promise<void>;
}

/** Who pushes, and where to. */
export const author = 'bench-worker';
export const pushGrid = toScope('bench/pushed/g1');
export const pullGrid = toScope('bench/pulled/g1');

export async function ourServer(): Promise<Contestant> {
	const roles = [pushGrid, pullGrid].map((grid) => `worker:${grid}`);
	const { server, sessions } = await preparedServer([{ name: author, roles }], [pushGrid, pullGrid]);
	return {
		name: 'this server',
		promise: 'on the disk; hash, rights and author of every record checked, session at every request',
		pushUrl: `${server.url}/db/${databaseOf(pushGrid)}`,
		pullUrl: `${server.url}/db/${databaseOf(pullGrid)}`,
		headers: { Cookie: sessions.get(author) ?? '' },
		pid: server.pid,
		close: () => server.remove()
	};
}

const peers = fileURLToPath(new URL('../peers', import.meta.url));

/** Undefined where the peers are not installed. */
export async function expressPouchServer(): Promise<Contestant | undefined> {
	const needed = ['express', 'express-pouchdb', 'pouchdb-node'];
	if (!needed.every((name) => existsSync(join(peers, 'node_modules', name)))) return undefined;
	const folder = await freshFolder();
	const child = spawn(process.execPath, ['--input-type=module', '--eval', expressPouchDB, folder.path], {
		cwd: peers,
		env: { ...process.env, NODE_NO_WARNINGS: '1' },
		stdio: ['ignore', 'pipe', 'inherit']
	});
	const end = () => child.kill('SIGKILL');
	process.once('exit', end);
	const url = await addressIn(child.stdout);
	const [pushUrl, pullUrl] = [`${url}/pushed`, `${url}/pulled`];
	await create([pushUrl, pullUrl], {});
	return {
		name: 'express-pouchdb',
		promise: 'given to the operating system; nothing checked, no accounts',
		...{ pushUrl, pullUrl, headers: {}, pid: child.pid },
		async close() {
			end();
			process.off('exit', end);
			await once(child, 'exit');
			await folder.remove();
		}
	};
}

/** The CouchDB whose address, name and password included, is in `COUCHDB_BENCH_URL`; undefined when none is. */
export async function couchServer(): Promise<Contestant | undefined> {
	const given = process.env['COUCHDB_BENCH_URL'];
	if (!given) return undefined;
	const url = new URL(given);
	const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
	const headers = url.username
		? { Authorization: `Basic ${Buffer.from(login).toString('base64')}` }
		: undefined;
	const base = `${url.origin}${url.pathname.replace(/\/$/, '')}/zg-bench-${process.pid}`;
	const [pushUrl, pullUrl] = [`${base}-pushed`, `${base}-pulled`];
	await create([pushUrl, pullUrl], headers ?? {});
	return {
		name: 'CouchDB',
		promise: 'as it is configured; nothing checked',
		...{ pushUrl, pullUrl, headers: headers ?? {}, pid: undefined },
		async close() {
			const { ask, close } = phone();
			for (const database of [pushUrl, pullUrl])
				await ask(database, { method: 'DELETE', headers: headers ?? {} });
			close();
		}
	};
}

async function create(urls: readonly string[], headers: Readonly<Record<string, string>>): Promise<void> {
	const { ask, close } = phone();
	for (const url of urls) expectStatus(201, `make ${url}`, await ask(url, { method: 'PUT', headers }));
	close();
}

async function addressIn(stdout: NodeJS.ReadableStream): Promise<string> {
	for await (const line of createInterface({ input: stdout })) {
		const [, url] = /listening on (\S+)/.exec(line) ?? [];
		if (url !== undefined) {
			stdout.resume();
			return url;
		}
	}
	throw new Error('it ended before it listened');
}
