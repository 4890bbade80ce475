/**
 * @typedef {import('./bench-table.mjs').Measured} Measured
 * @typedef {{ target: string, ratio?: number, met?: boolean }} Verdict Without a ratio: not measured.
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
 *   search?: { rows: readonly Measured[] },
 *   server?: { cells: readonly Cell[] },
 *   phones?: { crowds: readonly { how: string, phones: number, delivered: number, expected: number, errors: readonly string[] }[] }
 * }} results
 * @returns {readonly Verdict[]}
 */
export function verdicts({ 'first-sync': first, saving, opening, daily, search, server, phones }) {
	/** @type {Verdict[]} */
	const told = [];
	const judge = (/** @type {string} */ target, /** @type {number} */ ratio, /** @type {boolean} */ met) =>
		told.push(Number.isNaN(ratio) ? { target } : { target, ratio, met });
	const least = (/** @type {string} */ target, /** @type {number} */ ratio, /** @type {number} */ limit) =>
		judge(`${target}: at least ${limit}`, ratio, ratio >= limit);
	const most = (/** @type {string} */ target, /** @type {number} */ ratio, /** @type {number} */ limit) =>
		judge(`${target}: at most ${limit}`, ratio, ratio <= limit);

	const tenThousand = first?.['10000'];
	if (tenThousand) {
		const of = medians(tenThousand);
		for (const checks of ['hashes unchecked', 'every hash checked']) {
			const ours = of(`ours, ${checks}`);
			least(`first sync of 10,000, PouchDB default / ours, ${checks}`, of('PouchDB idb') / ours, 20);
			least(`first sync of 10,000, RxDB / ours, ${checks}`, of('RxDB') / ours, 8);
			most(`first sync of 10,000, ours, ${checks} / floor`, ours / of('floor'), 1.5);
		}
	}
	if (saving) {
		const of = medians(saving.saved);
		const held = of(`store, ${saving.held} delivered`);
		const bare = of(`bare put, strict, ${saving.held} held`);
		most('save, ours / bare put, as many held', held / bare, 1.3);
		const grown = held / of('store, nothing held');
		least('save, held / nothing held', grown, 0.85);
		most('save, held / nothing held', grown, 1.15);
	}
	if (opening) {
		const of = medians(opening.times);
		least('opening, PouchDB allDocs / ours', of('PouchDB allDocs') / of('ours'), 5);
		const same = of('PouchDB allDocs') / of('ours, all months');
		least('opening, PouchDB allDocs / ours, the same records read', same, 5);
	}
	const traffic = daily?.traffic.find(({ name }) => name === 'ours');
	if (traffic) {
		const { idleRequests, idleBytes, feeds, bytes, recordsGzipped } = traffic;
		most('idle sync, requests a feed', idleRequests / feeds, 3);
		most('idle sync, bytes a feed', idleBytes / feeds, 2048);
		most("a day's sync, bytes / the records gzipped", bytes / recordsGzipped, 1.3);
	}
	const found = (search?.rows ?? []).filter(({ name }) => name.endsWith(', app'));
	if (found.length > 0)
		most('search, p95 of the slowest query, ms', Math.max(...found.map(({ p95 }) => p95)), 100);
	const cells = server?.cells ?? [];
	for (const name of ['express-pouchdb', 'CouchDB'])
		if (server && !cells.some((cell) => cell.server === name)) told.push({ target: `pull, ours / ${name}` });
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
	for (const { target, ratio, met } of told) {
		const verdict = ratio === undefined ? 'not measured    ' : met ? 'met   ' : 'MISSED';
		console.log(`${verdict} ${ratio === undefined ? '' : `${ratio.toFixed(2).padStart(9)} `} ${target}`);
	}
}

/**
 * @param {readonly Measured[]} rows
 * @returns {(name: string) => number}
 */
function medians(rows) {
	return (name) => rows.find((row) => row.name === name)?.median ?? Number.NaN;
}
