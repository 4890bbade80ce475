import { policyOf } from '#kinds/kinds.ts';
import { databaseOf } from '#records/database-name.ts';
import { RevisionSet } from '#records/revision-set.ts';
import type { Revision } from '#records/revision.ts';
import type { Scope } from '#records/scope.ts';
import { openStore, type AccountStore } from '#storage/account-store.ts';
import { exchange, type ExchangeDeps } from '#sync/exchange.ts';
import { breathe } from '#sync/pause.ts';
import { mostInBatch } from '#sync/send-step.ts';
import { bareDatabase, bareWrite } from './bare.ts';
import { localPouch, remotePouch, type Adapter } from './pouch.ts';
import { pullWithRxdb } from './rxdb.ts';
import { ownServer } from './wire.ts';

/**
 * `ms`: until everything is on the disk. `checked`: until every hash is checked as well, and the records could be
 * shown. `records`: held afterwards, photos and the like left out.
 */
export interface FirstSync {
	readonly ms: number;
	readonly checked: number;
	readonly records: number;
}

const now = () => new Date();

/** What an exchange of `account`'s needs, where nobody looks. */
export function exchanging(account: string, store: AccountStore): ExchangeDeps {
	return {
		account,
		store,
		remote: ownServer(),
		now,
		breathe,
		batchSize: mostInBatch,
		onActivity: () => {},
		onDamaged: (ids) => {
			throw new Error(`damaged: ${ids.join(', ')}`);
		},
		onAccount: () => {},
		desk: () => Promise.resolve(undefined)
	};
}

/** What an exchange that went well comes to. @throws Error for one that did not. */
export function untroubled({ trouble }: { readonly trouble?: string }): void {
	if (trouble !== undefined) throw new Error(`the exchange met with trouble: ${trouble}`);
}

/** Ways of reading a whole feed into an empty phone, each until all of it is on the disk. */
const firstSyncs = {
	/** The app's own: session, survey, all pages on the disk; then every hash checked, packs, compacting. */
	'ours, hashes unchecked': async (account: string, database: string) => {
		const store = await openStore({ account, now });
		let onDisk = 0;
		const storePage = store.storePage.bind(store);
		store.storePage = async (...page) => {
			await storePage(...page);
			onDisk = performance.now();
		};
		untroubled(await exchange(exchanging(account, store), [database]));
		return { onDisk, count: () => heldIn(store) };
	},
	'PouchDB idb': (_account: string, database: string) => replicate(database, 'idb'),
	'PouchDB indexeddb 1000': (_account: string, database: string) => replicate(database, 'indexeddb', 1000),
	RxDB: (_account: string, database: string) => pullWithRxdb(database)
} as const;

/** Runs one of them on a phone that holds nothing yet. */
export async function firstSync(
	way: keyof typeof firstSyncs,
	account: string,
	grid: Scope
): Promise<FirstSync> {
	const start = performance.now();
	const { onDisk, count } = await firstSyncs[way](account, databaseOf(grid));
	const end = performance.now();
	return { ms: onDisk - start, checked: end - start, records: await count() };
}

/**
 * The floor: pages that were fetched before, fetched again, each asked for before the one before it is parsed, and all
 * put down as one value.
 */
export async function floor(urls: readonly string[]): Promise<FirstSync> {
	const start = performance.now();
	const db = await bareDatabase(`floor-${crypto.randomUUID()}`);
	const ask = async (url: string) => (await fetch(url, { cache: 'no-store' })).text();
	const texts: string[] = [];
	let records = 0;
	const rest = [...urls];
	for (let next = rest.splice(0, 1).map(ask); next.length > 0;) {
		const [text = ''] = await Promise.all(next);
		next = rest.splice(0, 1).map(ask);
		records += resultsIn(JSON.parse(text));
		texts.push(text);
	}
	await bareWrite(db, texts.join('\n'), 'strict');
	const ms = performance.now() - start;
	return { ms, checked: ms, records };
}

function resultsIn(page: unknown): number {
	if (typeof page !== 'object' || page === null || !('results' in page)) throw new Error('no page of a feed');
	return Array.isArray(page.results) ? page.results.length : 0;
}

async function replicate(database: string, adapter: Adapter, batchSize?: number) {
	const local = localPouch(`pouch-${crypto.randomUUID()}`, adapter);
	await local.replicate.from(remotePouch(database), batchSize ? { batch_size: batchSize } : {});
	return { onDisk: performance.now(), count: async () => (await local.info()).doc_count };
}

async function heldIn(store: AccountStore): Promise<number> {
	const records = new RevisionSet(policyOf);
	const { packs } = store.parts.db;
	const months = new Set((await packs.toArray()).map(({ month }) => month));
	await store.load([...months], (revisions) => records.add(revisions));
	return records.size;
}

/** Enough for what our own server sent. */
export function isRevision(value: unknown): value is Revision {
	return typeof value === 'object' && value !== null && 'hash' in value;
}
