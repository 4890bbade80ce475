import { openBenchPage } from './bench-page.mjs';
import { measured, printTable } from './bench-table.mjs';
import { slowdown } from './slowdown.mjs';

/**
 * How long the app takes to find something in many documents, beside a plain scan of the same texts and beside
 * MiniSearch, in a real Chromium with the processor slowed down; and what the index costs in time and memory.
 */
const documents = Number(process.env['BENCH_DOCUMENTS'] ?? 5_000);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 30);
const warmUps = 3;
const finders = /** @type {const} */ (['app', 'pairs', 'scan', 'scan, folding', 'MiniSearch']);

/** @typedef {Awaited<ReturnType<typeof openBenchPage>>} BenchPage */

export async function benchSearch() {
	const benchPage = await openBenchPage();
	const { page, devtools, about, close } = benchPage;
	try {
		const held = await page.evaluate((count) => window.searchBench.bench.hold(count), documents);
		const before = await heap(benchPage);
		await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
		const built = await page.evaluate(() => window.searchBench.bench.follow());
		const again = await page.evaluate(() => window.searchBench.bench.follow());
		await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
		const index = (await heap(benchPage)) - before;
		const characters = await page.evaluate(() => window.searchBench.bench.takeTexts());
		const texts = await heap(benchPage);
		const filled = await page.evaluate(() => window.searchBench.bench.fillLibrary());
		const library = (await heap(benchPage)) - texts;

		console.log(`${built.size} documents of ${held} records, ${characters} characters`);
		console.log(`index: ${mega(index)} MB, ${built.all.toFixed(0)} ms slowed down, ${slices(built.longest)}`);
		console.log(`nothing new to take in: ${again.all.toFixed(0)} ms slowed down, ${slices(again.longest)}`);
		console.log(`MiniSearch: ${mega(library)} MB, ${filled.toFixed(0)} ms, not slowed down`);
		const rows = await finding(benchPage);
		printTable(rows, { ...about, slowdown });
		for (const { name, median } of rows)
			if (name.endsWith(', pairs')) {
				const scan = rows.find((other) => other.name === name.replace(/, pairs$/, ', scan'));
				console.log(`${name}: ${((scan?.median ?? Number.NaN) / median).toFixed(1)} times as fast as a scan`);
			}
		return { documents, held, built, again, index, characters, filled, library, rows };
	} finally {
		await close();
	}
}

/**
 * Bytes in use once what nobody needs is gone.
 * @param {BenchPage} benchPage
 */
async function heap({ devtools }) {
	await devtools.send('HeapProfiler.collectGarbage');
	return (await devtools.send('Runtime.getHeapUsage')).usedSize;
}

/**
 * Every way in every round, so that a busy moment meets all alike; all must find the same.
 * @param {BenchPage} benchPage
 */
async function finding({ page, devtools }) {
	const queries = await page.evaluate(() => window.searchBench.queries);
	/** @type {Map<string, number[]>} */
	const times = new Map();
	await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
	for (let round = 0; round < warmUps + rounds; round += 1)
		for (const query of queries) {
			const counts = new Set();
			for (const finder of finders) {
				const { ms, count } = await page.evaluate(
					([how, what]) => window.searchBench.bench.find(how, what),
					/** @type {const} */ ([finder, query])
				);
				counts.add(count);
				const name = `${query} (${count}), ${finder}`;
				if (round >= warmUps) times.set(name, [...(times.get(name) ?? []), ms]);
			}
			if (counts.size !== 1) throw new Error(`not the same found for ${query}: ${[...counts].join(', ')}`);
		}
	await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
	return [...times].map(([name, list]) => measured(name, list));
}

/** @param {number} bytes */
function mega(bytes) {
	return (bytes / 1e6).toFixed(1);
}

/** @param {number} longest */
function slices(longest) {
	return `the longest step ${longest.toFixed(1)} ms`;
}
