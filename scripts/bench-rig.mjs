import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { dayAt } from '../src/kinds/day.ts';
import { databaseOf } from '../src/records/database-name.ts';
import { toScope } from '../src/records/scope.ts';
import { checkIns, places, roundsUntil } from '../tests/bench/phone/round.ts';
import { basic, createAccount, startServer } from '../tests/serve.ts';
import { openBrowser } from './bench-page.mjs';
import { installPeers, peers } from './bench-peers.mjs';
import { root } from './root.mjs';
import { slowdown } from './slowdown.mjs';

const batch = 1000;

/**
 * @typedef {Awaited<ReturnType<typeof openRig>>} Rig
 * @typedef {import('../tests/serve.ts').Login} Login
 * @typedef {import('../tests/bench/phone/round.ts').Rounds} Rounds
 * @typedef {{ out: number, in: number }} Day
 */

/**
 * One grid on the server: its database, the worker whose phone is measured, and one who writes elsewhere. `held`: its
 * records, places included.
 * @typedef {{ rounds: Rounds, database: string, worker: Login, other: Login, held: number, next: number }} SeededGrid
 */

/** The real server with the page of the benchmark as its app, and a browser to open it in. */
export async function openRig() {
	installPeers();
	const folder = mkdtempSync(join(process.env['BENCH_DIR'] ?? tmpdir(), 'zhonggeng-bench-page-'));
	await build({
		root: join(root, 'tests/bench/phone'),
		configFile: false,
		logLevel: 'error',
		// One Dexie for all, RxDB's storage included.
		resolve: { dedupe: ['dexie'] },
		plugins: [fromPeers()],
		build: { outDir: folder, rollupOptions: { input: join(root, 'tests/bench/phone/page.html') } }
	});
	const server = await startServer({ env: { BUILD_DIR: folder, LOG_LEVEL: 'error' } });
	/** @type {(() => Promise<void>)[]} */
	const endings = [() => server.remove(), () => rm(folder, { recursive: true, force: true })];
	const close = async () => {
		for (const end of endings) await end();
	};
	try {
		await server.setup();
		const office = await createAccount(server, 'office', ['office:qianmen']);
		for (const scope of ['qianmen', 'qianmen/caochang'])
			await make(server.url, databaseOf(toScope(scope)), office);
		const { page, devtools, about, close: closeBrowser } = await openBrowser();
		endings.unshift(closeBrowser);
		let grids = 0;
		return {
			page,
			devtools,
			about,
			close,
			seed: (/** @type {number} */ count, spare = 0, last = dayAt(new Date())) =>
				seed({ server, office, number: (grids += 1) }, { count, spare, last }),
			day: (/** @type {SeededGrid} */ grid, /** @type {Day} */ day) => newDay(server.url, grid, day),
			async fresh(/** @type {Login} */ login) {
				await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
				await page.goto(`${server.url}/page.html`);
				await page.waitForFunction(() => 'phone' in window);
				await page.evaluate(({ name, password }) => window.phone.signIn(name, password), login);
			},
			slow: () => devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown }),
			quick: () => devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 })
		};
	} catch (error) {
		await close();
		throw error;
	}
}

/**
 * Resolves what is compared with in its own package.
 * @returns {import('vite').Plugin}
 */
function fromPeers() {
	return {
		name: 'peers',
		enforce: 'pre',
		resolveId(source, importer) {
			const peer = /^(?:rxdb|pouchdb-browser|pouchdb-adapter-indexeddb)(?:\/|$)/.test(source);
			if (!peer || importer?.startsWith(peers)) return null;
			return this.resolve(source, join(peers, 'package.json'), { skipSelf: true });
		}
	};
}

/**
 * A new grid whose workers have walked their rounds until `last`, or the day before.
 * @param {{ server: import('../tests/serve.ts').TestServer, office: Login, number: number }} at
 * @param {{ count: number, spare: number, last: import('../src/kinds/day.ts').Day }} how `spare`: check-ins that are to
 * follow, none of them in the future.
 * @returns {Promise<SeededGrid>}
 */
async function seed({ server, office, number }, { count, spare, last }) {
	const scope = toScope(`qianmen/caochang/g${number}`);
	const worker = await createAccount(server, `worker${number}`, [`worker:${scope}`]);
	const other = await createAccount(server, `other${number}`, [`worker:${scope}`]);
	const rounds = roundsUntil(last, count + spare + 1, {
		grid: scope,
		authors: [worker.name, other.name]
	});
	const database = databaseOf(scope);
	const named = places(scope, office.name);
	await make(server.url, database, office);
	await send(server.url, database, office, named);
	/** @type {SeededGrid} */
	const grid = { rounds, database, worker, other, held: named.length, next: 0 };
	while (grid.next < count) await more(server.url, grid, Math.min(batch, count - grid.next));
	return grid;
}

/**
 * The next check-ins of both workers, from other phones.
 * @param {string} url
 * @param {SeededGrid} grid
 * @param {number} count
 */
async function more(url, grid, count) {
	const written = checkIns(grid.rounds, grid.next, count);
	for (const by of [grid.worker, grid.other])
		await send(
			url,
			grid.database,
			by,
			written.filter(({ author }) => author === by.name)
		);
	grid.next += count;
	grid.held += count;
}

/**
 * Check-ins of a new day: those of the other worker are on the server, those of the measured one are yet to be
 * written on the phone. Of both there are `consumed` check-ins made at most.
 * @param {string} url
 * @param {SeededGrid} grid
 * @param {Day} day
 */
async function newDay(url, grid, { out, in: come }) {
	const all = checkIns(grid.rounds, grid.next, consumed(out, come));
	grid.next += all.length;
	const by = (/** @type {Login} */ { name }) => all.filter(({ author }) => author === name);
	const [mine, theirs] = [by(grid.worker).slice(0, out), by(grid.other).slice(0, come)];
	if (mine.length !== out || theirs.length !== come) throw new Error('the round is too short');
	await send(url, grid.database, grid.other, theirs);
	return { mine, theirs };
}

/**
 * Check-ins to make so that each worker has enough of them.
 * @param {number} out
 * @param {number} come
 */
export function consumed(out, come) {
	return 2 * Math.max(out, come) + 100;
}

/**
 * @param {string} url
 * @param {string} database
 * @param {Login} login
 */
async function make(url, database, login) {
	const answer = await fetch(`${url}/db/${database}`, { method: 'PUT', headers: basic(login) });
	// There already: as good as made.
	if (!answer.ok && answer.status !== 412)
		throw new Error(`not made: ${answer.status} ${await answer.text()}`);
}

/**
 * @param {string} url
 * @param {string} database
 * @param {Login} login
 * @param {readonly object[]} docs
 */
async function send(url, database, login, docs) {
	if (docs.length === 0) return;
	const answer = await fetch(`${url}/db/${database}/_bulk_docs`, {
		method: 'POST',
		headers: { ...basic(login), 'Content-Type': 'application/json' },
		body: JSON.stringify({ new_edits: false, docs })
	});
	const text = await answer.text();
	if (text.trim() !== '[]') throw new Error(`not taken: ${answer.status} ${text.slice(0, 300)}`);
}
