import { measured } from './bench-table.mjs';

/**
 * Every way once a round, each round beginning with another, so that a busy moment meets all alike.
 * @template {string} Way
 * @param {readonly Way[]} ways
 * @param {number} rounds
 * @param {(way: Way, round: number) => Promise<number | undefined>} once Undefined: not to be counted.
 * @returns {Promise<import('./bench-table.mjs').Measured[]>}
 */
export async function inRounds(ways, rounds, once) {
	/** @type {Map<Way, number[]>} */
	const times = new Map(ways.map((way) => [way, []]));
	for (let round = 0; round < rounds; round += 1)
		for (let turn = 0; turn < ways.length; turn += 1) {
			const way = ways[(round + turn) % ways.length];
			if (way === undefined) continue;
			const ms = await once(way, round);
			if (ms !== undefined) times.get(way)?.push(ms);
		}
	return [...times].map(([name, list]) => measured(name, list));
}
