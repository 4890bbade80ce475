import { beforeEach, expect, it, vi } from 'vitest';
import { continuousChanges } from '../../../sync-server/api/continuous-changes.ts';
import { longpoll, type Longpoll } from '../../../sync-server/api/longpoll.ts';
import { CouchError } from '../../../sync-server/couch-error.ts';
import { WaitingRequests } from '../../../sync-server/api/waiting.ts';
import { DatabaseUpdates } from '../../../sync-server/storage/database-updates.ts';

const here = { results: [1] };
const nothing = { results: [] };
const cutOff = { results: [], last_seq: 7 };
const li = { name: 'li', roles: [] };
const wang = { name: 'wang', roles: [] };
const admin = { name: 'admin', roles: ['_admin'] };
let updates: DatabaseUpdates;
let waiting: WaitingRequests;
let something: object | undefined;

beforeEach(() => {
	updates = new DatabaseUpdates('epoch');
	waiting = new WaitingRequests(updates, { longpolls: 3, longpollsPerAccount: 2, lookAgainMs: 60_000 });
	something = undefined;
});

function wait(options: Partial<Longpoll> = {}): Promise<Response> {
	return longpoll(waiting, {
		request: new Request('http://localhost/'),
		user: li,
		timeout: undefined,
		heartbeat: undefined,
		concerns: ({ db_name }) => db_name === 'shelf',
		look: () => Promise.resolve(something),
		nothing: () => Promise.resolve(nothing),
		cutOff,
		...options
	});
}

function happen(value: object | undefined, database = 'shelf'): void {
	something = value;
	updates.publish(database, 'updated');
}

function feed(): Response {
	return continuousChanges(waiting, {
		request: new Request('http://localhost/'),
		user: admin,
		timeout: undefined,
		heartbeat: undefined,
		concerns: () => true,
		since: 0,
		after: () => Promise.resolve(undefined)
	});
}

