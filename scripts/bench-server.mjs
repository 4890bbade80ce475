import { arch, cpus, platform } from 'node:os';
import { pathToFileURL } from 'node:url';
import { couchServer, expressPouchServer, ourServer } from '../tests/bench/server/contestants.ts';
import { crowds } from '../tests/bench/server/phones.ts';
import { fillFeeds, throughput } from '../tests/bench/server/throughput.ts';

/*
 * The sync server beside those that people would use instead, and a morning on which a thousand phones come at once.
 * Alone it measures both, or what is named: `node scripts/bench-server.mjs server phones`.
 *
 * BENCH_SECONDS, BENCH_TURNS, BENCH_CLIENTS=1,10,50, BENCH_FEED, BENCH_PHONES, BENCH_SIGN_INS and BENCH_MINUTE (seconds in which the
 * phones come) change what is measured; BENCH_DIR says where the servers keep their data,
 * BENCH_NODE_OPTIONS='--cpu-prof --cpu-prof-dir=/tmp/profile' how ours runs.
 */
const [seconds, turns, held] = [
	number('BENCH_SECONDS', 5),
	number('BENCH_TURNS', 3),
	number('BENCH_FEED', 10_000)
];
const clients = (process.env['BENCH_CLIENTS'] ?? '1,10,50').split(',').map(Number);

export async function benchServer() {
	const [ours, express, couch] = [await ourServer(), await expressPouchServer(), await couchServer()];
	if (!express) console.log('express-pouchdb is left out: it is not installed in tests/bench/peers.');
	if (!couch) console.log('CouchDB is left out: COUCHDB_BENCH_URL names none.');
	const contestants = [ours, express, couch].filter((one) => one !== undefined);
	try {
		for (const { name, promise } of contestants) console.log(`${name}: ${promise}`);
		const first = await fillFeeds(contestants, held);
		const cells = await throughput(contestants, { clients, seconds, turns, held });
		printFirst(first);
		printCells(cells);
		return { machine, first, cells };
	} finally {
		for (const one of contestants) await one.close();
	}
}

export async function benchPhones() {
	const plan = {
		phones: number('BENCH_PHONES', 1000),
		signIns: number('BENCH_SIGN_INS', 100),
		seconds: number('BENCH_MINUTE', 60),
		waiting: 50
	};
	const told = await crowds(plan);
	for (const one of told) {
		const { how, phones, delivered, expected, errors, over, memory } = one;
		console.log(
			`${phones} phones ${how}: ${delivered} of ${expected} delivered, ${errors.length} failed` +
				`, over after ${over.toFixed(1)} s, server at most ${memory ?? '?'} MB`
		);
		for (const error of new Set(errors)) console.log(`   ${error}`);
		for (const what of /** @type {const} */ (['signIn', 'push', 'whole'])) {
			const { median, p95, most } = one[what];
			const [a, b, c] = [median, p95, most].map((s) => s.toFixed(2));
			console.log(`   ${what.padEnd(8)} median ${a} s, p95 ${b} s, slowest ${c} s`);
		}
	}
	return { machine, crowds: told };
}

const machine = `Node ${process.versions.node}, ${platform()} ${arch()}, ${cpus().length} × ${cpus()[0]?.model ?? '?'}`;

/** @param {Awaited<ReturnType<typeof fillFeeds>>} pulls */
function printFirst(pulls) {
	for (const { server, ms, records, wireBytes } of pulls)
		console.log(`${server}: the very first pull of ${records} took ${ms.toFixed(0)} ms, ${wireBytes} bytes`);
}

/** @param {Awaited<ReturnType<typeof throughput>>} cells */
function printCells(cells) {
	console.log(line('', 'clients', 'records/s', 'p50 ms', 'p95 ms', 'B/record', 'requests', 'MB'));
	for (const {
		what,
		server,
		clients,
		recordsPerSecond,
		p50,
		p95,
		bytesPerRecord,
		requests,
		memory
	} of cells) {
		const numbers = [clients, recordsPerSecond, p50.toFixed(1), p95.toFixed(1), bytesPerRecord, requests];
		console.log(line(`${what}, ${server}`, ...numbers, memory ?? '?'));
	}
}

/**
 * @param {string} name
 * @param {...(string | number)} values
 */
function line(name, ...values) {
	return [name.padEnd(24), ...values.map((value) => `${value}`.padStart(10))].join(' ');
}

/**
 * @param {string} name
 * @param {number} fallback
 */
function number(name, fallback) {
	return Number(process.env[name] ?? fallback);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
	// Servers end with this process, as long as it ends by itself.
	for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
	const asked = process.argv.slice(2);
	if (asked.length === 0 || asked.includes('server')) await benchServer();
	if (asked.length === 0 || asked.includes('phones')) await benchPhones();
}
