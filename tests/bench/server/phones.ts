import { setTimeout as until } from 'node:timers/promises';
import { databaseOf } from '#records/database-name.ts';
import { toScope, type Scope } from '#records/scope.ts';
import { basic, type TestServer } from '../../serve.ts';
import { expectStatus, phone, type Ask } from './ask.ts';
import { memoryOf } from './memory.ts';
import { password, preparedServer } from './prepared-server.ts';
import { pushBody, sealedCheckIns } from './sealed-check-ins.ts';
import { quantile } from './tally.ts';

export interface CrowdPlan {
	readonly phones: number;
	/** Others, that have no session and sign in first. */
	readonly signIns: number;
	/** Seconds over which they arrive, evenly. */
	readonly seconds: number;
	/** Records that wait on each. */
	readonly waiting: number;
}

export interface Crowd {
	/** How they came: each with its name and password, or with the session it has. */
	readonly how: 'signing in' | 'with a session';
	readonly phones: number;
	/** Records that are in the databases afterwards, and that should be. */
	readonly delivered: number;
	readonly expected: number;
	/** Of phones whose exchange failed, why. */
	readonly errors: readonly string[];
	/** Seconds from a phone's arrival until all is exchanged, until it is signed in, and until its records are taken. */
	readonly whole: Spread;
	readonly signIn: Spread;
	readonly push: Spread;
	/** Seconds until the last had finished, from when the first came. */
	readonly over: number;
	/** Megabytes of the server at most, so far. */
	readonly memory: number | undefined;
}

export interface Spread {
	readonly median: number;
	readonly p95: number;
	readonly most: number;
}

interface Phone {
	readonly name: string;
	readonly grid: Scope;
	/** Where it comes from, as a proxy would say. */
	readonly address: string;
	/** Its session; undefined for one that signs in. */
	readonly cookie: string | undefined;
}

const gridCount = 20;
const page = 1_000;

/**
 * A Monday morning: phones that come within a minute, each with its session and records that wait. Then fewer that
 * have to sign in with a password first.
 */
export async function crowds(plan: CrowdPlan): Promise<readonly Crowd[]> {
	const grids = Array.from({ length: gridCount }, (_, index) => toScope(`bench/crowd/g${index + 1}`));
	const names = Array.from({ length: plan.phones + plan.signIns }, (_, index) => `phone-${index}`);
	const gridOf = (index: number) => toScope(`bench/crowd/g${(index % gridCount) + 1}`);
	const accounts = names.map((name, index) => ({ name, roles: [`worker:${gridOf(index)}`] }));
	const { server, sessions } = await preparedServer(accounts, grids);
	const phones = names.map((name, index): Phone => ({
		...{ name, grid: gridOf(index), address: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}` },
		cookie: index < plan.phones ? sessions.get(name) : undefined
	}));
	try {
		const known = await crowd(server, grids, phones.slice(0, plan.phones), plan, 'with a session');
		const signingIn = await crowd(server, grids, phones.slice(plan.phones), plan, 'signing in');
		return [known, signingIn];
	} finally {
		await server.remove();
	}
}

async function crowd(
	server: TestServer,
	grids: readonly Scope[],
	phones: readonly Phone[],
	{ seconds, waiting }: CrowdPlan,
	how: Crowd['how']
): Promise<Crowd> {
	const before = await countIn(server, grids);
	const bodies = phones.map(({ name, grid }) => pushBody(sealedCheckIns(grid, name, 0, waiting)));
	const began = performance.now();
	const arrivals = phones.map(async (one, index) => {
		await until(((index + 0.5) / phones.length) * seconds * 1000);
		try {
			return await exchangeOnce(server.url, one, bodies[index] ?? Buffer.alloc(0), waiting);
		} catch (error) {
			return error instanceof Error ? error.message : String(error);
		}
	});
	const ended = await Promise.all(arrivals);
	const over = (performance.now() - began) / 1000;
	const exchanged = ended.filter((one) => typeof one !== 'string');
	return {
		how,
		phones: phones.length,
		delivered: (await countIn(server, grids)) - before,
		expected: phones.length * waiting,
		errors: ended.filter((one) => typeof one === 'string'),
		whole: spread(exchanged.map(({ whole }) => whole)),
		signIn: spread(exchanged.map(({ signIn }) => signIn)),
		push: spread(exchanged.map(({ push }) => push)),
		over,
		memory: memoryOf(server.pid)?.most
	};
}

interface Exchanged {
	readonly whole: number;
	readonly signIn: number;
	readonly push: number;
}

/**
 * What a phone does when it finds a network: signs in where it must, asks what is new, sends, fetches.
 * @throws Error also when fewer records come than it sent.
 */
async function exchangeOnce(url: string, one: Phone, body: Buffer, sentRecords: number): Promise<Exchanged> {
	const { ask, close } = phone();
	const began = performance.now();
	try {
		const cookie = one.cookie ?? (await signedIn(ask, url, one));
		const signIn = performance.now() - began;
		const headers = { Cookie: cookie ?? '', 'X-Forwarded-For': one.address };
		const database = `${url}/db/${databaseOf(one.grid)}`;
		expectStatus(200, 'info', await ask(database, { headers }));
		const sent = await ask(`${database}/_bulk_docs`, { method: 'POST', body, headers });
		expectStatus(201, 'push', sent);
		if (sent.body.toString() !== '[]') throw new Error(`refused: ${sent.body.toString().slice(0, 300)}`);
		const push = performance.now() - began;
		let since = 0;
		for (let found = page; found === page;) {
			const query = `style=all_docs&include_docs=true&limit=${page}&since=${since}`;
			const pulled = await ask(`${database}/_changes?${query}`, { headers });
			const text = expectStatus(200, 'pull', pulled).body.toString('latin1');
			found = text.split('"changes":[').length - 1;
			since += found;
		}
		if (since < sentRecords) throw new Error(`only ${since} records came, of ${sentRecords} that were sent`);
		return { whole: performance.now() - began, signIn, push };
	} finally {
		close();
	}
}

async function signedIn(ask: Ask, url: string, { name, address }: Phone): Promise<string | undefined> {
	const body = Buffer.from(JSON.stringify({ name, password, device: { id: name } }));
	const headers = { 'X-Forwarded-For': address };
	const asked = await ask(`${url}/db/_session`, { method: 'POST', body, headers });
	return expectStatus(200, 'sign in', asked).cookie;
}

async function countIn(server: TestServer, grids: readonly Scope[]): Promise<number> {
	const { ask, close } = phone();
	let count = 0;
	for (const grid of grids) {
		const headers = basic({ name: 'bench-admin', password });
		const asked = await ask(`${server.url}/db/${databaseOf(grid)}`, { headers });
		const [, docs] = /"doc_count":(\d+)/.exec(expectStatus(200, 'count', asked).body.toString()) ?? [];
		count += Number(docs);
	}
	close();
	return count;
}

/** @param times in milliseconds. */
function spread(times: readonly number[]): Spread {
	const sorted = times.toSorted((a, b) => a - b).map((ms) => ms / 1000);
	return { median: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), most: sorted.at(-1) ?? Number.NaN };
}
