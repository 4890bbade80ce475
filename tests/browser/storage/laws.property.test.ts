import fc from 'fast-check';
import { expect, test } from 'vitest';
import { databaseOf } from '#records/database-name.ts';
import type { Delivery } from '#records/phone-store.ts';
import type { Revision } from '#records/revision.ts';
import { AccountStore } from '#storage/account-store.ts';
import { storeParts } from '#storage/store-parts.ts';
import { propertyRuns } from '../../property-runs.ts';
import { failingAt } from './faults.ts';
import { checkIn, grid, household, ids } from './records.ts';
import { smallLimits } from './small-limits.ts';
import { clock, database, named, nameOf, openAnew, removed } from './stores.ts';
import { storePulled } from '../../store-pulled.ts';

/** Each run writes to a real disk with every step. */
const numRuns = Math.max(200, Math.round(propertyRuns / 50));
const months = ['2026-09', '2026-10', '2026-11'];
const at = '2026-11-23T09:00:00.000Z';

type Step =
	| { readonly do: 'save'; readonly from: number; readonly count: number }
	| { readonly do: 'settle'; readonly every: number; readonly outcome: 'delivered' | 'refused' }
	| { readonly do: 'pull'; readonly from: number; readonly count: number; readonly ownFrom: number }
	| { readonly do: 'compact'; readonly cutAt: number | undefined }
	| { readonly do: 'retry'; readonly which: number }
	| { readonly do: 'remove'; readonly every: number; readonly cutAt: number }
	| { readonly do: 'drop unreadable'; readonly below: number; readonly cutAt: number }
	| { readonly do: 'offer again' | 'reopen' };

const step: fc.Arbitrary<Step> = fc.oneof(
	fc.record({ do: fc.constant('save'), from: fc.nat(60), count: fc.integer({ min: 1, max: 6 }) }),
	fc.record({
		do: fc.constant('settle'),
		every: fc.integer({ min: 1, max: 3 }),
		outcome: fc.constantFrom('delivered', 'delivered', 'refused')
	}),
	fc.record({ do: fc.constant('pull'), from: fc.nat(60), count: fc.nat(10), ownFrom: fc.nat(60) }),
	fc.record({
		do: fc.constant('compact'),
		cutAt: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined })
	}),
	fc.record({ do: fc.constant('retry'), which: fc.nat(60) }),
	fc.record({
		do: fc.constant('remove'),
		every: fc.integer({ min: 2, max: 9 }),
		cutAt: fc.integer({ min: 1, max: 8 })
	}),
	fc.record({
		do: fc.constant('drop unreadable'),
		below: fc.integer({ min: 1, max: 15 }),
		cutAt: fc.integer({ min: 1, max: 8 })
	}),
	fc.record({ do: fc.constantFrom('offer again', 'reopen') })
);

/** What the store should hold: plain sets, and where each record of the account stands. */
class Model {
	readonly records = new Map<string, Revision>();
	readonly own = new Map<string, Delivery['state']>();
	seq = 0;

	counts() {
		const states = [...this.own.values()];
		return {
			waiting: states.filter((state) => state === 'waiting').length,
			refused: states.filter((state) => state === 'refused').length
		};
	}

	take(ids: readonly string[]): void {
		for (const id of ids) {
			this.records.delete(id);
			this.own.delete(id);
		}
	}

	allOwn(from: Delivery['state'], to: Delivery['state'], which: (revision: Revision) => boolean): void {
		for (const [id, state] of this.own) {
			const revision = this.records.get(id);
			if (state === from && revision && which(revision)) this.own.set(id, to);
		}
	}
}

/** Days far apart, so that months differ; every seventh in another grid. */
function mine(account: string, n: number): Revision {
	return checkIn(n, { author: account, day: n, ...(n % 7 === 0 ? { grid: 'g4' } : {}) });
}

function others(n: number): Revision {
	return n % 5 === 0 ? household(n) : checkIn(n, { author: 'somebody', day: n });
}

function range(from: number, count: number): readonly number[] {
	return Array.from({ length: count }, (_, index) => from + index);
}

