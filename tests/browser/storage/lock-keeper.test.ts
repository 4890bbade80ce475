import { expect, onTestFinished, test } from 'vitest';
import { mostFailures, type Lock, type LockKeeper } from '#records/lock.ts';
import { AccountStore, openStore } from '#storage/account-store.ts';
import { lockKeeper } from '#storage/lock-keeper.ts';
import { lockOf } from '#storage/lock-store.ts';
import { takeIn } from '#storage/moving.ts';
import { openSealedStore } from '#storage/sealed-store.ts';
import { sealingWith } from '#storage/sealing.ts';
import { databaseName, lockDatabaseName, movingVersion, sealedDatabaseName } from '#storage/schema.ts';
import { ZhonggengDatabase } from '#storage/zhonggeng-database.ts';
import { failingAt } from './faults.ts';
import { quickKeeper } from './quick-keeper.ts';
import { checkIn, grid, ids, photoOf } from './records.ts';
import { clock, freshAccount, loaded } from './stores.ts';

const pin = '482913';
const wrongPin = '000111';
const minute = 60_000;

/** A clock that stands until it is moved on. */
function stopped() {
	let time = clock().getTime();
	return { now: () => new Date(time), pass: (ms: number) => (time += ms) };
}

async function names(): Promise<readonly (string | undefined)[]> {
	return (await indexedDB.databases()).map(({ name }) => name);
}

function lockable(): string {
	const account = freshAccount();
	onTestFinished(() => {
		indexedDB.deleteDatabase(sealedDatabaseName(account));
		indexedDB.deleteDatabase(lockDatabaseName(account));
	});
	return account;
}

async function set(keeper: LockKeeper, account: string): Promise<CryptoKey> {
	const answer = await keeper.set(account, pin);
	if (answer.outcome !== 'set') throw new Error(answer.outcome);
	return answer.key;
}

