import { expect, test } from 'vitest';
import { checkIn, checkIns, grid, ids } from './records.ts';
import { freshAccount, loaded, nextNotice, opened } from './stores.ts';
import { smallLimits } from './small-limits.ts';
import { storePulled } from '../../store-pulled.ts';

const at = '2026-11-23T09:00:00.000Z';
const checkpoint = { identity: 'a', seq: 7 };
const reason = 'scope: outside this database (/scope)';

function delivered(id: string) {
	return { id, outcome: 'delivered' } as const;
}

test('waiting records come in the order written, page by page, past those already settled', async () => {
	const store = await opened(freshAccount());
	for (let n = 0; n < 7; n += 1) await store.save({ revisions: [checkIn(n)] });
	await store.settle([delivered(checkIn(2)._id)], at);

	const first = await store.waiting(2);
	expect(ids(first.map(({ revision }) => revision))).toEqual(ids([checkIn(0), checkIn(1)]));
	const second = await store.waiting(3, first.at(-1)?.order);
	expect(ids(second.map(({ revision }) => revision))).toEqual(ids(checkIns(3, 6)));
	const third = await store.waiting(3, second.at(-1)?.order);
	expect(ids(third.map(({ revision }) => revision))).toEqual(ids([checkIn(6)]));
	expect(await store.waiting(3, third.at(-1)?.order)).toEqual([]);
});

test('what the server said of each record is kept, and counted', async () => {
	const store = await opened(freshAccount());
	const [a, b, c] = [checkIn(1), checkIn(2), checkIn(3)];
	await store.save({ revisions: [a, b, c] });
	await store.settle([delivered(a._id), { id: b._id, outcome: 'refused', reason }], at);

	expect(await store.delivery(a._id)).toEqual({ state: 'delivered', at });
	expect(await store.delivery(b._id)).toEqual({ state: 'refused', at, reason });
	expect(await store.counts()).toEqual({ waiting: 1, refused: 1 });
	expect(await store.own('refused', 10)).toEqual([
		{ revision: b, delivery: { state: 'refused', at, reason } }
	]);
	expect(await store.own('delivered', 10)).toEqual([{ revision: a, delivery: { state: 'delivered', at } }]);
});

test('delivered is final: a refusal of another attempt does not undo it', async () => {
	const store = await opened(freshAccount());
	await store.save({ revisions: [checkIn(1)] });
	await store.settle([delivered(checkIn(1)._id)], at);
	await store.settle([{ id: checkIn(1)._id, outcome: 'refused', reason }], at);
	expect(await store.delivery(checkIn(1)._id)).toEqual({ state: 'delivered', at });
});

test('a refused record waits again when it is offered once more; others do not', async () => {
	const store = await opened(freshAccount());
	const [a, b] = [checkIn(1), checkIn(2)];
	await store.save({ revisions: [a, b] });
	await store.settle([{ id: a._id, outcome: 'refused', reason }, delivered(b._id)], at);
	await store.retry(a._id);
	await store.retry(b._id);
	await store.retry('check-in:unknown:0');
	expect(await store.counts()).toEqual({ waiting: 1, refused: 0 });
	expect(await store.delivery(b._id)).toEqual({ state: 'delivered', at });
});

test('settling tells exactly which records changed', async () => {
	const store = await opened(freshAccount());
	await store.save({ revisions: checkIns(0, 3) });
	const notice = nextNotice(store);
	await store.settle([delivered(checkIn(1)._id), delivered('check-in:unknown:0')], at);
	expect(await notice).toEqual({
		type: 'delivery',
		changes: [{ id: checkIn(1)._id, delivery: { state: 'delivered', at } }]
	});
});

test('what a database lost waits again, from the tail and from packs, and no other', async () => {
	const account = freshAccount();
	const store = await opened(account, smallLimits);
	const mine = checkIns(0, 20, { author: account });
	const elsewhere = checkIns(20, 40, { author: account, grid: 'g4' });
	const others = checkIns(40, 50, { author: 'somebody' });
	await store.save({ revisions: [...mine, ...elsewhere] });
	await store.settle(
		ids([...mine, ...elsewhere]).map((id) => delivered(id)),
		at
	);
	await storePulled(store, grid, others, checkpoint);
	await store.compact();
	expect(await store.own('delivered', 100)).toHaveLength(2);

	await store.offerAgain(grid);
	await store.offerAgain(grid);
	const waiting = await store.waiting(100);
	expect(new Set(ids(waiting.map(({ revision }) => revision)))).toEqual(new Set(ids(mine)));
	expect(await store.counts()).toEqual({ waiting: 20, refused: 0 });

	await store.settle(
		ids(mine).map((id) => delivered(id)),
		at
	);
	await store.compact();
	const all = await loaded(store, ['2026-09', '2026-10']);
	expect(ids(all).toSorted()).toEqual(ids([...mine, ...elsewhere, ...others]).toSorted());
});
