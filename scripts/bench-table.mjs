/**
 * @typedef {{ name: string, samples: number, median: number, p95: number, least: number, most: number }} Measured
 */

/**
 * @param {string} name
 * @param {readonly number[]} times
 * @returns {Measured}
 */
export function measured(name, times) {
	const sorted = times.toSorted((a, b) => a - b);
	/** @param {number} share */
	const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
	return { name, samples: sorted.length, median: at(0.5), p95: at(0.95), least: at(0), most: at(1) };
}

/**
 * @param {readonly Measured[]} rows
 * @param {{ browser: string, machine: string, slowdown: number }} about
 */
export function printTable(rows, { browser, machine, slowdown }) {
	table(`${browser}, ${machine}, processor slowed down ${slowdown} times; milliseconds`, rows);
}

/**
 * @param {string} title
 * @param {readonly Measured[]} rows
 */
export function table(title, rows) {
	console.log(`\n${title}`);
	console.log(row('', 'median', 'p95', 'least', 'most', 'samples'));
	for (const { name, median, p95, least, most, samples } of rows) {
		const cells = [median, p95, least, most].map((ms) => ms.toFixed(1));
		console.log(row(name, ...cells, `${samples}`));
	}
}

/**
 * @param {string} name
 * @param {...string} cells
 */
function row(name, ...cells) {
	return [name.padEnd(34), ...cells.map((cell) => cell.padStart(9))].join(' ');
}
