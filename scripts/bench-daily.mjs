import { gzipSync } from 'node:zlib';
import { consumed } from './bench-rig.mjs';
import { inRounds } from './bench-rounds.mjs';
import { measured, table } from './bench-table.mjs';

const ways = /** @type {const} */ (['ours', 'PouchDB idb']);
const day = { out: 300, in: 200 };

/**
 * A day's sync on a phone that holds many check-ins, and one in which there is nothing to do: time, requests, bytes on
 * the wire both ways with their headers. Each way has a grid of its own, so that none fetches what another sent.
 * @param {import('./bench-rig.mjs').Rig} rig
 * @param {{ held: number, rounds: number }} how
 */
export async function daily(rig, { held, rounds }) {
	const { page } = rig;
	/** @type {Map<string, import('./bench-rig.mjs').SeededGrid>} */
	const grids = new Map();
	for (const way of ways) grids.set(way, await rig.seed(held, consumed(day.out, day.in) * rounds));
	/** @type {Map<string, { daily: Traffic, idle: Traffic, own: number, feeds: number }[]>} */
	const seen = new Map(ways.map((way) => [way, []]));
	const times = await inRounds(ways, rounds, async (way) => {
		const grid = grids.get(way);
		if (!grid) throw new Error(`no grid for ${way}`);
		await rig.fresh(grid.worker);
		await page.evaluate(
			([which, account, scope]) => window.phone.daily.prepare(which, account, scope),
			/** @type {const} */ ([way, grid.worker.name, grid.rounds.grid])
		);
		const { mine, theirs } = await rig.day(grid, day);
		/** @type {readonly object[]} */
		const written = mine;
		await page.evaluate((records) => window.phone.daily.write(records), written);
		await rig.slow();
		const synced = await metered(page, () => page.evaluate(() => window.phone.daily.sync()));
		const idle = await metered(page, () => page.evaluate(() => window.phone.daily.sync()));
		await rig.quick();
		const feeds = await page.evaluate(async () => (await (await fetch('/db/_all_dbs')).json()).length);
		seen
			.get(way)
			?.push({ daily: synced.traffic, idle: idle.traffic, own: gzipped([...mine, ...theirs]), feeds });
		return synced.result;
	});
	table(`a day's sync, ${day.out} out and ${day.in} in, with ${held} held, ms`, times);
	const traffic = ways.map((way) => {
		const all = seen.get(way) ?? [];
		const middle = (/** @type {(one: (typeof all)[number]) => number} */ of) =>
			measured(way, all.map(of)).median;
		return {
			name: way,
			requests: middle((one) => one.daily.requests),
			bytes: middle((one) => one.daily.bytes),
			recordsGzipped: middle((one) => one.own),
			idleRequests: middle((one) => one.idle.requests),
			idleBytes: middle((one) => one.idle.bytes),
			feeds: way === 'ours' ? middle((one) => one.feeds) : 1
		};
	});
	console.table(traffic);
	await rig.fresh(grids.get('ours')?.worker ?? { name: '', password: '' });
	await page.evaluate(() => window.phone.forget());
	return { times, traffic };
}

/** @typedef {{ requests: number, bytes: number }} Traffic */

/**
 * What crosses the network meanwhile: bodies as they are on the wire, and headers.
 * @template Result
 * @param {import('@playwright/test').Page} page
 * @param {() => Promise<Result>} work
 * @returns {Promise<{ result: Result, traffic: Traffic }>}
 */
async function metered(page, work) {
	/** @type {Promise<number>[]} */
	const finished = [];
	const note = (/** @type {import('@playwright/test').Request} */ request) => finished.push(bytesOf(request));
	page.on('requestfinished', note);
	const result = await work();
	// The last of them may be told a moment later.
	await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
	page.off('requestfinished', note);
	const bytes = (await Promise.all(finished)).reduce((sum, one) => sum + one, 0);
	return { result, traffic: { requests: finished.length, bytes } };
}

/**
 * The browser does not tell of a compressed body; its length stands in the header.
 * @param {import('@playwright/test').Request} request
 */
async function bytesOf(request) {
	const sizes = await request.sizes();
	const sent = (await request.allHeaders())['content-length'] ?? sizes.requestBodySize;
	return Number(sent) + sizes.requestHeadersSize + sizes.responseBodySize + sizes.responseHeadersSize;
}

/** @param {readonly object[]} records */
function gzipped(records) {
	return gzipSync(JSON.stringify(records)).length;
}
