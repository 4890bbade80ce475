import { addDays, monthOf, toDay } from '../src/kinds/day.ts';
import { inRounds } from './bench-rounds.mjs';
import { measured, table } from './bench-table.mjs';

/**
 * Always the same day, so that the last two months hold as much whenever this runs. As the app does at its start, two
 * ways read those only; with all months read, all ways read the same.
 */
const today = toDay('2026-11-24');
const lastMonths = [monthOf(addDays(toDay(`${monthOf(today)}-01`), -1)), monthOf(today)];
const ways = /** @type {const} */ ([
	'ours',
	'Dexie rows',
	'PouchDB allDocs',
	'ours, all months',
	'Dexie rows, all months'
]);
const readers = /** @type {const} */ ({
	ours: 'ours',
	'Dexie rows': 'Dexie rows',
	'PouchDB allDocs': 'PouchDB allDocs',
	'ours, all months': 'ours',
	'Dexie rows, all months': 'Dexie rows'
});

/**
 * From an empty page to the list of today, without a network, on a phone that holds many check-ins: time, and the
 * heap once everything is there and what nobody needs is gone.
 * @param {import('./bench-rig.mjs').Rig} rig
 * @param {{ held: number, rounds: number }} how
 */
export async function opening(rig, { held, rounds }) {
	const { page } = rig;
	const grid = await rig.seed(held, 0, today);
	const { worker } = grid;
	await rig.fresh(worker);
	await page.evaluate(
		([account, scope]) => window.phone.opening.prepare(account, scope),
		/** @type {const} */ ([worker.name, grid.rounds.grid])
	);
	const allMonths = monthsBetween(grid.rounds.from, today);
	/** @type {Map<string, number>} */
	const counts = new Map();
	/** @type {Map<string, number[]>} */
	const heaps = new Map();
	const times = await inRounds(ways, rounds, async (way) => {
		await rig.fresh(worker);
		await page.context().setOffline(true);
		const before = await heap(rig);
		await rig.slow();
		const { ms, records, visits } = await page.evaluate(
			([which, account, scope, what]) => window.phone.opening.open(which, account, scope, what),
			/** @type {const} */ ([
				readers[way],
				worker.name,
				grid.rounds.grid,
				{ months: way.endsWith('all months') ? allMonths : lastMonths, today }
			])
		);
		await rig.quick();
		if (records > grid.held || records < visits || visits === 0)
			throw new Error(`${way}: ${records} of ${grid.held} records`);
		if (way.includes('all') && records !== grid.held) throw new Error(`${way}: not all ${grid.held} records`);
		counts.set(way, records);
		heaps.set(way, [...(heaps.get(way) ?? []), ((await heap(rig)) - before) / 1e6]);
		await page.context().setOffline(false);
		return ms;
	});
	const memory = [...heaps].map(([name, list]) => measured(name, list));
	const read = [...counts].map(([name, count]) => `${name} ${count}`).join(', ');
	table(`opening with ${held} check-ins held, ms; records read: ${read}`, times);
	table(`heap of the same, MB`, memory);
	await rig.fresh(worker);
	await page.evaluate(() => window.phone.forget());
	return { times, heap: memory };
}

/**
 * @param {import('../src/kinds/day.ts').Day} from
 * @param {import('../src/kinds/day.ts').Day} to
 */
function monthsBetween(from, to) {
	/** @type {Set<string>} */
	const months = new Set();
	for (let day = from; day <= to; day = addDays(day, 1)) months.add(monthOf(day));
	return [...months];
}

/** @param {import('./bench-rig.mjs').Rig} rig */
async function heap({ devtools }) {
	await devtools.send('Performance.enable');
	await devtools.send('HeapProfiler.collectGarbage');
	const { metrics } = await devtools.send('Performance.getMetrics');
	return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN;
}
