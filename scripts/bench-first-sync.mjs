import { inRounds } from './bench-rounds.mjs';
import { measured, table } from './bench-table.mjs';

const ways = /** @type {const} */ ([
	'ours, hashes unchecked',
	'PouchDB idb',
	'PouchDB indexeddb 1000',
	'RxDB',
	'floor'
]);

/**
 * The first fetch of feeds of several sizes in every way, each on an empty phone.
 * @param {import('./bench-rig.mjs').Rig} rig
 * @param {{ sizes: readonly number[], rounds: number }} how
 */
export async function firstSync(rig, { sizes, rounds }) {
	/** @type {Record<string, import('./bench-table.mjs').Measured[]>} */
	const results = {};
	for (const size of sizes) {
		const grid = await rig.seed(size);
		const pages = await pagesOf(rig, grid);
		/** @type {number[]} */
		const checkedTimes = [];
		const rows = await inRounds(ways, rounds, async (way) => {
			await rig.fresh(grid.worker);
			await rig.slow();
			const { ms, checked, records } = await rig.page.evaluate(
				([which, account, scope, urls]) =>
					which === 'floor' ? window.phone.floor(urls) : window.phone.firstSync(which, account, scope),
				/** @type {const} */ ([way, grid.worker.name, grid.rounds.grid, pages])
			);
			if (records !== grid.held) throw new Error(`${way}: ${records} records, not ${grid.held}`);
			await forget(rig, grid.worker);
			if (way === 'ours, hashes unchecked') checkedTimes.push(checked);
			return ms;
		});
		rows.push(measured('ours, every hash checked', checkedTimes));
		table(`first sync of ${size} check-ins, ms`, rows);
		results[size] = rows;
	}
	return results;
}

/**
 * What the app asks of the feed in a first sync, to be asked again for the floor.
 * @param {import('./bench-rig.mjs').Rig} rig
 * @param {import('./bench-rig.mjs').SeededGrid} grid
 */
async function pagesOf(rig, grid) {
	await rig.fresh(grid.worker);
	/** @type {string[]} */
	const urls = [];
	const note = (/** @type {import('@playwright/test').Request} */ request) => {
		if (request.url().includes('/_changes?')) urls.push(request.url());
	};
	rig.page.on('request', note);
	await rig.page.evaluate(
		([account, scope]) => window.phone.firstSync('ours, hashes unchecked', account, scope),
		/** @type {const} */ ([grid.worker.name, grid.rounds.grid])
	);
	rig.page.off('request', note);
	await forget(rig, grid.worker);
	return urls;
}

/**
 * @param {import('./bench-rig.mjs').Rig} rig
 * @param {import('./bench-rig.mjs').Login} login
 */
async function forget(rig, login) {
	await rig.fresh(login);
	await rig.page.evaluate(() => window.phone.forget());
}
