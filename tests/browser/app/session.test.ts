import { expect, onTestFinished, test } from 'vitest';
import type { AccountServer, SignIn } from '#access/account-server.ts';
import type { NamedDevice } from '#access/devices-api.ts';
import { flushSync } from 'svelte';
import { DraftForm } from '#app/draft-form.svelte.ts';
import { Exchange } from '#app/exchange.svelte.ts';
import type { AccountListener, OpenStore } from '#app/session-parts.ts';
import { Session } from '#app/session.svelte.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import type { LastAccount } from '#records/device-store.ts';
import type { OwnRevision } from '#records/phone-store.ts';
import { toScope } from '#records/scope.ts';
import type { Synchroniser } from '#records/sync-status.ts';
import { AccountStore, openStore } from '#storage/account-store.ts';
import { openSealedStore } from '#storage/sealed-store.ts';
import { lockKeeper } from '#storage/lock-keeper.ts';
import { destroyStore } from '#storage/destroying.ts';
import { databaseName } from '#storage/zhonggeng-database.ts';
import { newDevice } from './devices.ts';
import { withinEffect } from '../features/within-effect.svelte.ts';
import { clock, freshAccount } from '../storage/stores.ts';

const roles = ['worker:qianmen/caochang/g3'];
const scope = toScope('qianmen/caochang/g3/c12');

/** A server that knows one account with the password `right`. `reachable` is its network. */
function serverOf(name: string) {
	const devices: NamedDevice[] = [];
	const world = { reachable: true, signedOut: 0, devices };
	const server: AccountServer = {
		signIn(asked, password, device): Promise<SignIn> {
			devices.push(device);
			if (!world.reachable) return Promise.resolve({ outcome: 'offline' });
			const right = asked === name && password === 'right';
			return Promise.resolve(
				right ? { outcome: 'signed-in', name, roles, handover: 'secret' } : { outcome: 'wrong' }
			);
		},
		signOut() {
			world.signedOut += 1;
			return Promise.resolve();
		},
		checkSetUp: () => Promise.resolve({ outcome: 'closed' }),
		setUp: () => Promise.resolve({ outcome: 'closed' })
	};
	return { world, server };
}

/** One device with its disk; each `start` is the app opened anew on it. */
function device(account: string) {
	const { world, server } = serverOf(account);
	const disk = newDevice().open();
	const synchronisers: { stopped: boolean }[] = [];
	const told: AccountListener[] = [];
	const memory = { forgotten: 0 };
	function start(): Session {
		return new Session({
			device: disk,
			server,
			now: clock,
			deviceLabel: '安卓手机 Chrome',
			forgetMemory: () => (memory.forgotten += 1),
			destroyStore,
			lockKeeper: () => Promise.resolve(lockKeeper(clock)),
			wantsPin: () => Promise.resolve(false),
			openStore: async (name, key) => {
				const setup = { account: name, now: clock };
				const store = key
					? new AccountStore((await openSealedStore(setup, key)).parts)
					: await openStore(setup);
				onTestFinished(() => store.close());
				const startSync: OpenStore['startSync'] = (listener) => {
					told.push(listener);
					return Promise.resolve(fakeSync(synchronisers));
				};
				return { store, startSync, remove: (ids) => store.remove(ids) };
			}
		});
	}
	return { world, disk, start, synchronisers, told, memory };
}

function fakeSync(made: { stopped: boolean }[]): Synchroniser {
	const own = { stopped: false };
	made.push(own);
	return {
		status: { activity: { state: 'idle' }, damaged: 0, lastDone: clock().toISOString() },
		onStatus: () => () => {},
		now: () => {},
		fetchPhoto: () => Promise.resolve(undefined),
		stop: () => (own.stopped = true)
	};
}

function workplaceOf(session: Session): Workplace {
	if (session.state.status !== 'open') throw new Error(`the session is ${session.state.status}`);
	return session.state.workplace;
}

async function hasDatabase(account: string): Promise<boolean> {
	return (await indexedDB.databases()).some(({ name }) => name === databaseName(account));
}

const courtyard = {
	kind: 'courtyard',
	entity: 'qianmen.caochang.g3.c12',
	scope,
	body: { name: '草厂三条12号' }
};

test('on a new device nobody is signed in', async () => {
	const session = device(freshAccount()).start();
	await session.start();
	expect(session.state.status).toBe('signed-out');
});

