import { expect, test } from 'vitest';
import { flushSync } from 'svelte';
import { DraftForm } from '#app/draft-form.svelte.ts';
import { AccountStore } from '#storage/account-store.ts';
import { withinEffect } from '../features/within-effect.svelte.ts';
import { quickKeeper } from '../storage/quick-keeper.ts';
import { clock, freshAccount } from '../storage/stores.ts';
import { longestWait, mostFailures } from '#records/lock.ts';
import { courtyard, device, hasDatabase, workplaceOf } from './session-device.ts';

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

test('a PIN set where another tab was first changes nothing, and the tab waits for the first one', async () => {
	const account = freshAccount();
	const session = device(account).start();
	await session.start();
	await session.signIn(account, 'right');
	await workplaceOf(session).save([courtyard]);
	// By a tab that has yet to tell.
	await quickKeeper(clock).set(account, pin);
	expect(await session.lock.set('739155')).toBe('locked');
	expect(session.state.status).toBe('locked');
	expect(await session.lock.unlock('739155')).toMatchObject({ outcome: 'wrong' });
	await session.lock.unlock(pin);
	expect(workplaceOf(session).counts).toEqual({ waiting: 1, refused: 0 });
});

test('of two tabs asked for a PIN before anything is stored, both open with the one that is set', async () => {
	const account = freshAccount();
	const { start, office } = device(account);
	office.wantsPin = true;
	const [one, two] = [start(), start()];
	await one.start();
	await one.signIn(account, 'right');
	await two.start();
	expect([one.state.status, two.state.status]).toEqual(['pin-first', 'pin-first']);
	expect(await hasDatabase(account)).toBe(false);
	expect(await one.lock.set(pin)).toBe('set');
	await expect.poll(() => two.state.status).toBe('open');
	await workplaceOf(two).save([courtyard]);
	await expect.poll(() => workplaceOf(one).counts.waiting).toBe(1);
});

test('started anew, it asks for the PIN again before anything is stored', async () => {
	const account = freshAccount();
	const { start, office } = device(account);
	office.wantsPin = true;
	const first = start();
	await first.start();
	await first.signIn(account, 'right');
	const reloaded = start();
	await reloaded.start();
	expect(reloaded.state.status).toBe('pin-first');
	expect(await hasDatabase(account)).toBe(false);
});

test('after ten wrong PINs no way in stays on the device, and its other tabs are signed out', async () => {
	const account = freshAccount();
	const { session, start, disk, world, memory, pass } = await locked(account);
	const { store } = workplaceOf(session);
	if (!(store instanceof AccountStore)) throw new Error('not a whole store');
	await store.settle(
		(await store.waiting(9)).map(({ revision }) => ({ id: revision._id, outcome: 'delivered' })),
		clock().toISOString()
	);
	await disk.keepCredential(account, { how: 'secret', secret: 'of a card' });
	await session.lock.now();
	const other = start();
	await other.start();
	expect(other.state.status).toBe('locked');
	for (let tries = 1; tries < mostFailures; tries += 1) {
		expect(await session.lock.unlock('000111')).toMatchObject({ outcome: 'wrong', failures: tries });
		pass(longestWait);
	}
	expect(await session.lock.unlock('000111')).toEqual({ outcome: 'gone' });
	expect(session.state.status).toBe('signed-out');
	await expect.poll(() => other.state.status).toBe('signed-out');
	expect(await disk.account()).toBeUndefined();
	expect(await disk.credential(account)).toBeUndefined();
	expect(await disk.handover(account)).toBeUndefined();
	expect(await disk.departure()).toMatchObject({ why: 'pin' });
	expect(memory.forgotten).toBeGreaterThan(0);
	expect(world.signedOut).toBe(1);
});

test('a PIN typed where it has been taken off opens what lies in clear', async () => {
	const account = freshAccount();
	const { session } = await locked(account);
	await session.lock.now();
	// By a tab that was closed before it told.
	const keeper = quickKeeper(clock);
	const attempt = await keeper.attempt(account, pin);
	if (attempt.outcome !== 'open') throw new Error(attempt.outcome);
	await keeper.remove(account, attempt.key);
	expect(await session.lock.unlock(pin)).toEqual({ outcome: 'clear' });
	expect(session.lock.key).toBeUndefined();
	expect(workplaceOf(session).counts).toEqual({ waiting: 1, refused: 0 });
});

test('a locked tab opens when the PIN is taken off in another', async () => {
	const account = freshAccount();
	const { session, start } = await locked(account);
	const other = start();
	await other.start();
	await expect.poll(() => other.state.status).toBe('open');
	await other.lock.here();
	await session.lock.remove(pin);
	await expect.poll(() => other.state.status).toBe('open');
	expect(other.lock.key).toBeUndefined();
	expect(workplaceOf(other).counts).toEqual({ waiting: 1, refused: 0 });
});
