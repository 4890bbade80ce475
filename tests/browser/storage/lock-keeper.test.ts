import { expect, test } from 'vitest';
import { mostFailures, type Lock, type LockKeeper } from '#records/lock.ts';
import { openStore } from '#storage/account-store.ts';
import { lockKeeper } from '#storage/lock-keeper.ts';
import { lockOf } from '#storage/lock-store.ts';
import { sealedDatabaseName } from '#storage/schema.ts';
import { lockable, names, openWith, pin, set, wrongPin } from './locked-account.ts';
import { quickKeeper } from './quick-keeper.ts';
import { checkIn, grid } from './records.ts';
import { clock, loaded } from './stores.ts';
import { storePulled } from '../../store-pulled.ts';

const minute = 60_000;

/** A clock that stands until it is moved on. */
function stopped() {
	let time = clock().getTime();
	return { now: () => new Date(time), pass: (ms: number) => (time += ms) };
}

/** So many wrong PINs, each as soon as it is judged. */
async function failed(keeper: LockKeeper, account: string, times: number, pass: (ms: number) => void) {
	let last = await keeper.attempt(account, wrongPin);
	for (let n = 1; n < times; n += 1) {
		pass(61 * minute);
		last = await keeper.attempt(account, wrongPin);
	}
	return last;
}

test('the right PIN opens, after a wrong one too, and only with it the store can be read', async () => {
	const account = lockable();
	const keeper = lockKeeper(clock);
	const key = await set(keeper, account);
	const store = await openWith(account, key);
	await store.save({ revisions: [checkIn(1)] });
	store.close();
	await expect(openStore({ account, now: clock })).rejects.toMatchObject({ code: 'locked' });

	expect(await keeper.attempt(account, wrongPin)).toMatchObject({ outcome: 'wrong', failures: 1 });
	const attempt = await keeper.attempt(account, pin);
	if (attempt.outcome !== 'open') throw new Error(attempt.outcome);
	expect(attempt.key.extractable).toBe(false);
	const again = await openWith(account, attempt.key);
	expect(await loaded(again, ['2026-11', '2026-09'])).toEqual([checkIn(1)]);
	again.close();
	// OWASP's least, which the other tests do not wait for.
	expect(await lockOf(account)).toMatchObject({ failures: 0, iterations: 600_000 });
});

test('wrong PINs wait longer and longer from the fourth on, and a try meanwhile counts for nothing', async () => {
	const account = lockable();
	const { now, pass } = stopped();
	const keeper = quickKeeper(now);
	await set(keeper, account);
	for (let n = 1; n <= 3; n += 1)
		expect(await keeper.attempt(account, wrongPin)).toEqual({
			outcome: 'wrong',
			failures: n,
			until: now().getTime()
		});
	for (const wait of [0.5, 1, 5, 15, 30]) {
		const until = now().getTime() + wait * minute;
		expect(await keeper.attempt(account, wrongPin)).toMatchObject({ outcome: 'wrong', until });
		expect(await keeper.attempt(account, pin)).toEqual({ outcome: 'wait', until });
		pass(wait * minute);
	}
	expect((await keeper.attempt(account, pin)).outcome).toBe('open');
});

test('a try counts before it is judged, so that ending the app gains nothing', async () => {
	const account = lockable();
	const seen: (Lock | undefined)[] = [];
	const keeper = quickKeeper(clock);
	await set(keeper, account);
	const attempt = keeper.attempt(account, wrongPin);
	// The disk is asked while the PIN is judged, which takes 600,000 rounds.
	await expect.poll(async () => seen[seen.push(await lockOf(account)) - 1]?.failures).toBe(1);
	await attempt;
});

test('the tenth wrong PIN takes off what was delivered, and its lock', async () => {
	const account = lockable();
	const { now, pass } = stopped();
	const keeper = quickKeeper(now);
	const store = await openWith(account, await set(keeper, account));
	await storePulled(store, grid, [checkIn(1)], { identity: 'a', seq: 1 });
	store.close();
	expect(await failed(keeper, account, mostFailures, pass)).toEqual({ outcome: 'gone' });
	expect(await names()).not.toContain(sealedDatabaseName(account));
	expect(await lockOf(account)).toBeUndefined();
	(await openStore({ account, now })).close();
});