test('a wrong password opens nothing and is remembered nowhere', async () => {
	const account = freshAccount();
	const { start, disk } = device(account);
	const session = start();
	await session.start();
	expect(await session.signIn(account, 'wrong')).toEqual({ outcome: 'wrong' });
	expect(session.state.status).toBe('signed-out');
	expect(await disk.account()).toBeUndefined();
});

test('signed in once, it opens without the server, with what was saved', async () => {
	const account = freshAccount();
	const { start, world } = device(account);
	const first = start();
	await first.start();
	await first.signIn(account, 'right');
	expect(workplaceOf(first).heldAtOpening).toBe(false);
	await workplaceOf(first).save([courtyard]);

	world.reachable = false;
	const later = start();
	await later.start();
	const place = workplaceOf(later);
	expect(place.account).toEqual<LastAccount>({ name: account, roles });
	expect(place.heldAtOpening).toBe(true);
	expect(place.device).toBe(workplaceOf(first).device);
	expect(place.records.state('courtyard', courtyard.entity)).toMatchObject({ body: courtyard.body });
	expect(place.counts).toEqual({ waiting: 1, refused: 0 });
});

test('signing in again as the same account leaves what is open alone', async () => {
	const account = freshAccount();
	const session = device(account).start();
	await session.start();
	await session.signIn(account, 'right');
	const before = workplaceOf(session);
	await session.signIn(account, 'right');
	expect(workplaceOf(session)).toBe(before);
});

test('with work that is only here, nothing is deleted', async () => {
	const account = freshAccount();
	const { start, disk, world } = device(account);
	const session = start();
	await session.start();
	await session.signIn(account, 'right');
	await workplaceOf(session).save([courtyard]);
	expect(await session.signOut(true)).toEqual({ outcome: 'kept', waiting: 1, refused: 0 });
	expect(workplaceOf(session).account.name).toBe(account);
	expect(await disk.account()).toBeDefined();
	expect(world.signedOut).toBe(0);
});

test('signed out with work that waits or was refused, it is here when the account signs in again', async () => {
	const account = freshAccount();
	const { start, disk, world } = device(account);
	const session = start();
	await session.start();
	await session.signIn(account, 'right');
	const [revision] = await workplaceOf(session).save([
		courtyard,
		{ ...courtyard, entity: 'qianmen.caochang.g3.c13', scope: toScope('qianmen/caochang/g3/c13') }
	]);
	const office = await openStore({ account, now: clock });
	onTestFinished(() => office.close());
	const id = revision?._id ?? '';
	const refused = { id, outcome: 'refused', reason: 'scope: not yours (/scope)' } as const;
	await office.settle([refused], clock().toISOString());
	expect(await session.signOut(false)).toEqual({ outcome: 'signed-out' });
	expect(session.state.status).toBe('signed-out');
	expect(await disk.account()).toBeUndefined();
	expect(world.signedOut).toBe(1);
	await session.signIn(account, 'right');
	expect(workplaceOf(session).counts).toEqual({ waiting: 1, refused: 1 });
});

test('changed roles open the workplace anew with them, and a form being typed stays as a draft', async () => {
	const account = freshAccount();
	const { start, disk, synchronisers, told } = device(account);
	const session = start();
	const exchange = new Exchange();
	await session.start();
	await session.signIn(account, 'right');
	await session.connect(exchange);
	const before = workplaceOf(session);
	await before.save([courtyard]);
	const setup = { keeper: before.store, key: 'note', start: '', read: String, now: clock };
	const page = withinEffect(() => new DraftForm(setup));
	onTestFinished(page.end);
	page.made.value = '没写完';
	flushSync();

	told[0]?.onAccount({ name: account, roles });
	expect(workplaceOf(session)).toBe(before);
	const moved = { name: account, roles: ['worker:qianmen/dajiang/g1'] };
	told[0]?.onAccount(moved);
	await expect.poll(() => session.state.status).toBe('open');
	const after = workplaceOf(session);
	expect(after.account).toEqual(moved);
	expect(await disk.account()).toEqual(moved);
	expect(after.counts).toEqual({ waiting: 1, refused: 0 });
	expect(await after.store.draft('note')).toMatchObject({ value: '没写完' });
	await session.connect(exchange);
	expect(synchronisers).toEqual([{ stopped: true }, { stopped: false }]);
	told[0]?.onAccount({ name: account, roles });
	expect(workplaceOf(session)).toBe(after);
});

