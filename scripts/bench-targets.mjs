/**
 * @typedef {import('./bench-table.mjs').Measured} Measured
 * @typedef {{ target: string, ratio: number, met: boolean }} Verdict
 * @typedef {{ name: string, requests: number, bytes: number, recordsGzipped: number, idleRequests: number, idleBytes: number, feeds: number }} Traffic
 * @typedef {{ server: string, what: string, clients: number, recordsPerSecond: number }} Cell
 */

/**
 * What the figures are to come to, as ratios within one run, and whether they do; parts that are not among the
 * results are left out.
 * @param {{
 *   'first-sync'?: Readonly<Record<string, readonly Measured[]>>,
 *   saving?: { held: number, saved: readonly Measured[] },
 *   opening?: { times: readonly Measured[] },
 *   daily?: { traffic: readonly Traffic[] },
 *   server?: { cells: readonly Cell[] },
 *   phones?: { crowds: readonly { how: string, phones: number, delivered: number, expected: number, errors: readonly string[] }[] }
 * }} results
 * @returns {readonly Verdict[]}
 */
export function verdicts({ 'first-sync': first, saving, opening, daily, server, phones }) {
	/** @type {Verdict[]} */
	const told = [];
	const least = (/** @type {string} */ target, /** @type {number} */ ratio, /** @type {number} */ limit) =>
		told.push({ target: `${target}: at least ${limit}`, ratio, met: ratio >= limit });
	const most = (/** @type {string} */ target, /** @type {number} */ ratio, /** @type {number} */ limit) =>
		told.push({ target: `${target}: at most ${limit}`, ratio, met: ratio <= limit });

	const tenThousand = first?.['10000'];
	if (tenThousand) {
		const of = medians(tenThousand);
		least('first sync of 10,000, PouchDB default / ours', of('PouchDB idb') / of('ours'), 20);
		least('first sync of 10,000, RxDB / ours', of('RxDB') / of('ours'), 8);
		most('first sync of 10,000, ours / floor', of('ours') / of('floor'), 1.5);
		most(
			'first sync of 10,000, ours with every hash checked / floor',
			of('ours, every hash checked') / of('floor'),
			1.5
		);
	}
	if (saving) {
		const of = medians(saving.saved);
		const held = of(`store, ${saving.held} delivered`);
		most('save, ours / bare put', held / of('bare put, strict'), 1.3);
		most('save, held / nothing held', held / of('store, nothing held'), 1.15);
	}
	if (opening) {
		const of = medians(opening.times);
		least('opening, PouchDB allDocs / ours', of('PouchDB allDocs') / of('ours'), 5);
	}
	const traffic = daily?.traffic.find(({ name }) => name === 'ours');
	if (traffic) {
		const { idleRequests, idleBytes, feeds, bytes, recordsGzipped } = traffic;
		most('idle sync, requests a feed', idleRequests / feeds, 3);
		most('idle sync, bytes a feed', idleBytes / feeds, 2048);
		most("a day's sync, bytes / the records gzipped", bytes / recordsGzipped, 1.3);
	}
	const cells = server?.cells ?? [];
	for (const { server: name, what, clients, recordsPerSecond } of cells) {
		const ours = cells.find(
			(cell) => cell.server === 'this server' && cell.what === what && cell.clients === clients
		);
		if (!ours || name === ours.server || (name === 'CouchDB' && what === 'push')) continue;
		const limit = name === 'express-pouchdb' && what === 'pull' ? 3 : 1;
		least(`${what} with ${clients} at once, ours / ${name}`, ours.recordsPerSecond / recordsPerSecond, limit);
	}
	for (const { how, phones: count, delivered, expected, errors } of phones?.crowds ?? []) {
		least(`${count} phones ${how}, delivered of all`, delivered / expected, 1);
		most(`${count} phones ${how}, failed`, errors.length, 0);
	}
	return told;
}

/** @param {readonly Verdict[]} told */
export function printVerdicts(told) {
	if (told.length === 0) return;
	console.log('\nTargets');
	for (const { target, ratio, met } of told)
		console.log(`${met ? 'met   ' : 'MISSED'} ${ratio.toFixed(2).padStart(9)}  ${target}`);
}

/**
 * @param {readonly Measured[]} rows
 * @returns {(name: string) => number}
 */
function medians(rows) {
	return (name) => rows.find((row) => row.name === name)?.median ?? Number.NaN;
}
