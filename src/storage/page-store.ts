import type { Hash } from '#records/hash.ts';
import {
	StoreError,
	type Delivery,
	type DeliveryChange,
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
import { load, type RecordSource } from './loading.ts';
import { keepPhoto, photo } from './photos.ts';
import { onDisk } from './store-failure.ts';
import { storeParts, type StoreParts, type StoreSetup } from './store-parts.ts';
import { counts, deliveryOf, own, retry, save } from './tail.ts';
import { ZhonggengDatabase } from './zhonggeng-database.ts';

/**
 * Opens what this device keeps for an account, and makes it if there is none.
 * @throws StoreError `newer` when a later version of the app wrote it, `locked` when it takes a key.
 */
export function openPageStore(setup: StoreSetup): Promise<PageStore> {
	return onDisk(async () => {
		const { account } = setup;
		const { locked } = await finishLeaving(account);
		if (locked) throw new StoreError('locked', account);
		const db = new ZhonggengDatabase(account);
		await db.open();
		return new PageStore(storeParts(db, setup));
	});
}

/**
 * What this device keeps for one account, as far as a page needs it. Any number may be open at once, in tabs and
 * workers; each hears of what the others store. A connection that the browser closed is opened again when next used.
 */
export class PageStore implements PhoneStore {
	readonly parts: StoreParts;

	constructor(parts: StoreParts) {
		this.parts = parts;
	}

	async save(write: Write): Promise<void> {
		const { db, notices } = this.parts;
		await onDisk(() => save(db, write));
		const { revisions } = write;
		if (revisions.length === 0) return;
		notices.tell({ type: 'records', revisions });
		this.tellChanges(revisions.map(({ _id }) => ({ id: _id, delivery: { state: 'waiting' } })));
	}

	load(
		months: readonly string[],
		onChunk: (revisions: readonly Revision[], total: number) => void
	): Promise<void> {
		return onDisk(() => load(recordsIn(this.parts.db), months, onChunk));
	}

	own(state: Delivery['state'], limit: number): Promise<readonly OwnRevision[]> {
		return onDisk(() => own(this.parts.db, state, limit));
	}

	delivery(id: string): Promise<Delivery | undefined> {
		return onDisk(() => deliveryOf(this.parts.db, id));
	}

	counts(): Promise<DeliveryCounts> {
		return onDisk(() => counts(this.parts.db));
	}

	async retry(id: string): Promise<void> {
		this.tellChanges(await onDisk(() => retry(this.parts.db, id)));
	}

	photo(hash: Hash): Promise<Photo | undefined> {
		return onDisk(() => photo(this.parts.db, hash));
	}

	keepPhoto(kept: Photo): Promise<void> {
		return onDisk(() => keepPhoto(this.parts.db, kept));
	}

	draft(key: string): Promise<Draft | undefined> {
		return onDisk(() => this.parts.db.drafts.get(key));
	}

	drafts(): Promise<readonly Draft[]> {
		return onDisk(() => this.parts.db.drafts.toArray());
	}

	async keepDraft(draft: Draft): Promise<void> {
		await onDisk(() => this.parts.db.drafts.put(draft));
	}

	dropDraft(key: string): Promise<void> {
		return onDisk(() => this.parts.db.drafts.delete(key));
	}

	onNotice(listener: (notice: StoreNotice) => void): () => void {
		return this.parts.notices.listen(listener);
	}

	close(): void {
		this.parts.notices.close();
		this.parts.db.close();
	}

	protected tellChanges(changes: readonly DeliveryChange[]): void {
		if (changes.length > 0) this.parts.notices.tell({ type: 'delivery', changes });
	}
}

function recordsIn(db: ZhonggengDatabase): RecordSource {
	return {
		extent: () =>
			db.transaction('r', db.tail, db.packs, async () => ({
				packs: await db.packs.toArray(),
				tail: await db.tail.count()
			})),
		packs: () => db.packs.toArray(),
		tailAfter: (n, limit) => db.tail.where('n').above(n).limit(limit).toArray(),
		packText: (n) => db.packTexts.get(n)
	};
}