async function taken(store: AccountStore, model: Model, account: string, todo: Step): Promise<AccountStore> {
	switch (todo.do) {
		case 'save': {
			// Saved anew each: who writes the same again, writes a record that is already here.
			const revisions = range(todo.from, todo.count)
				.map((n) => mine(account, n))
				.filter(({ _id }) => !model.records.has(_id));
			await store.save({ revisions });
			for (const revision of revisions) {
				model.records.set(revision._id, revision);
				model.own.set(revision._id, 'waiting');
			}
			return store;
		}
		case 'settle': {
			const waiting = (await store.waiting(100)).filter((_, index) => index % todo.every === 0);
			const { outcome } = todo;
			await store.settle(
				waiting.map(({ revision: { _id: id } }) =>
					outcome === 'delivered' ? { id, outcome } : { id, outcome, reason: 'body: no' }
				),
				at
			);
			for (const { revision } of waiting) model.own.set(revision._id, outcome);
			return store;
		}
		case 'pull': {
			// Own ones too: some that are here in any state, some from another device of the account.
			const batch = [
				...range(todo.from, todo.count).map((n) => others(n)),
				...range(todo.ownFrom, 4).map((n) => mine(account, n))
			].filter(({ scope }) => databaseOf(scope) === grid);
			model.seq += 1;
			await storePulled(store, grid, batch, { identity: 'a', seq: model.seq });
			for (const revision of batch) {
				model.records.set(revision._id, revision);
				if (revision.author === account) model.own.set(revision._id, 'delivered');
			}
			return store;
		}
		case 'compact': {
			if (todo.cutAt === undefined) await store.compact();
			else await cutOff(account, todo.cutAt, (faulty) => faulty.compact());
			return store;
		}
		case 'retry': {
			const id = mine(account, todo.which)._id;
			await store.retry(id);
			model.allOwn('refused', 'waiting', ({ _id }) => _id === id);
			return store;
		}
		case 'remove': {
			const gone = [...model.records.keys()].toSorted().filter((_, index) => index % todo.every === 0);
			await cutOff(account, todo.cutAt, (faulty) => faulty.remove(gone));
			await store.remove(gone);
			model.take(gone);
			return store;
		}
		case 'drop unreadable': {
			// By the first digit of the hash: any record, from any pack.
			const record = (id: string) => Number.parseInt(id.at(-64) ?? '', 16) >= todo.below;
			const readable = { database: () => true, record, place: () => true, onward: () => true };
			await cutOff(account, todo.cutAt, async (faulty) => {
				await faulty.dropUnreadable(readable);
			});
			await store.dropUnreadable(readable);
			const undelivered = (id: string) => ['waiting', 'refused'].includes(model.own.get(id) ?? '');
			model.take([...model.records.keys()].filter((id) => !record(id) && !undelivered(id)));
			return store;
		}
		case 'offer again':
			await store.offerAgain(grid);
			model.allOwn('delivered', 'waiting', ({ scope }) => databaseOf(scope) === grid);
			return store;
		case 'reopen':
			store.close();
			return openAnew(account, smallLimits);
	}
}

/** Does `work` on a disk that fails at its `step`-th write. */
async function cutOff(
	account: string,
	step: number,
	work: (faulty: AccountStore) => Promise<void>
): Promise<void> {
	const db = failingAt(database(account), step);
	const faulty = new AccountStore(storeParts(db, { account, now: clock, limits: smallLimits }));
	await work(faulty).catch(() => 'cut off');
	faulty.close();
}

async function agrees(store: AccountStore, model: Model): Promise<void> {
	let total = 0;
	const seen: string[] = [];
	await store.load(months, (revisions, expected) => {
		seen.push(...ids(revisions));
		total = expected;
	});
	expect(seen.toSorted()).toEqual([...model.records.keys()].toSorted());
	expect(total).toBe(model.records.size);
	expect(await store.counts()).toEqual(model.counts());
	const waiting = (await store.waiting(1000)).map(({ revision }) => revision._id);
	const expected = [...model.own].filter(([, state]) => state === 'waiting').map(([id]) => id);
	expect(waiting.toSorted()).toEqual(expected.toSorted());
	if (model.seq > 0) expect(await store.checkpoint(grid)).toEqual({ identity: 'a', seq: model.seq });
}

test(`whatever comes in whatever order, cut off anywhere: nothing is lost, nothing double (${numRuns} runs)`, async () => {
	let run = 0;
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14, size: 'max' }), async (steps) => {
			const account = named(`law-${(run += 1)}`);
			let store = await openAnew(account, smallLimits);
			try {
				const model = new Model();
				for (const todo of steps) {
					store = await taken(store, model, account, todo);
					expect(await store.counts()).toEqual(model.counts());
				}
				await agrees(store, model);
				await store.compact();
				await agrees(store, model);
			} finally {
				store.close();
				await removed(account);
			}
		}),
		{ numRuns }
	);
	expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(nameOf(named('law-1')));
});