/** Settles when everything that was on its way has arrived. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

it('answers at once when there is something, and does not count as waiting', async () => {
	something = here;
	expect(await (await wait()).json()).toEqual(here);
	expect(waiting.count).toBe(0);
});

it('sleeps through what does not concern it, and looks again at what does', async () => {
	const answer = wait();
	await settled();
	happen(undefined, 'other');
	happen(undefined);
	await settled();
	expect(waiting.count).toBe(1);
	happen(here);
	expect(await (await answer).json()).toEqual(here);
	expect(waiting.count).toBe(0);
});

it('misses nothing that comes between its first look and its wait', async () => {
	let looks = 0;
	const look = () => {
		looks += 1;
		// Comes right after the first look, before anyone listens.
		return Promise.resolve(looks === 1 ? undefined : here);
	};
	expect(await (await wait({ look })).json()).toEqual(here);
});

it('bounds how many wait, of one account and of all', async () => {
	const both = [wait(), wait()];
	await settled();
	await expect(wait()).rejects.toMatchObject({ status: 429 });
	const all = [...both, wait({ user: wang })];
	await settled();
	await expect(wait({ user: admin })).rejects.toMatchObject({ status: 503 });
	expect(feed).toThrow(/^503 /);
	happen(here);
	for (const answer of all) expect((await answer).status).toBe(200);
	something = undefined;
	const next = wait();
	await settled();
	expect(waiting.count).toBe(1);
	updates.end();
	expect(await (await next).json()).toEqual(nothing);
});

it('lets go of a client that has gone, with a heartbeat and without', async () => {
	const gone = new AbortController();
	const plain = wait({ request: new Request('http://localhost/', { signal: gone.signal }) });
	const beating = await wait({ heartbeat: 1_000 });
	expect(waiting.count).toBe(2);
	gone.abort();
	await plain;
	await beating.body?.cancel();
	await settled();
	expect(waiting.count).toBe(0);
});

it('passes on what goes wrong while it waits', async () => {
	const answer = wait({
		look: () => (something ? Promise.reject(new Error('the disk is gone')) : Promise.resolve(undefined))
	});
	await settled();
	happen(here);
	await expect(answer).rejects.toThrow('the disk is gone');
	expect(waiting.count).toBe(0);
});

it('looks once at a time, and once more after the last change', async () => {
	const looks: PromiseWithResolvers<object | undefined>[] = [];
	const look = () => {
		const next = Promise.withResolvers<object | undefined>();
		looks.push(next);
		return next.promise;
	};
	const answer = wait({ look });
	looks[0]?.resolve(undefined);
	await settled();
	for (let count = 0; count < 100; count += 1) happen(undefined);
	await settled();
	expect(looks).toHaveLength(2);
	looks[1]?.resolve(undefined);
	await settled();
	expect(looks).toHaveLength(3);
	looks[2]?.resolve(here);
	expect(await (await answer).json()).toEqual(here);
	expect(looks).toHaveLength(3);
});

it('ends a continuous feed with its place left when its client goes, or a look fails', async () => {
	await feed().body?.cancel();
	await settled();
	expect(waiting.count).toBe(0);
	const gone = new AbortController();
	const failing = continuousChanges(waiting, {
		request: new Request('http://localhost/', { signal: gone.signal }),
		user: li,
		timeout: undefined,
		heartbeat: 100,
		concerns: () => true,
		since: 0,
		after: () => Promise.reject(new Error('the disk is gone'))
	});
	await expect(failing.text()).rejects.toThrow('the disk is gone');
	expect(waiting.count).toBe(0);
});

const gone = new CouchError(403, 'forbidden', 'not any more');

it('looks again when the account itself, or a device of it, has changed', async () => {
	let looks = 0;
	const answer = wait({
		look() {
			looks += 1;
			return looks > 3 ? Promise.reject(gone) : Promise.resolve(undefined);
		}
	});
	await settled();
	expect(looks).toBe(2);
	updates.publish('_users', 'updated', ['org.couchdb.user:wang']);
	updates.publish('devices', 'updated', ['device:lina:phone']);
	await settled();
	expect(looks).toBe(2);
	updates.publish('_users', 'updated', ['org.couchdb.user:li']);
	await settled();
	expect(looks).toBe(3);
	updates.publish('devices', 'updated', ['device:li:phone']);
	await expect(answer).rejects.toBe(gone);
	expect(waiting.count).toBe(0);
});

it('looks again by itself now and then, since a grant may end with the day', async () => {
	const impatient = new WaitingRequests(updates, { longpolls: 3, longpollsPerAccount: 2, lookAgainMs: 1 });
	let looks = 0;
	const look = () => {
		looks += 1;
		return looks > 5 ? Promise.reject(gone) : Promise.resolve(undefined);
	};
	const poll = { look, user: li, timeout: undefined, heartbeat: undefined, concerns: () => false };
	const request = new Request('http://localhost/');
	const rest = { request, nothing: () => Promise.resolve(nothing), cutOff };
	await expect(longpoll(impatient, { ...poll, ...rest })).rejects.toBe(gone);
	expect(impatient.count).toBe(0);
});

it('ends an answer that has begun to beat with what was, and a continuous feed with where to go on', async () => {
	const beating = await wait({
		heartbeat: 60_000,
		look: () => (something ? Promise.reject(gone) : Promise.resolve(undefined))
	});
	happen(here);
	expect(JSON.parse(await beating.text())).toEqual(cutOff);
	const continuous = continuousChanges(waiting, {
		request: new Request('http://localhost/'),
		user: li,
		timeout: undefined,
		heartbeat: undefined,
		concerns: () => true,
		since: 7,
		after: () => Promise.reject(gone)
	});
	expect(await continuous.text()).toBe('{"last_seq":7,"pending":0}\n');
	expect(waiting.count).toBe(0);
});

it('when the time is up, looks once more before it says that there was nothing', async () => {
	const looks: PromiseWithResolvers<object | undefined>[] = [];
	const look = () => {
		const next = Promise.withResolvers<object | undefined>();
		looks.push(next);
		return next.promise;
	};
	vi.useFakeTimers({ toFake: ['setTimeout'] });
	const answer = wait({ look, timeout: 1_000 });
	looks[0]?.resolve(undefined);
	await settled();
	// Under way when the time is up, and so not the last.
	vi.advanceTimersByTime(1_000);
	vi.useRealTimers();
	looks[1]?.resolve(undefined);
	await settled();
	expect(looks).toHaveLength(3);
	looks[2]?.resolve(here);
	expect(await (await answer).json()).toEqual(here);
});