async function openWith(account: string, key: CryptoKey): Promise<AccountStore> {
	return new AccountStore((await openSealedStore({ account, now: clock }, key)).parts);
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

test('what lay in clear is sealed when the store is opened with the key, all of it, and the clear is gone', async () => {
	const account = lockable();
	const clear = await openStore({ account, now: clock });
	await clear.save({ revisions: [checkIn(1), checkIn(2)], photos: [photoOf(1)] });
	await clear.settle([{ id: checkIn(1)._id, outcome: 'refused', reason: 'body: no' }], clock().toISOString());
	await clear.storePulled(grid, [checkIn(3), checkIn(4)], { identity: 'a', seq: 7 });
	await clear.rememberFeeds([grid]);
	const draft = { key: 'check-in:x', at: clock().toISOString(), value: '没写完' };
	await clear.keepDraft(draft);
	const before = await contents(clear);
	clear.close();

	const key = await set(quickKeeper(clock), account);
	const sealed = await openWith(account, key);
	expect(await contents(sealed)).toEqual(before);
	expect(await names()).not.toContain(databaseName(account));
	sealed.close();

	await quickKeeper(clock).remove(account, key);
	const back = await openStore({ account, now: clock });
	expect(await contents(back)).toEqual(before);
	expect(await names()).not.toContain(sealedDatabaseName(account));
	expect(await names()).not.toContain(lockDatabaseName(account));
	back.close();

	async function contents(store: typeof clear) {
		return {
			records: ids(await loaded(store, ['2026-09', '2026-10', '2026-11'])).toSorted(),
			waiting: (await store.waiting(9)).map(({ revision }) => revision._id),
			refused: await store.own('refused', 9),
			drafts: await store.drafts(),
			photo: await store.photo(photoOf(1).hash),
			photos: await store.photosWaiting(),
			checkpoint: await store.checkpoint(grid),
			feeds: await store.feeds()
		};
	}
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
	await store.storePulled(grid, [checkIn(1)], { identity: 'a', seq: 1 });
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

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9])(
	'sealing cut off at its write %i loses nothing and goes on when the store is opened next',
	async (step) => {
		const account = lockable();
		const clear = await openStore({ account, now: clock });
		await clear.save({ revisions: [checkIn(1), checkIn(2)], photos: [photoOf(1)] });
		await clear.storePulled(grid, [checkIn(3)], { identity: 'a', seq: 7 });
		await clear.keepDraft({ key: 'check-in:x', at: clock().toISOString(), value: '没写完' });
		clear.close();
		const key = await set(quickKeeper(clock), account);
		const from = new ZhonggengDatabase(account, { version: movingVersion });
		const to = failingAt(new ZhonggengDatabase(account, { seal: sealingWith(key) }), step);
		await takeIn(from, to).catch(() => 'cut off');
		from.close();
		to.close();

		await expect(openStore({ account, now: clock })).rejects.toMatchObject({ code: 'locked' });
		const sealed = await openWith(account, key);
		const held = ids(await loaded(sealed, ['2026-09', '2026-10', '2026-11']));
		expect(held.toSorted()).toEqual(ids([checkIn(1), checkIn(2), checkIn(3)]).toSorted());
		expect((await sealed.waiting(9)).map(({ revision }) => revision)).toEqual([checkIn(1), checkIn(2)]);
		expect(await sealed.photosWaiting()).toEqual(new Set([photoOf(1).hash]));
		expect((await sealed.photo(photoOf(1).hash))?.bytes).toEqual(photoOf(1).bytes);
		expect(await sealed.drafts()).toHaveLength(1);
		expect(await sealed.checkpoint(grid)).toEqual({ identity: 'a', seq: 7 });
		expect(await names()).not.toContain(databaseName(account));
		sealed.close();
	}
);

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

test('where the PIN was taken off, an attempt says that all lies in clear', async () => {
	const account = lockable();
	const keeper = quickKeeper(clock);
	const key = await set(keeper, account);
	(await openWith(account, key)).close();
	await keeper.remove(account, key);
	expect(await keeper.attempt(account, pin)).toEqual({ outcome: 'clear' });
	// The key of before seals nothing any more.
	await expect(openWith(account, key)).rejects.toMatchObject({ code: 'locked' });
	(await openStore({ account, now: clock })).close();
});

test.each([1, 2, 3])(
	'taking the PIN off, cut off at its write %i, loses nothing and ends with the right PIN: no lock, all in clear',
	async (step) => {
		const account = lockable();
		const keeper = quickKeeper(clock);
		const key = await set(keeper, account);
		const sealed = await openWith(account, key);
		await sealed.save({ revisions: [checkIn(1)] });
		await sealed.storePulled(grid, [checkIn(2)], { identity: 'a', seq: 7 });
		sealed.close();
		const from = new ZhonggengDatabase(account, { seal: sealingWith(key), version: movingVersion });
		const to = failingAt(new ZhonggengDatabase(account), step);
		await takeIn(from, to).catch(() => 'cut off');
		from.close();
		to.close();

		await expect(openStore({ account, now: clock })).rejects.toMatchObject({ code: 'locked' });
		await expect(openWith(account, key)).rejects.toMatchObject({ code: 'locked' });
		expect(await keeper.attempt(account, wrongPin)).toMatchObject({ outcome: 'wrong' });
		expect(await keeper.attempt(account, pin)).toEqual({ outcome: 'clear' });
		expect(await lockOf(account)).toBeUndefined();
		expect(await names()).not.toContain(sealedDatabaseName(account));
		const clear = await openStore({ account, now: clock });
		expect(ids(await loaded(clear, ['2026-09', '2026-10', '2026-11'])).toSorted()).toEqual(
			ids([checkIn(1), checkIn(2)]).toSorted()
		);
		expect(await clear.counts()).toEqual({ waiting: 1, refused: 0 });
		clear.close();
	}
);

test('a page whose store was moved away makes no new one beside it', async () => {
	const account = lockable();
	const keeper = quickKeeper(clock);
	const key = await set(keeper, account);
	const stale = await openWith(account, key);
	await stale.save({ revisions: [checkIn(1)] });
	await keeper.remove(account, key);
	await expect(stale.save({ revisions: [checkIn(2)] })).rejects.toMatchObject({ code: 'blocked' });
	expect(await names()).not.toContain(sealedDatabaseName(account));
	const clear = await openStore({ account, now: clock });
	expect(await clear.counts()).toEqual({ waiting: 1, refused: 0 });
	clear.close();
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
