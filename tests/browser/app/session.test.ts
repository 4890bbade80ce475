import { expect, onTestFinished, test } from 'vitest';
import { flushSync } from 'svelte';
import { DraftForm } from '#app/draft-form.svelte.ts';
import { Exchange } from '#app/exchange.svelte.ts';
import type { LastAccount } from '#records/device-store.ts';
import type { OwnRevision } from '#records/phone-store.ts';
import { toScope } from '#records/scope.ts';
import { openStore } from '#storage/account-store.ts';
import { withinEffect } from '../features/within-effect.svelte.ts';
import { clock, freshAccount } from '../storage/stores.ts';
import { courtyard, device, hasDatabase, roles, workplaceOf } from './session-device.ts';

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