test('with everything delivered, signing out keeps or forgets what is here, as asked', async () => {
	for (const forget of [false, true]) {
		const account = freshAccount();
		const { start, disk, world } = device(account);
		const session = start();
		await session.start();
		await session.signIn(account, 'right');
		expect(await session.signOut(forget)).toEqual({ outcome: 'signed-out' });
		expect(session.state.status).toBe('signed-out');
		expect(await disk.account()).toBeUndefined();
		expect(world.signedOut).toBe(1);
		expect(await hasDatabase(account)).toBe(!forget);
	}
});

test('syncing starts once, and has stopped before anyone is signed out', async () => {
	const account = freshAccount();
	const { start, synchronisers } = device(account);
	const session = start();
	const exchange = new Exchange();
	await session.start();
	await session.connect(exchange);
	expect(synchronisers).toEqual([]);
	await session.signIn(account, 'right');
	await Promise.all([session.connect(exchange), session.connect(exchange)]);
	expect(synchronisers).toEqual([{ stopped: false }]);
	expect(exchange.status.lastDone).toBe(clock().toISOString());
	await session.signOut(false);
	expect(synchronisers).toEqual([{ stopped: true }]);
	expect(exchange.status.lastDone).toBeUndefined();
});

/** A session that is signed in, exchanges, and has handed over three records. */
async function handedOver(account: string) {
	const parts = device(account);
	const session = parts.start();
	await session.start();
	await session.signIn(account, 'right');
	await session.connect(new Exchange());
	await parts.disk.keepHandover(account, { secret: 'secret', count: 3 });
	const dismiss = (broken: readonly OwnRevision[]) =>
		parts.told.at(-1)?.onDismissal({ why: 'dismissed', broken });
	return { ...parts, session, dismiss };
}

test('a login names the device, and its secret is here before anything opens', async () => {
	const account = freshAccount();
	const { start, disk, world } = device(account);
	const session = start();
	await session.start();
	await session.signIn(account, 'right');
	expect(world.devices).toEqual([{ id: await disk.id(), label: '安卓手机 Chrome' }]);
	expect(await disk.handover(account)).toEqual({ secret: 'secret', count: 0 });
	await session.signOut(false);
	expect(await disk.handover(account)).toBeDefined();
	await session.signIn(account, 'right');
	await session.signOut(true);
	expect(await disk.handover(account)).toBeUndefined();
});

test('dismissed with everything handed over, nothing of the account stays, and the next start says so', async () => {
	const account = freshAccount();
	const { session, dismiss, disk, start, synchronisers, memory } = await handedOver(account);
	await workplaceOf(session).store.keepDraft({ key: 'note', at: clock().toISOString(), value: '没写完' });
	dismiss([]);
	await expect.poll(() => session.state.status).toBe('signed-out');
	const departure = { handedOver: 3, drafts: 1 };
	expect(session.state).toEqual({ status: 'signed-out', departure });
	expect(synchronisers).toEqual([{ stopped: true }]);
	expect(await hasDatabase(account)).toBe(false);
	expect(await disk.account()).toBeUndefined();
	expect(await disk.handover(account)).toBeUndefined();
	expect(memory.forgotten).toBeGreaterThan(0);
	const later = start();
	await later.start();
	expect(later.state).toEqual({ status: 'signed-out', departure });
	await later.signIn(account, 'right');
	expect(await disk.departure()).toBeUndefined();
});

test('what the server would not take is saved by a person before anything goes', async () => {
	const account = freshAccount();
	const { session, dismiss } = await handedOver(account);
	const [revision] = await workplaceOf(session).save([courtyard]);
	if (!revision) throw new Error('nothing saved');
	dismiss([{ revision, delivery: { state: 'waiting' } }]);
	await expect.poll(() => session.state.status).toBe('dismissed');
	expect(await hasDatabase(account)).toBe(true);
	await session.letGo();
	expect(session.state).toMatchObject({ status: 'signed-out', departure: { handedOver: 3 } });
	expect(await hasDatabase(account)).toBe(false);
});

