import { expectStatus, phone, type Ask, type Asked } from './ask.ts';
import { author, pullGrid, pushGrid, type Contestant } from './contestants.ts';
import { memoryOf } from './memory.ts';
import { FreshBatches } from './fresh-batches.ts';
import { pushBody, sealedCheckIns } from './sealed-check-ins.ts';
import { Tally } from './tally.ts';

export interface ThroughputPlan {
	/** Clients at once, a list to go through. */
	readonly clients: readonly number[];
	/** How long each cell is measured in all, and in how many turns. */
	readonly seconds: number;
	readonly turns: number;
	/** Records of the feed that is pulled. */
	readonly held: number;
}

export interface Cell {
	readonly server: string;
	readonly what: 'push' | 'pull';
	readonly clients: number;
	readonly recordsPerSecond: number;
	/** Milliseconds of a request. */
	readonly p50: number;
	readonly p95: number;
	/** On the wire, of the bodies. */
	readonly bytesPerRecord: number;
	readonly requests: number;
	/** Megabytes of the server at the end of the cell. */
	readonly memory: number | undefined;
}

const batch = 100;
const page = 1_000;
/** So many records are made before the clock runs; whoever takes more waits while they are made. */
const mostPerSecond = 15_000;

/** Fills the feeds that are pulled, and reads each once without a clock: all that follow find the same. */
export async function fillFeeds(
	contestants: readonly Contestant[],
	held: number
): Promise<readonly FirstPull[]> {
	const pulls: FirstPull[] = [];
	for (const contestant of contestants) {
		const { ask, close } = phone();
		for (let from = 0; from < held; from += page) {
			const body = pushBody(sealedCheckIns(pullGrid, author, from, Math.min(page, held - from)));
			await push(ask, contestant, contestant.pullUrl, body);
		}
		const began = performance.now();
		const pulled = await pullAll(ask, contestant, () => false);
		if (pulled.records !== held) throw new Error(`${contestant.name} gave ${pulled.records} of ${held}`);
		const { name: server } = contestant;
		pulls.push({ server, ms: performance.now() - began, records: held, wireBytes: pulled.wireBytes });
		close();
	}
	return pulls;
}

/** The first of all pulls, when nothing has been asked before. */
export interface FirstPull {
	readonly server: string;
	readonly ms: number;
	readonly records: number;
	readonly wireBytes: number;
}

/** Every cell in turns, each turn beginning with another server, so that a busy moment meets all alike. */
export async function throughput(
	contestants: readonly Contestant[],
	{ clients, seconds, turns }: ThroughputPlan
): Promise<readonly Cell[]> {
	const cells: Cell[] = [];
	const fresh = new FreshBatches(pushGrid, author, batch);
	for (const what of ['push', 'pull'] as const)
		for (const count of clients) {
			const tallies = new Map(contestants.map((contestant) => [contestant, new Tally()]));
			for (let turn = 0; turn < turns; turn += 1)
				for (let next = 0; next < contestants.length; next += 1) {
					const contestant = contestants[(turn + next) % contestants.length];
					const tally = contestant && tallies.get(contestant);
					if (!contestant || !tally) continue;
					const bodies =
						what === 'push' ? fresh.of(contestant.name, mostPerSecond * (seconds / turns)) : undefined;
					await together(count, (seconds / turns) * 1000, tally, (ask, isOver) =>
						bodies ? pushOn(ask, contestant, bodies, isOver, tally) : pullOn(ask, contestant, isOver, tally)
					);
				}
			for (const [{ name, pid }, tally] of tallies)
				cells.push({ server: name, what, clients: count, ...tally.told(), memory: memoryOf(pid)?.now });
		}
	return cells;
}

/** So many clients at once, each with its connection, until the time is over; what has begun is finished and counts. */
async function together(
	clients: number,
	ms: number,
	tally: Tally,
	work: (ask: Ask, isOver: () => boolean) => Promise<void>
): Promise<void> {
	const phones = Array.from({ length: clients }, phone);
	const began = performance.now();
	const isOver = () => performance.now() - began >= ms;
	await Promise.all(phones.map(({ ask }) => work(ask, isOver)));
	tally.spend(performance.now() - began);
	for (const { close } of phones) close();
}

async function pushOn(
	ask: Ask,
	contestant: Contestant,
	bodies: Generator<Buffer, never>,
	isOver: () => boolean,
	tally: Tally
): Promise<void> {
	while (!isOver()) {
		const body = bodies.next().value;
		tally.add(await push(ask, contestant, contestant.pushUrl, body), batch, body.length);
	}
}

async function push(ask: Ask, { headers, name }: Contestant, url: string, body: Buffer): Promise<Asked> {
	const asked = await ask(`${url}/_bulk_docs`, { method: 'POST', body, headers });
	expectStatus(201, `push to ${name}`, asked);
	if (asked.body.toString().includes('"error"')) throw new Error(`${name} refused: ${asked.body.toString()}`);
	return asked;
}

async function pullOn(ask: Ask, contestant: Contestant, isOver: () => boolean, tally: Tally): Promise<void> {
	while (!isOver()) await pullAll(ask, contestant, isOver, (asked, records) => tally.add(asked, records));
}

async function pullAll(
	ask: Ask,
	{ pullUrl, headers, name }: Contestant,
	isOver: () => boolean,
	onPage: (asked: Asked, records: number) => void = () => undefined
): Promise<{ readonly records: number; readonly wireBytes: number }> {
	let since = '0';
	let records = 0;
	let wireBytes = 0;
	for (;;) {
		const query = `style=all_docs&include_docs=true&limit=${page}&since=${since}`;
		const asked = expectStatus(
			200,
			`pull from ${name}`,
			await ask(`${pullUrl}/_changes?${query}`, { headers })
		);
		const text = asked.body.toString('latin1');
		const found = text.split('"changes":[').length - 1;
		onPage(asked, found);
		records += found;
		wireBytes += asked.wireBytes;
		since = encodeURIComponent(lastSeqIn(text.slice(-2_000)));
		if (found < page || isOver()) return { records, wireBytes };
	}
}

function lastSeqIn(end: string): string {
	const [, text, number] = /"last_seq":(?:"([^"]*)"|(\d+))/.exec(end) ?? [];
	const seq = text ?? number;
	if (seq === undefined) throw new Error(`a page without an end: ${end}`);
	return seq;
}
