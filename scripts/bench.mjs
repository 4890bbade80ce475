import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBenchPage } from './bench-page.mjs';
import { measured, printTable } from './bench-table.mjs';
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

const { page, devtools, about, close } = await openBenchPage();
try {
	console.log(`Filling phones with ${held} check-ins …`);
	const names = await page.evaluate((count) => window.bench.prepare(count), held);

	const results = {
		...about,
		slowdown,
		saving: await saving(page, devtools, names),
		pullAndLoad: await pullAndLoad(page, devtools)
	};
	printTable([...results.saving, ...results.pullAndLoad], { ...about, slowdown });
	writeFileSync(join(root, 'bench-results.json'), `${JSON.stringify(results, null, '\t')}\n`);
} finally {
	await close();
}

/**
 * Every way once a round, each round beginning with another, so that a busy moment meets all alike.
 * @param {import('@playwright/test').Page} page
 * @param {import('@playwright/test').CDPSession} devtools
 * @param {readonly string[]} names
 * @returns {Promise<import('./bench-table.mjs').Measured[]>}
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
 * @returns {Promise<import('./bench-table.mjs').Measured[]>}
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
