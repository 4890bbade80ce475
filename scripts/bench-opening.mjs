import { addDays, dayAt, monthOf, toDay } from '../src/kinds/day.ts';
import { inRounds } from './bench-rounds.mjs';
import { measured, table } from './bench-table.mjs';

const ways = /** @type {const} */ (['ours', 'PouchDB allDocs', 'Dexie rows']);

/**
 * From an empty page to the list of today, without a network, on a phone that holds many check-ins: time, and the
 * heap once everything is there and what nobody needs is gone.
 * @param {import('./bench-rig.mjs').Rig} rig
 * @param {{ held: number, rounds: number }} how
 */
export async function opening(rig, { held, rounds }) {
	const { page } = rig;
	const grid = await rig.seed(held);
	const { worker } = grid;
	await rig.fresh(worker);
	await page.evaluate(
		([account, scope]) => window.phone.opening.prepare(account, scope),
		/** @type {const} */ ([worker.name, grid.rounds.grid])
	);
	// As the app does at its start.
	const month = monthOf(dayAt(new Date()));
	const months = [monthOf(addDays(toDay(`${month}-01`), -1)), month];
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
			([which, account, scope, which_months]) =>
				window.phone.opening.open(which, account, scope, which_months),
			/** @type {const} */ ([way, worker.name, grid.rounds.grid, months])
		);
		await rig.quick();
		if (records > grid.held || records < visits || visits === 0)
			throw new Error(`${way}: ${records} of ${grid.held} records`);
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

/** @param {import('./bench-rig.mjs').Rig} rig */
async function heap({ devtools }) {
	await devtools.send('Performance.enable');
	await devtools.send('HeapProfiler.collectGarbage');
	const { metrics } = await devtools.send('Performance.getMetrics');
	return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN;
}
