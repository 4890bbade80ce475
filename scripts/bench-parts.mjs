import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { installPeers } from './bench-peers.mjs';
import { printVerdicts, verdicts } from './bench-targets.mjs';
import { root } from './root.mjs';
import { slowdown } from './slowdown.mjs';

/**
 * This project beside what people would use instead, in one run on one machine. Runs the parts named, or all; prints
 * tables and writes bench-results.json, where parts that were not run stay as they were.
 */
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3);
const growthRounds = Number(process.env['BENCH_GROWTH_ROUNDS'] ?? rounds);
const saves = Number(process.env['BENCH_SAVES'] ?? 60);
const held = Number(process.env['BENCH_HELD'] ?? 20_000);
const sizes = numbers(process.env['BENCH_SIZES'] ?? '10000,50000');
const large = process.env['BENCH_LARGE'] === '1' ? [200_000] : [];
const growthSizes = [...numbers(process.env['BENCH_GROWTH_SIZES'] ?? '1000,10000,50000'), ...large];

/** @type {Promise<import('./bench-rig.mjs').Rig> | undefined} */
let opened;
const rig = () => (opened ??= import('./bench-rig.mjs').then(({ openRig }) => openRig()));

/**
 * Each prints its tables and returns what goes into the results.
 * @type {Record<string, () => Promise<unknown>>}
 */
const parts = {
	'first-sync': async () =>
		(await import('./bench-first-sync.mjs')).firstSync(await rig(), { sizes, rounds }),
	saving: async () => {
		const { saving, pullAndLoad } = await import('./bench-saving.mjs');
		const saved = await saving(await rig(), { held, rounds: saves, locked: true });
		return { held, saved, pullAndLoad: await pullAndLoad(await rig(), held) };
	},
	opening: async () => (await import('./bench-opening.mjs')).opening(await rig(), { held, rounds }),
	daily: async () => (await import('./bench-daily.mjs')).daily(await rig(), { held, rounds }),
	app: async () => (await import('./bench-app.mjs')).benchApp(held),
	growth: async () =>
		(await import('./bench-growth.mjs')).growth(await rig(), {
			sizes: growthSizes,
			rounds: growthRounds,
			saves,
			firstSyncs: read()['first-sync']?.rounds === growthRounds ? read()['first-sync']?.result : {}
		}),
	search: async () => (await import('./bench-search.mjs')).benchSearch(),
	server: async () => {
		installWhereItGoes();
		return (await import('./bench-server.mjs')).benchServer();
	},
	phones: async () => (await import('./bench-server.mjs')).benchPhones()
};

/**
 * How often each was taken, where this file says so.
 * @type {Record<string, number>}
 */
const taken = {
	'first-sync': rounds,
	saving: saves,
	opening: rounds,
	daily: rounds,
	growth: growthRounds
};

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in parts));
if (unknown !== undefined) throw new Error(`no part ${unknown}: there are ${Object.keys(parts).join(', ')}`);
const file = join(root, 'bench-results.json');
try {
	for (const [name, part] of Object.entries(parts)) {
		if (asked.length > 0 && !asked.includes(name)) continue;
		const load = loadavg().map((one) => one.toFixed(1));
		const date = new Date().toISOString();
		console.log(`\n${name}, load average ${load.join(' ')}`);
		const result = await part();
		const about = opened ? (await opened).about : { node: process.version };
		write({ [name]: { date, ...about, versions: versions(), slowdown, rounds: taken[name], load, result } });
	}
} finally {
	await (await opened)?.close();
}
printVerdicts(
	verdicts(Object.fromEntries(Object.entries(read()).map(([name, { result }]) => [name, result])))
);

/** @returns {Record<string, { result: any, rounds?: number }>} Parts only; what an earlier form of this file held is forgotten. */
function read() {
	/** @type {Record<string, { result: any, rounds?: number }>} */
	const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
	return Object.fromEntries(Object.entries(known).filter(([name, one]) => name in parts && 'result' in one));
}

/** @param {Readonly<Record<string, object>>} results */
function write(results) {
	writeFileSync(file, `${JSON.stringify({ ...read(), ...results }, null, '\t')}\n`);
}

/** Of what is measured, as installed. */
function versions() {
	const names = ['dexie', 'tests/bench/peers:pouchdb-browser', 'tests/bench/peers:rxdb'];
	return Object.fromEntries(
		names.map((name) => {
			const [folder = '', wanted = ''] = name.includes(':') ? name.split(':') : ['', name];
			const path = join(root, folder, 'node_modules', wanted, 'package.json');
			return [wanted, existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).version : undefined];
		})
	);
}

/** Without what is compared with, the server is measured alone. */
function installWhereItGoes() {
	try {
		installPeers();
	} catch (error) {
		console.error(error);
	}
}

/** @param {string} list */
function numbers(list) {
	return list.split(',').map(Number);
}
