import { expect, test } from 'vitest';
import type { StoreNotice } from '#records/phone-store.ts';
import { isDone, isHeardOf, otherTab, told, type Wish } from './other-tab.ts';
import { checkIn, checkIns, grid } from './records.ts';
import { freshAccount, loaded, nextNotice, openAnew, opened } from './stores.ts';
import { storePulled } from '../../store-pulled.ts';

const waiting = (id: string) => ({ id, delivery: { state: 'waiting' } });

test('what one tab saves, the other hears of and finds on the disk', async () => {
	const account = freshAccount();
	const [here, there] = [await opened(account), await opened(account)];
	const heard = nextNotice(there, ({ type }) => type === 'records');
	const changed = nextNotice(there, ({ type }) => type === 'delivery');
	await here.save({ revisions: [checkIn(1)] });
	expect(await heard).toEqual({ type: 'records', revisions: [checkIn(1)] });
	expect(await changed).toEqual({ type: 'delivery', changes: [waiting(checkIn(1)._id)] });
	expect(await loaded(there)).toEqual([checkIn(1)]);
});

test('the tab that saves hears of it as well, once', async () => {
	const store = await opened(freshAccount());
	const heard: StoreNotice[] = [];
	store.onNotice((notice) => heard.push(notice));
	await store.save({ revisions: [checkIn(1)] });
	expect(heard.map(({ type }) => type)).toEqual(['records', 'delivery']);
});

test('a worker saves, and the page hears of it; the page pulls, and the worker hears of it', async () => {
	const account = freshAccount();
	const store = await opened(account);
	const [writer, listener] = [otherTab(), otherTab()];
	const listening = told(listener, isDone);
	listener.postMessage({ type: 'listen', account } satisfies Wish);
	await listening;

	const heard = nextNotice(store, ({ type }) => type === 'records');
	writer.postMessage({ type: 'save', account, revisions: [checkIn(1)] } satisfies Wish);
	expect(await heard).toEqual({ type: 'records', revisions: [checkIn(1)] });
	expect(await store.counts()).toEqual({ waiting: 1, refused: 0 });

	const pulled = told(listener, isHeardOf(3));
	await storePulled(store, grid, checkIns(5, 8), { identity: 'a', seq: 1 });
	expect((await pulled).notice).toEqual({ type: 'records', revisions: checkIns(5, 8) });
});

test('a save that ends when its store is closed is on the disk, and what was told before is heard', async () => {
	const account = freshAccount();
	const [here, there] = [await openAnew(account), await opened(account)];
	const heard = nextNotice(there, ({ type }) => type === 'records');
	await here.save({ revisions: [checkIn(1)] });
	const last = here.save({ revisions: [checkIn(2)] }).then(
		() => true,
		() => false
	);
	here.close();
	expect(await heard).toEqual({ type: 'records', revisions: [checkIn(1)] });
	const isSaved = await last;
	const held = (await loaded(there)).map(({ _id }) => _id);
	expect(held.includes(checkIn(2)._id)).toBe(isSaved);
});

test('accounts do not hear of each other', async () => {
	const [mine, other] = [await opened(freshAccount()), await opened(freshAccount())];
	const heard: StoreNotice[] = [];
	other.onNotice((notice) => heard.push(notice));
	await mine.save({ revisions: [checkIn(1)] });
	const own = nextNotice(other);
	await other.save({ revisions: [checkIn(2)] });
	await own;
	expect(heard).toEqual([
		{ type: 'records', revisions: [checkIn(2)] },
		{ type: 'delivery', changes: [waiting(checkIn(2)._id)] }
	]);
});

test('whoever stopped listening hears no more', async () => {
	const store = await opened(freshAccount());
	const heard: StoreNotice[] = [];
	const listener = (notice: StoreNotice) => heard.push(notice);
	const stop = store.onNotice(listener);
	store.onNotice(listener);
	stop();
	await store.save({ revisions: [checkIn(1)] });
	expect(heard.map(({ type }) => type)).toEqual(['records', 'delivery']);
});
