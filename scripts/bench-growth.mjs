import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { daily } from './bench-daily.mjs';
import { firstSync } from './bench-first-sync.mjs';
import { opening } from './bench-opening.mjs';
import { plot } from './bench-plot.mjs';
import { saving } from './bench-saving.mjs';
import { root } from './root.mjs';

/** @typedef {{ name: string, points: { held: number, ms: number }[] }} Line */

/**
 * How the first sync, a save, opening and a day's sync grow with what the phone holds. Draws them as well.
 * @param {import('./bench-rig.mjs').Rig} rig
 * @param {{ sizes: readonly number[], rounds: number, saves: number, firstSyncs: Readonly<Record<string, readonly
 *   import('./bench-table.mjs').Measured[]>> }} how `firstSyncs`: of bench-results.json, by size, which are not taken again.
 */
export async function growth(rig, { sizes, rounds, saves, firstSyncs }) {
	/** @type {Map<string, Map<string, Line>>} */
	const charts = new Map();
	for (const held of sizes) {
		const first = firstSyncs[held] ?? (await firstSync(rig, { sizes: [held], rounds }))[held];
		take(charts, 'first sync', held, first ?? []);
		const saved = await saving(rig, { held, rounds: saves, locked: false });
		take(
			charts,
			'saving one check-in',
			held,
			saved.filter(({ name }) => !name.includes('nothing')).map(named(held))
		);
		take(charts, 'opening', held, (await opening(rig, { held, rounds })).times);
		take(charts, "a day's sync", held, (await daily(rig, { held, rounds })).times);
	}
	const drawn = [...charts].map(([title, lines]) => ({ title, lines: [...lines.values()] }));
	writeFileSync(join(root, 'docs/performance-growth.svg'), plot(drawn));
	return drawn;
}

/**
 * Puts a part's medians into its chart.
 * @param {Map<string, Map<string, Line>>} charts
 * @param {string} title
 * @param {number} held
 * @param {readonly import('./bench-table.mjs').Measured[]} rows
 */
function take(charts, title, held, rows) {
	/** @type {Map<string, Line>} */
	const lines = charts.get(title) ?? new Map();
	charts.set(title, lines);
	for (const { name, median } of rows) {
		/** @type {Line} */
		const line = lines.get(name) ?? { name, points: [] };
		line.points.push({ held, ms: median });
		lines.set(name, line);
	}
}

/**
 * The same name at every size.
 * @param {number} held
 */
function named(held) {
	return (/** @type {import('./bench-table.mjs').Measured} */ row) => ({
		...row,
		name: row.name.replace(`${held} `, '')
	});
}
