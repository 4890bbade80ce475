import type { Hash } from '#records/hash.ts';
import {
	StoreError,
	type Delivery,
	type DeliveryCounts,
	type Draft,
	type OwnRevision,
	type Photo,
	type PhoneStore,
	type StoreNotice,
	type Write
} from '#records/phone-store.ts';
import type { Revision } from '#records/revision.ts';
import { finishLeaving } from './destroying.ts';
import { answer, Disk } from './disk.ts';
import { load, type RecordSource } from './loading.ts';
import { Notices } from './notices.ts';
import type { PageStore } from './page-store.ts';
import { databaseName, nativeVersion } from './schema.ts';
import { onDisk } from './store-failure.ts';
import type { StoreSetup } from './store-parts.ts';
import type { PackLabel, TailRow } from './zhonggeng-database.ts';

/**
 * Opens what this device keeps for an account, and makes it if there is none: the way a page comes to its first
 * screen without Dexie, which is a quarter of what would have to be fetched for it.
 * @throws StoreError `newer` when a later version of the app wrote it, `locked` when it takes a key.
 */
export function openEarlyStore(setup: StoreSetup): Promise<EarlyStore> {
	return onDisk(async () => {
		const { locked, version } = await finishLeaving(setup.account);
		if (locked) throw new StoreError('locked', setup.account);
		const store = new EarlyStore(setup);
		// What is not there yet, or of another version, is made or refused by the whole store.
		if (version !== nativeVersion) await store.whole();
		return store;
	});
}

/**
 * An account's store that reads what a first screen shows straight from the disk. Everything else is done by the whole
 * store, which is fetched when it is first needed and then reads as well.
 */
export class EarlyStore implements PhoneStore {
	readonly #setup: StoreSetup & { readonly notices: Notices };
	readonly #disk: Disk;
	#opening: Promise<PageStore> | undefined;
	#whole: PageStore | undefined;
	#closed = false;

	constructor(setup: StoreSetup) {
		const name = databaseName(setup.account);
		this.#setup = { ...setup, notices: new Notices(name) };
		this.#disk = new Disk(name, nativeVersion, () => {
			throw new Error(`${name} is gone`);
		});
	}

	/** @throws StoreError */
	async whole(): Promise<PageStore> {
		this.#opening ??= this.#open();
		try {
			return await this.#opening;
		} catch (error) {
			// It may have been the network: asked for again, it is tried again.
			this.#opening = undefined;
			throw error;
		}
	}

	async save(write: Write): Promise<void> {
		await (this.#whole ?? (await this.whole())).save(write);
	}

	load(
		months: readonly string[],
		onChunk: (revisions: readonly Revision[], total: number) => void
	): Promise<void> {
		if (this.#whole) return this.#whole.load(months, onChunk);
		return onDisk(() => load(recordsOn(this.#disk), months, onChunk));
	}

	own(state: Delivery['state'], limit: number): Promise<readonly OwnRevision[]> {
		if (this.#whole) return this.#whole.own(state, limit);
		return onDisk(() =>
			this.#disk.within(['tail'], 'readonly', async (transaction) => {
				const rows = await ownRows(transaction, state, limit);
				return rows.map(({ revision, delivery }) => ({ revision, delivery }));
			})
		);
	}

	async delivery(id: string): Promise<Delivery | undefined> {
		return (this.#whole ?? (await this.whole())).delivery(id);
	}

	counts(): Promise<DeliveryCounts> {
		if (this.#whole) return this.#whole.counts();
		return onDisk(() =>
			this.#disk.within(['tail'], 'readonly', async (transaction) => ({
				waiting: await answer(byState(transaction).count('waiting')),
				refused: await answer(byState(transaction).count('refused'))
			}))
		);
	}

	async retry(id: string): Promise<void> {
		await (this.#whole ?? (await this.whole())).retry(id);
	}

	async photo(hash: Hash): Promise<Photo | undefined> {
		return (this.#whole ?? (await this.whole())).photo(hash);
	}

	async keepPhoto(photo: Photo): Promise<void> {
		await (this.#whole ?? (await this.whole())).keepPhoto(photo);
	}

	async draft(key: string): Promise<Draft | undefined> {
		return (this.#whole ?? (await this.whole())).draft(key);
	}

	drafts(): Promise<readonly Draft[]> {
		if (this.#whole) return this.#whole.drafts();
		return onDisk(() =>
			this.#disk.within(['drafts'], 'readonly', (transaction) =>
				answer(transaction.objectStore('drafts').getAll())
			)
		);
	}

	async keepDraft(draft: Draft): Promise<void> {
		await (this.#whole ?? (await this.whole())).keepDraft(draft);
	}

	async dropDraft(key: string): Promise<void> {
		await (this.#whole ?? (await this.whole())).dropDraft(key);
	}

	onNotice(listener: (notice: StoreNotice) => void): () => void {
		return this.#setup.notices.listen(listener);
	}

	close(): void {
		this.#closed = true;
		this.#setup.notices.close();
		this.#disk.close();
		// After what was asked of it before.
		this.#opening?.then(
			(store) => store.close(),
			() => {}
		);
	}

	async #open(): Promise<PageStore> {
		const { openPageStore } = await onDisk(() => import('./page-store.ts'));
		// What is closed may have been taken off the device meanwhile: it is not made anew.
		if (this.#closed) throw new StoreError('blocked', 'closed');
		return (this.#whole = await openPageStore(this.#setup));
	}
}

function ownRows(
	transaction: IDBTransaction,
	state: Delivery['state'],
	limit: number
): Promise<readonly TailRow[]> {
	return answer(byState(transaction).getAll(state, limit));
}

function byState(transaction: IDBTransaction): IDBIndex {
	return transaction.objectStore('tail').index('delivery.state');
}

function recordsOn(disk: Disk): RecordSource {
	const labels = (transaction: IDBTransaction): Promise<readonly PackLabel[]> =>
		answer(transaction.objectStore('packs').getAll());
	return {
		extent: () =>
			disk.within(['tail', 'packs'], 'readonly', async (transaction) => ({
				packs: await labels(transaction),
				tail: await answer(transaction.objectStore('tail').count())
			})),
		packs: () => disk.within(['packs'], 'readonly', labels),
		tailAfter: (n, limit) =>
			disk.within(['tail'], 'readonly', (transaction) =>
				answer(transaction.objectStore('tail').getAll(IDBKeyRange.lowerBound(n, true), limit))
			),
		packText: (n) =>
			disk.within(['packTexts'], 'readonly', (transaction) =>
				answer(transaction.objectStore('packTexts').get(n))
			)
	};
}
