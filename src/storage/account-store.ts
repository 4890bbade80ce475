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
import type { Scope } from '#records/scope.ts';
import type {
	Checkpoint,
	Readable,
	Replacement,
	Settled,
	SyncStore,
	WaitingRevision
} from '#records/sync-store.ts';
import { compact } from './compacting.ts';
import { removePhotos } from './dropping-photos.ts';
import { dropDraftsAbout, dropUnreadable, rememberRoles, rolesDroppedFor } from './dropping-unreadable.ts';
import { remove, replace } from './dropping.ts';
import { load } from './loading.ts';
import { openSealed } from './locking.ts';
import { Notices } from './notices.ts';
import { offerAgain } from './offering-again.ts';
import { packLimits, type PackLimits } from './pack-limits.ts';
import { keepPhoto, photo, photosDelivered, photosWaiting } from './photos.ts';
import { checkpointOf, feeds, rememberFeeds, storePulled } from './pulling.ts';
import { onDisk } from './store-failure.ts';
import { counts, deliveryOf, own, retry, save, settle, waiting } from './tail.ts';
import { finishLeaving } from './destroying.ts';
import { isNewer, ZhonggengDatabase } from './zhonggeng-database.ts';

export interface StoreSetup {
	readonly account: string;
	readonly now: () => Date;
	readonly limits?: PackLimits;
	/** Opens the account's lock. What still lies on the disk in clear is sealed with it first. */
	readonly key?: CryptoKey;
}

/**
 * Opens what this device keeps for an account, and makes it if there is none.
 * @throws StoreError `newer` when a later version of the app wrote it, `locked` when it takes a key.
 */
export function openStore(setup: StoreSetup): Promise<AccountStore> {
	return onDisk(async () => {
		const { account, key } = setup;
		const { locked } = await finishLeaving(account);
		if (key) return new AccountStore(await openSealed(account, key), setup);
		if (locked) throw new StoreError('locked', account);
		const db = new ZhonggengDatabase(account);
		await db.open();
		return new AccountStore(db, setup);
	});
}

/**
 * What this device keeps for one account. Any number may be open at once, in tabs and workers; each
 * hears of what the others store. A connection that the browser closed is opened again when next used.
 */
export class AccountStore implements PhoneStore, SyncStore {
	readonly #db: ZhonggengDatabase;
	readonly #account: string;
	readonly #now: () => Date;
	readonly #limits: PackLimits;
	readonly #notices: Notices;

	constructor(db: ZhonggengDatabase, { account, now, limits = packLimits }: StoreSetup) {
		this.#db = db;
		this.#account = account;
		this.#now = now;
		this.#limits = limits;
		this.#notices = new Notices(db.name);
		// Dexie closes the connection by itself, so that the other tab can go on.
		db.on('versionchange', ({ newVersion }) => {
			if (isNewer(newVersion ?? 0)) this.#notices.tellHere({ type: 'superseded' });
		});
	}

