import { inRounds } from './bench-rounds.mjs';
import { measured, table } from './bench-table.mjs';
import { slowdown } from './slowdown.mjs';

const warmUps = 5;
const bulkRounds = 5;

/**
 * How long one check-in takes from the tap until it is on the disk, beside PouchDB's put and the least that IndexedDB
 * takes.
 * @param {import('./bench-rig.mjs').Rig} rig
 * @param {{ held: number, rounds: number, locked: boolean }} how
 */
export async function saving(rig, { held, rounds, locked }) {
	const { page } = rig;
	const { worker } = await rig.seed(0);
	await rig.fresh(worker);
	const names = await page.evaluate(
		([count, withLocked]) => window.phone.saving.prepare(count, withLocked),
		/** @type {const} */ ([held, locked])
	);
	await rig.slow();
	const rows = await inRounds(names, warmUps + rounds, async (name, round) => {
		const ms = await page.evaluate(
			([which, n]) => window.phone.saving.once(which, n),
			/** @type {const} */ ([name, held + round])
		);
		return round < warmUps ? undefined : ms;
	});
	await rig.quick();
	table(`saving one check-in with ${held} held, ms`, rows);
	await rig.fresh(worker);
	await page.evaluate(() => window.phone.forget());
	return rows;
}

/**
 * How long pulled check-ins take to be stored in batches, and read back into memory, in clear and under a lock.
 * @param {import('./bench-rig.mjs').Rig} rig
 * @param {number} held
 */
export async function pullAndLoad(rig, held) {
	const { worker } = await rig.seed(0);
	await rig.fresh(worker);
	/** @type {Map<string, number[]>} */
	const times = new Map();
	for (let round = 0; round < bulkRounds; round += 1)
		for (const rate of [1, slowdown])
			for (const locked of [false, true]) {
				await (rate === 1 ? rig.quick() : rig.slow());
				const { pull, load } = await rig.page.evaluate(
					([count, sealed]) => window.phone.pullAndLoad(count, sealed),
					/** @type {const} */ ([held, locked])
				);
				const how = `${locked ? 'locked, ' : ''}${rate}x`;
				for (const [name, ms] of /** @type {const} */ ([
					[`store ${held} pulled, ${how}`, pull],
					[`load ${held}, ${how}`, load]
				]))
					times.set(name, [...(times.get(name) ?? []), ms]);
			}
	await rig.fresh(worker);
	await rig.page.evaluate(() => window.phone.forget());
	const rows = [...times].map(([name, list]) => measured(name, list));
	table(`${held} pulled check-ins stored and read back, ms`, rows);
	return rows;
}
