import { chromium } from '@playwright/test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'vite';
import { findBrowser } from './browser.mjs';
import { root } from './root.mjs';

/**
 * How long one check-in takes from the tap until it is on the disk, in a real Chromium with the
 * processor slowed down, beside the least that IndexedDB takes. Prints a table, writes
 * bench-results.json.
 */
const held = Number(process.env['BENCH_HELD'] ?? 20_000);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 60);
const slowdown = 4;
const warmUps = 5;
const bulkRounds = 5;

/**
 * @typedef {{ name: string, samples: number, median: number, p95: number, least: number, most: number }} Measured
 */

const server = await createServer({
	root,
	configFile: false,
	logLevel: 'error',
	server: { host: '127.0.0.1', port: 0, watch: null },
	optimizeDeps: { entries: ['tests/bench/page.html'] }
});
await server.listen();
const address = server.httpServer?.address();
if (typeof address !== 'object' || address === null) throw new Error('the page has no address');

// A profile of its own on the disk: in a private window IndexedDB would keep to memory.
const profile = mkdtempSync(join(process.env['BENCH_DIR'] ?? tmpdir(), 'zhonggeng-bench-'));
const context = await chromium.launchPersistentContext(profile, {
	executablePath: findBrowser(process.execPath),
	args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking']
});
try {
	const page = await context.newPage();
	await page.goto(`http://127.0.0.1:${address.port}/tests/bench/page.html`);
	await page.waitForFunction(() => 'bench' in window);
	console.log(`Filling phones with ${held} check-ins …`);
	const names = await page.evaluate((count) => window.bench.prepare(count), held);

	const devtools = await context.newCDPSession(page);
	const results = {
		browser: `Chromium ${context.browser()?.version() ?? ''}`,
		node: process.version,
		machine: `${platform()} ${arch()}, ${cpus().length} cores`,
		slowdown,
		saving: await saving(page, devtools, names),
		pullAndLoad: await pullAndLoad(page, devtools)
	};
	report(results);
	writeFileSync(join(root, 'bench-results.json'), `${JSON.stringify(results, null, '\t')}\n`);
} finally {
	await context.close();
	await server.close();
	rmSync(profile, { recursive: true, force: true });
}

/**
 * Every way once a round, each round beginning with another, so that a busy moment meets all alike.
 * @param {import('@playwright/test').Page} page
 * @param {import('@playwright/test').CDPSession} devtools
 * @param {readonly string[]} names
 * @returns {Promise<Measured[]>}
 */
async function saving(page, devtools, names) {
	/** @type {Map<string, number[]>} */
	const times = new Map(names.map((name) => [name, []]));
	await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
	for (let round = 0; round < warmUps + rounds; round += 1) {
		for (let turn = 0; turn < names.length; turn += 1) {
			const name = names[(round + turn) % names.length] ?? '';
			const n = held + round;
			const ms = await page.evaluate(
				([which, number]) => window.bench.once(which, number),
				/** @type {const} */ ([name, n])
			);
			if (round >= warmUps) times.get(name)?.push(ms);
		}
	}
	await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
	return [...times].map(([name, list]) => measured(name, list));
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {import('@playwright/test').CDPSession} devtools
 * @returns {Promise<Measured[]>}
 */
async function pullAndLoad(page, devtools) {
	const rates = [1, slowdown];
	/** @type {Map<string, number[]>} */
	const times = new Map();
	for (let round = 0; round < bulkRounds; round += 1) {
		for (const rate of rates) {
			await devtools.send('Emulation.setCPUThrottlingRate', { rate });
			for (const locked of [false, true]) {
				const { pull, load } = await page.evaluate(
					([count, sealed]) => window.bench.pullAndLoad(count, sealed),
					/** @type {const} */ ([held, locked])
				);
				const how = `${locked ? 'locked, ' : ''}${rate}x`;
				for (const [name, ms] of /** @type {const} */ ([
					[`store ${held} pulled, ${how}`, pull],
					[`load ${held}, ${how}`, load]
				]))
					times.set(name, [...(times.get(name) ?? []), ms]);
			}
		}
	}
	await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
	return [...times].map(([name, list]) => measured(name, list));
}

/**
 * @param {string} name
 * @param {readonly number[]} times
 * @returns {Measured}
 */
function measured(name, times) {
	const sorted = times.toSorted((a, b) => a - b);
	/** @param {number} share */
	const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
	return { name, samples: sorted.length, median: at(0.5), p95: at(0.95), least: at(0), most: at(1) };
}

/** @param {{ browser: string, machine: string, saving: readonly Measured[], pullAndLoad: readonly Measured[] }} results */
function report({ browser: version, machine, saving: saves, pullAndLoad: bulk }) {
	console.log(`${version}, ${machine}, processor slowed down ${slowdown} times; milliseconds`);
	console.log(row('', 'median', 'p95', 'least', 'most', 'samples'));
	for (const { name, median, p95, least, most, samples } of [...saves, ...bulk]) {
		const [a, b, c, d] = [median, p95, least, most].map((ms) => ms.toFixed(1));
		console.log(row(name, a, b, c, d, `${samples}`));
	}
}

/**
 * @param {string} name
 * @param {...(string | undefined)} cells
 */
function row(name, ...cells) {
	return [name.padEnd(28), ...cells.map((cell) => (cell ?? '').padStart(9))].join(' ');
}