	async save(write: Write): Promise<void> {
		await onDisk(() => save(this.#db, write));
		const { revisions } = write;
		if (revisions.length === 0) return;
		this.#notices.tell({ type: 'records', revisions });
		this.#tellChanges(revisions.map(({ _id }) => ({ id: _id, delivery: { state: 'waiting' } })));
	}

	load(
		months: readonly string[],
		onChunk: (revisions: readonly Revision[], total: number) => void
	): Promise<void> {
		return onDisk(() => load(this.#db, months, onChunk));
	}

	own(state: Delivery['state'], limit: number): Promise<readonly OwnRevision[]> {
		return onDisk(() => own(this.#db, state, limit));
	}

	delivery(id: string): Promise<Delivery | undefined> {
		return onDisk(() => deliveryOf(this.#db, id));
	}

	counts(): Promise<DeliveryCounts> {
		return onDisk(() => counts(this.#db));
	}

	async retry(id: string): Promise<void> {
		this.#tellChanges(await onDisk(() => retry(this.#db, id)));
	}

	photo(hash: Hash): Promise<Photo | undefined> {
		return onDisk(() => photo(this.#db, hash));
	}

	keepPhoto(kept: Photo): Promise<void> {
		return onDisk(() => keepPhoto(this.#db, kept));
	}

	draft(key: string): Promise<Draft | undefined> {
		return onDisk(() => this.#db.drafts.get(key));
	}

	drafts(): Promise<readonly Draft[]> {
		return onDisk(() => this.#db.drafts.toArray());
	}

	async keepDraft(draft: Draft): Promise<void> {
		await onDisk(() => this.#db.drafts.put(draft));
	}

	dropDraft(key: string): Promise<void> {
		return onDisk(() => this.#db.drafts.delete(key));
	}

	waiting(limit: number, after?: number): Promise<readonly WaitingRevision[]> {
		return onDisk(() => waiting(this.#db, limit, after));
	}

	photosWaiting(database?: string): Promise<ReadonlySet<Hash>> {
		return onDisk(() => photosWaiting(this.#db, database));
	}

	photosDelivered(database: string, hashes: readonly Hash[]): Promise<void> {
		return onDisk(() => photosDelivered(this.#db, database, hashes));
	}

	async settle(settled: readonly Settled[], at: string): Promise<void> {
		this.#tellChanges(await onDisk(() => settle(this.#db, settled, at)));
	}

	checkpoint(database: string): Promise<Checkpoint | undefined> {
		return onDisk(() => checkpointOf(this.#db, database));
	}

	async storePulled(database: string, revisions: readonly Revision[], checkpoint: Checkpoint): Promise<void> {
		const pulled = { database, revisions, checkpoint, at: this.#now().toISOString() };
		const { fresh, changes } = await onDisk(() => storePulled(this.#db, this.#account, pulled, this.#limits));
		if (fresh.length > 0) this.#notices.tell({ type: 'records', revisions: fresh });
		this.#tellChanges(changes);
	}

	async offerAgain(database: string): Promise<void> {
		await onDisk(() => offerAgain(this.#db, this.#account, database));
		this.#notices.tell({ type: 'delivery' });
	}

	feeds(): Promise<readonly string[]> {
		return onDisk(() => feeds(this.#db));
	}

	rememberFeeds(databases: readonly string[]): Promise<void> {
		return onDisk(() => rememberFeeds(this.#db, databases));
	}

	async remove(ids: readonly string[]): Promise<void> {
		this.#tellRemoved(await onDisk(() => remove(this.#db, ids, this.#limits)));
	}

	removePhotos(database: string, hashes: readonly Hash[]): Promise<void> {
		return onDisk(() => removePhotos(this.#db, database, hashes));
	}

	async replace(replacements: readonly Replacement[]): Promise<void> {
		const { removed, added } = await onDisk(() => replace(this.#db, replacements, this.#limits));
		this.#tellRemoved(removed);
		if (added.length > 0) this.#notices.tell({ type: 'records', revisions: added });
		this.#tellChanges(added.map(({ _id }) => ({ id: _id, delivery: { state: 'waiting' } })));
	}

	dropDraftsAbout(scope: Scope, before: string): Promise<void> {
		return onDisk(() => dropDraftsAbout(this.#db, scope, before));
	}

	async dropUnreadable(readable: Readable): Promise<void> {
		this.#tellRemoved(await onDisk(() => dropUnreadable(this.#db, readable, this.#limits)));
	}

	roles(): Promise<readonly string[] | undefined> {
		return onDisk(() => rolesDroppedFor(this.#db));
	}

	rememberRoles(roles: readonly string[]): Promise<void> {
		return onDisk(() => rememberRoles(this.#db, roles));
	}

	compact(): Promise<void> {
		return onDisk(() => compact(this.#db, this.#limits));
	}

	onNotice(listener: (notice: StoreNotice) => void): () => void {
		return this.#notices.listen(listener);
	}

	close(): void {
		this.#notices.close();
		this.#db.close();
	}

	#tellRemoved(ids: readonly string[]): void {
		if (ids.length > 0) this.#notices.tell({ type: 'removed', ids });
	}

	#tellChanges(changes: readonly DeliveryChange[]): void {
		if (changes.length > 0) this.#notices.tell({ type: 'delivery', changes });
	}
}
