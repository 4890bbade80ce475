import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { isJsonObject } from '#records/json.ts';
import type { Synchroniser, SyncStatus } from '#records/sync-status.ts';
import { startSynchroniser, type SynchroniserSetup } from '../../src/sync/synchroniser.ts';
import { startServer, type TestServer } from '../serve.ts';
import { pageText } from '../page-text.ts';
import { asAdmin, newPhone, type Phone } from './phone.ts';
import { checkIn, checkIns, gridDatabase, webp, workerRole } from './records.ts';
import { Tab } from './surroundings.ts';

let server: TestServer;
let phones = 0;
let phone: Phone;
let other: Phone;
let running: Synchroniser[] = [];

beforeAll(async () => {
	server = await startServer();
	await server.setup();
	await asAdmin(server, 'PUT', gridDatabase);
});
afterAll(() => server.remove());

beforeEach(async () => {
	phones += 1;
	phone = await newPhone(server, `li${phones}`, [workerRole]);
	other = await newPhone(server, `wang${phones}`, [workerRole]);
});
afterEach(() => {
	for (const synchroniser of running) synchroniser.stop();
	running = [];
});

function setupOf({ account, store, device }: Phone): SynchroniserSetup {
	return { account, store, device, onAccount: () => {}, onDismissal: () => {} };
}

function open(from: Phone = phone): { readonly tab: Tab; readonly sync: Synchroniser } {
	const tab = new Tab(from.account, from.wire);
	const sync = startSynchroniser(setupOf(from), tab);
	running.push(sync);
	return { tab, sync };
}

/** Resolves with the first status, from now on, of which `holds` is true. */
function status(sync: Synchroniser, holds: (status: SyncStatus) => boolean): Promise<SyncStatus> {
	return new Promise((resolve) => {
		if (holds(sync.status)) resolve(sync.status);
		const stop = sync.onStatus((told) => {
			if (!holds(told)) return;
			stop();
			resolve(told);
		});
	});
}

const done = (sync: Synchroniser, after = '') =>
	status(sync, ({ activity, lastDone = '' }) => activity.state === 'idle' && lastDone > after);
const waits = (sync: Synchroniser) => status(sync, ({ activity }) => activity.state === 'waiting');

/** Resolves when `holds`, looked at whenever a store changes or a request ends. */
function until(from: Phone, holds: () => boolean): Promise<void> {
	return new Promise((resolve) => {
		const look = () => {
			if (holds()) resolve();
		};
		from.store.onNotice(look);
		const { weather } = from;
		from.weather = async (request, send) => {
			queueMicrotask(look);
			return await weather(request, send);
		};
		look();
	});
}

test('exchanges everything on opening, and says when it was done', async () => {
	phone.store.save(checkIns(2, 0, { author: phone.account }));
	const { sync, tab } = open();
	expect(await done(sync)).toEqual({
		activity: { state: 'idle' },
		lastDone: tab.now().toISOString(),
		damaged: 0
	});
	expect(await phone.store.counts()).toEqual({ waiting: 0, refused: 0 });
});

test('what an exchange that was cut off had fetched is taken in without a network', async () => {
	const [good, bad] = checkIns(2, 0);
	if (!good || !bad) throw new Error('two records');
	const changes = [good, { ...bad, author: 'somebody' }].map((doc) => ({ id: doc._id, doc }));
	await phone.store.storePage(gridDatabase, pageText(changes), { identity: 'a', seq: 7 });
	const tab = new Tab(phone.account, phone.wire);
	tab.become({ online: false });
	const sync = startSynchroniser(setupOf(phone), tab);
	running.push(sync);
	expect(await waits(sync)).toMatchObject({ activity: { why: 'offline' }, damaged: 1 });
	expect([...phone.store.revisions.values()]).toEqual([good]);
});

test('a record saved later is delivered without being asked', async () => {
	const { sync } = open();
	await done(sync);
	const record = checkIn(1, { author: phone.account });
	const delivered = until(phone, () => phone.store.delivery(record._id)?.state === 'delivered');
	phone.store.save([record]);
	await delivered;
});

test('what another phone delivers arrives while the page is looked at, over one longpoll for all feeds', async () => {
	const { sync } = open();
	await done(sync);
	const record = checkIn(2, { author: other.account });
	const arrived = until(phone, () => phone.store.revisions.has(record._id));
	other.store.save([record]);
	await other.sync();
	await arrived;
	expect(phone.seen.filter(({ path }) => path.includes('longpoll')).length).toBeGreaterThan(0);
});

test('without a network it waits, asks to be woken, and goes on when the network is back', async () => {
	const { sync, tab } = open();
	await done(sync);
	tab.become({ online: false });
	phone.store.save([checkIn(3, { author: phone.account })]);
	expect(await waits(sync)).toMatchObject({
		activity: { state: 'waiting', why: 'offline', nextAt: '2026-11-23T00:00:01.000Z' },
		offlineSince: '2026-11-23T00:00:00.000Z'
	});
	await tab.when(() => tab.wokenLater === 1);
	const idle = done(sync);
	tab.become({ online: true });
	expect(await idle).not.toHaveProperty('offlineSince');
	expect(await phone.store.counts()).toEqual({ waiting: 0, refused: 0 });
});

test('backs off further with every failure in a row', async () => {
	phone.weather = () => Promise.reject(new TypeError('no route'));
	const { tab } = open();
	for (const failures of [1, 2, 3, 4]) {
		await tab.when(() => tab.pauses.length === failures);
		tab.pauses.at(-1)?.end();
	}
	expect(tab.pauses.map(({ ms }) => ms).slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000]);
	expect(tab.reported).toEqual([]);
});