test('what is only here outlives any number of wrong PINs, and the right one still opens it', async () => {
	const account = lockable();
	const { now, pass } = stopped();
	const keeper = quickKeeper(now);
	const store = await openWith(account, await set(keeper, account));
	await store.save({ revisions: [checkIn(1)] });
	store.close();
	expect(await failed(keeper, account, mostFailures + 1, pass)).toEqual({
		outcome: 'wrong',
		failures: mostFailures + 1,
		until: now().getTime() + 60 * minute,
		kept: { waiting: 1, refused: 0 }
	});
	pass(60 * minute);
	expect((await keeper.attempt(account, pin)).outcome).toBe('open');
});

test('another PIN opens the same key, and the old one nothing', async () => {
	const account = lockable();
	const keeper = quickKeeper(clock);
	const store = await openWith(account, await set(keeper, account));
	await store.save({ revisions: [checkIn(1)] });
	store.close();
	expect((await keeper.change(account, wrongPin, '739155')).outcome).toBe('wrong');
	expect((await keeper.change(account, pin, '739155')).outcome).toBe('open');
	expect((await keeper.attempt(account, pin)).outcome).toBe('wrong');
	const attempt = await keeper.attempt(account, '739155');
	if (attempt.outcome !== 'open') throw new Error(attempt.outcome);
	const again = await openWith(account, attempt.key);
	expect(await again.counts()).toEqual({ waiting: 1, refused: 0 });
	again.close();
});

test('a lock that is there stays, also for two who set one at the same time', async () => {
	const account = lockable();
	const keepers = [quickKeeper(clock), quickKeeper(clock)];
	const answers = await Promise.all(keepers.map((keeper, n) => keeper.set(account, `48291${n}`)));
	expect(answers.map(({ outcome }) => outcome).toSorted()).toEqual(['locked', 'set']);
	const winner = answers.findIndex(({ outcome }) => outcome === 'set');
	const key = answers.flatMap((answer) => (answer.outcome === 'set' ? [answer.key] : []))[0];
	if (!key) throw new Error('nobody set it');
	const store = await openWith(account, key);
	await store.save({ revisions: [checkIn(1)] });
	store.close();
	expect(await quickKeeper(clock).set(account, '739155')).toEqual({ outcome: 'locked' });
	const attempt = await quickKeeper(clock).attempt(account, `48291${winner}`);
	if (attempt.outcome !== 'open') throw new Error(attempt.outcome);
	const again = await openWith(account, attempt.key);
	expect(await again.counts()).toEqual({ waiting: 1, refused: 0 });
	again.close();
});

test('a value taken from one place opens in no other', async () => {
	const account = lockable();
	const key = await set(quickKeeper(clock), account);
	const store = await openWith(account, key);
	await store.keepDraft({ key: 'one', at: clock().toISOString(), value: 'of one' });
	await store.keepDraft({ key: 'two', at: clock().toISOString(), value: 'of two' });
	store.close();
	await exchanged(account, 'one', 'two');
	const again = await openWith(account, key);
	await expect(again.draft('one')).rejects.toMatchObject({ code: 'blocked' });
	again.close();
});

/** Puts what is sealed under one key of the drafts under another, as someone with the disk could. */
function exchanged(account: string, from: string, to: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const opening = indexedDB.open(sealedDatabaseName(account));
		opening.onerror = () => reject(opening.error ?? new Error('not opened'));
		opening.onsuccess = () => {
			const drafts = opening.result.transaction('drafts', 'readwrite').objectStore('drafts');
			const asked: IDBRequest<unknown> = drafts.get(to);
			asked.onsuccess = () => {
				if (typeof asked.result === 'object') drafts.put({ ...asked.result, key: from });
			};
			drafts.transaction.oncomplete = () => {
				opening.result.close();
				resolve();
			};
		};
	});
}
