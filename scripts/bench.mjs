import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { slowdown } from './bench-rig.mjs';
import { root } from './root.mjs';

/**
 * This project beside what people would use instead, in one run on one machine. Runs the parts named, or all; prints
 * tables and writes bench-results.json, where parts that were not run stay as they were.
 */
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3);
const saves = Number(process.env['BENCH_SAVES'] ?? 60);
const held = Number(process.env['BENCH_HELD'] ?? 20_000);
const sizes = (process.env['BENCH_SIZES'] ?? '10000,50000').split(',').map(Number);

/** @type {Promise<import('./bench-rig.mjs').Rig> | undefined} */
let opened;
const rig = () => (opened ??= import('./bench-rig.mjs').then(({ openRig }) => openRig()));

/**
 * Each returns what goes into the results.
 * @type {Record<string, () => Promise<unknown>>}
 */
const parts = {
	'first-sync': async () =>
		(await import('./bench-first-sync.mjs')).firstSync(await rig(), { sizes, rounds }),
	saving: async () => {
		const { saving, pullAndLoad } = await import('./bench-saving.mjs');
		const saved = await saving(await rig(), { held, rounds: saves, locked: true });
		return { held, saved, pullAndLoad: await pullAndLoad(await rig(), held) };
	}
};

const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : Object.keys(parts);
const file = join(root, 'bench-results.json');
try {
	for (const name of names) {
		const part = parts[name];
		if (!part) throw new Error(`no part ${name}: there are ${Object.keys(parts).join(', ')}`);
		const load = loadavg().map((one) => one.toFixed(1));
		const date = new Date().toISOString();
		const result = await part();
		const about = opened ? (await opened).about : { node: process.version };
		write({ [name]: { date, ...about, slowdown, rounds, load, result } });
	}
} finally {
	await (await opened)?.close();
}

/** @param {Readonly<Record<string, unknown>>} results */
function write(results) {
	/** @type {Record<string, unknown>} */
	const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
	const kept = Object.fromEntries(Object.entries(known).filter(([name]) => name in parts));
	writeFileSync(file, `${JSON.stringify({ ...kept, ...results }, null, '\t')}\n`);
}