test('of two tabs one does the work, and both say the same', async () => {
	const first = open();
	await done(first.sync);
	const second = open();
	const told = done(second.sync);
	expect(await told).toEqual(first.sync.status);
	const asked = phone.seen.filter(({ path }) => path.includes('_session')).length;
	first.tab.pass(1_000);
	const again = status(second.sync, ({ lastDone = '' }) => lastDone > '2026-11-23T00:00:00.500Z');
	second.sync.now();
	await again;
	expect(phone.seen.filter(({ path }) => path.includes('_session')).length).toBe(asked + 1);
});

test('a tab that is closed hands over to the next', async () => {
	const first = open();
	await done(first.sync);
	const second = open();
	await done(second.sync);
	first.sync.stop();
	const record = checkIn(4, { author: phone.account });
	const delivered = until(phone, () => phone.store.delivery(record._id)?.state === 'delivered');
	phone.store.save([record]);
	await delivered;
});

test('a hidden page gives the turn away and holds no connection', async () => {
	const first = open();
	await done(first.sync);
	const turn = navigator.locks.request(`zhonggeng-sync-${phone.account}`, () => 'free');
	first.tab.become({ visible: false });
	expect(await turn).toBe('free');
});

test('the session of another account delivers nothing, and capture goes on', async () => {
	phone.wire = other.wire;
	const record = checkIn(5, { author: phone.account });
	const { sync } = open();
	expect(await waits(sync)).toMatchObject({ activity: { why: 'signed-out' } });
	phone.store.save([record]);
	expect(await phone.store.counts()).toEqual({ waiting: 1, refused: 0 });
});

test("a feed that changes while the session is another account's is not read into this store", async () => {
	const { sync } = open();
	await done(sync);
	phone.weather = (request) => other.wire.fetch(request);
	const record = checkIn(7, { author: other.account });
	other.store.save([record]);
	await other.sync();
	expect(await waits(sync)).toMatchObject({ activity: { why: 'signed-out' } });
	expect(phone.store.revisions.has(record._id)).toBe(false);
});

test('the roles are told as the server has them, also those changed since', async () => {
	const told: unknown[] = [];
	const tab = new Tab(phone.account, phone.wire);
	const setup = { ...setupOf(phone), onAccount: (account: unknown) => void told.push(account) };
	const sync = startSynchroniser(setup, tab);
	running.push(sync);
	await done(sync);
	const user = `_users/org.couchdb.user:${phone.account}`;
	const document = await asAdmin(server, 'GET', user);
	if (!isJsonObject(document)) throw new TypeError('no user document');
	await asAdmin(server, 'PUT', user, { ...document, roles: ['worker:qianmen/caochang'] });
	tab.pass(1_000);
	const again = done(sync, '2026-11-23T00:00:00.500Z');
	sync.now();
	await again;
	expect(told.at(0)).toEqual({ name: phone.account, roles: [workerRole] });
	expect(told.at(-1)).toEqual({ name: phone.account, roles: ['worker:qianmen/caochang'] });
});

test('a store that fails is reported, and tried again', async () => {
	const full = new Error('the disk is full');
	phone.store.failsWith = full;
	const { sync, tab } = open();
	expect(await waits(sync)).toMatchObject({ activity: { why: 'store' } });
	expect(tab.reported).toEqual([full]);
	phone.store.failsWith = undefined;
	tab.pauses.at(-1)?.end();
	await done(sync);
});

test('what cannot be taken in keeps nothing from being sent, and lets nothing more be fetched', async () => {
	const full = new Error('the disk is full');
	const [came, later] = checkIns(2, 40, { author: other.account });
	const mine = checkIn(42, { author: phone.account });
	if (!came || !later) throw new Error('two records');
	other.store.save([later]);
	await other.sync();
	await phone.store.storePage(gridDatabase, pageText([{ id: came._id, doc: came }]), {
		identity: 'a',
		seq: 7
	});
	phone.store.takesNothingInWith = full;
	phone.store.save([mine]);
	const { sync, tab } = open();
	expect(await waits(sync)).toMatchObject({ activity: { why: 'store' } });
	expect(phone.store.delivery(mine._id)?.state).toBe('delivered');
	expect(tab.reported).toEqual([full]);
	expect(phone.seen.filter(({ path }) => path.includes('_changes'))).toEqual([]);

	phone.store.takesNothingInWith = undefined;
	tab.pauses.at(-1)?.end();
	await done(sync);
	for (const { _id } of [came, later, mine]) expect(phone.store.revisions.has(_id)).toBe(true);
});

test('what cannot be taken in does not hide that the session has ended', async () => {
	const full = new Error('the disk is full');
	const record = checkIn(43);
	await phone.store.storePage(gridDatabase, pageText([{ id: record._id, doc: record }]), {
		identity: 'a',
		seq: 7
	});
	phone.store.takesNothingInWith = full;
	phone.wire = other.wire;
	const { sync, tab } = open();
	expect(await waits(sync)).toMatchObject({ activity: { why: 'signed-out' } });
	expect(tab.reported).toEqual([full]);
});

test('a photo is fetched when looked at, and only if it is the one its hash names', async () => {
	const photo = webp(9);
	const record = checkIn(6, { author: phone.account, photos: [photo.hash] });
	phone.store.save([record], [photo]);
	const { sync } = open();
	await done(sync);
	const looking = open(other).sync;
	expect(await looking.fetchPhoto(gridDatabase, photo.hash)).toEqual({
		type: 'image/webp',
		bytes: photo.bytes
	});
	expect(await looking.fetchPhoto(gridDatabase, webp(10).hash)).toBeUndefined();
	other.weather = () => Promise.resolve(new Response(webp(10).bytes));
	expect(await looking.fetchPhoto(gridDatabase, photo.hash)).toBeUndefined();
});