test('what was saved at the last moment keeps everything here, to be handed over next', async () => {
	const account = freshAccount();
	const { session, dismiss, disk } = await handedOver(account);
	const before = workplaceOf(session);
	await before.save([courtyard]);
	dismiss([]);
	await expect.poll(() => session.state.status === 'open' && session.state.workplace !== before).toBe(true);
	expect(workplaceOf(session).counts).toEqual({ waiting: 1, refused: 0 });
	expect(await disk.handover(account)).toEqual({ secret: 'secret', count: 3 });
	expect(await disk.departure()).toBeUndefined();
});

test('in a tab from which another took the account off, nobody is signed in any more', async () => {
	const account = freshAccount();
	const { session, disk, told } = await handedOver(account);
	await disk.depart(account, { handedOver: 3, drafts: 0 });
	told.at(-1)?.onDismissal({ why: 'elsewhere' });
	await expect.poll(() => session.state.status).toBe('signed-out');
	expect(await hasDatabase(account)).toBe(false);
});

/** A session with a PIN on the account, and a note that is delivered nowhere. */
async function locked(account: string) {
	const parts = device(account);
	const session = parts.start();
	await session.start();
	await session.signIn(account, 'right');
	await workplaceOf(session).save([courtyard]);
	await session.lock.set(pin);
	return { ...parts, session };
}

const pin = '482913';

test('a PIN that is set keeps everything, and the next start asks for it', async () => {
	const account = freshAccount();
	const { session, start } = await locked(account);
	expect(workplaceOf(session).counts).toEqual({ waiting: 1, refused: 0 });
	await session.signOut(false);
	const later = start();
	await later.start();
	expect(later.state.status).toBe('signed-out');
	await later.signIn(account, 'right');
	expect(later.state.status).toBe('locked');
	expect(await later.lock.unlock('000111')).toMatchObject({ outcome: 'wrong', failures: 1 });
	expect(later.state.status).toBe('locked');
	await later.lock.unlock(pin);
	expect(workplaceOf(later).counts).toEqual({ waiting: 1, refused: 0 });
});

test('on locking, what a form holds is on the disk, behind the lock', async () => {
	const account = freshAccount();
	const { session } = await locked(account);
	const { store } = workplaceOf(session);
	const page = withinEffect(
		() =>
			new DraftForm({
				keeper: store,
				key: 'note',
				start: '',
				read: (kept) => (typeof kept === 'string' ? kept : undefined),
				now: clock
			})
	);
	page.made.value = '没写完';
	flushSync();
	const locking = session.lock.now();
	page.end();
	await locking;
	expect(session.state).toMatchObject({ status: 'locked' });
	expect(session.lock.key).toBeUndefined();
	await session.lock.unlock(pin);
	expect(await workplaceOf(session).store.draft('note')).toMatchObject({ value: '没写完' });
});

test('a tab that opens gets the key from one that has it, and locks with it', async () => {
	const account = freshAccount();
	const { session, start } = await locked(account);
	const other = start();
	await other.start();
	await expect.poll(() => other.state.status).toBe('open');
	expect(workplaceOf(other).counts).toEqual({ waiting: 1, refused: 0 });
	await session.lock.now();
	await expect.poll(() => other.state.status).toBe('locked');
	expect(other.lock.key).toBeUndefined();
});

test('a tab alone too long locks alone, and gets the key again from the one in use', async () => {
	const account = freshAccount();
	const { session, start } = await locked(account);
	const other = start();
	await other.start();
	await expect.poll(() => other.state.status).toBe('open');
	await other.lock.here();
	expect(session.state.status).toBe('open');
	expect(other.state.status).toBe('locked');
	other.lock.ask();
	await expect.poll(() => other.state.status).toBe('open');
});

test('a PIN set or taken off in one tab is so in the others', async () => {
	const account = freshAccount();
	const { start } = device(account);
	const one = start();
	await one.start();
	await one.signIn(account, 'right');
	const two = start();
	await two.start();
	await one.lock.set(pin);
	await expect.poll(() => two.state.status === 'open' && two.lock.key !== undefined).toBe(true);
	expect((await two.lock.remove(pin)).outcome).toBe('open');
	await expect.poll(() => one.state.status === 'open' && one.lock.key === undefined).toBe(true);
	await workplaceOf(one).save([courtyard]);
	await expect.poll(() => workplaceOf(two).counts.waiting).toBe(1);
});
