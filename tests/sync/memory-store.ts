import { databaseOf } from '#records/database-name.ts';
import type { Hash } from '#records/hash.ts';
import type { Delivery, DeliveryCounts, Photo, StoreNotice } from '#records/phone-store.ts';
import type { Revision } from '#records/revision.ts';
import type { Checkpoint, Settled, SyncStore, WaitingRevision } from '#records/sync-store.ts';

/**
 * The device's store without a device: what `SyncStore` promises, kept in maps. A call either has
 * happened or has not, as with one transaction each; nothing is ever lost.
 */
export class MemoryStore implements SyncStore {
	/** Makes `feeds`, which every full exchange asks for, fail. */
	failsWith: Error | undefined;
	readonly #account: string;
	readonly #rows = new Map<
		string,
		{ readonly order: number; readonly revision: Revision; delivery: Delivery }
	>();
	readonly #pulled = new Map<string, Revision>();
	/** By database and hash. */
	readonly #photos = new Map<string, { readonly photo: Photo; waiting: boolean }>();
	readonly #checkpoints = new Map<string, Checkpoint>();
	readonly #listeners = new Set<(notice: StoreNotice) => void>();
	#feeds: readonly string[] = [];
	#order = 0;

	constructor(account: string) {
		this.#account = account;
	}

	/** Everything on this device, each record once. */
	get revisions(): ReadonlyMap<string, Revision> {
		const own = [...this.#rows.values()].map(({ revision }) => [revision._id, revision] as const);
		return new Map([...this.#pulled, ...own]);
	}

	save(revisions: readonly Revision[], photos: readonly Photo[] = []): void {
		for (const photo of photos) this.#photos.set(`${photo.database} ${photo.hash}`, { photo, waiting: true });
		for (const revision of revisions) {
			this.#order += 1;
			const row = { order: this.#order, revision, delivery: { state: 'waiting' } } as const;
			if (!this.#rows.has(revision._id)) this.#rows.set(revision._id, row);
		}
		this.#tell({ type: 'records', revisions });
	}

	delivery(id: string): Delivery | undefined {
		return this.#rows.get(id)?.delivery;
	}

	waiting(limit: number, after = 0): Promise<readonly WaitingRevision[]> {
		const rows = [...this.#rows.values()].filter(({ delivery }) => delivery.state === 'waiting');
		return Promise.resolve(rows.filter(({ order }) => order > after).slice(0, limit));
	}

	counts(): Promise<DeliveryCounts> {
		const count = (state: Delivery['state']) =>
			[...this.#rows.values()].filter(({ delivery }) => delivery.state === state).length;
		return Promise.resolve({ waiting: count('waiting'), refused: count('refused') });
	}

	photosWaiting(database?: string): Promise<ReadonlySet<Hash>> {
		const waiting = [...this.#photos.values()].filter((held) => held.waiting).map(({ photo }) => photo);
		const wanted = waiting.filter((photo) => database === undefined || photo.database === database);
		return Promise.resolve(new Set(wanted.map(({ hash }) => hash)));
	}

	photo(hash: Hash): Promise<Photo | undefined> {
		return Promise.resolve([...this.#photos.values()].find(({ photo }) => photo.hash === hash)?.photo);
	}

	photosDelivered(database: string, hashes: readonly Hash[]): Promise<void> {
		for (const held of this.#photos.values())
			if (held.photo.database === database && hashes.includes(held.photo.hash)) held.waiting = false;
		return Promise.resolve();
	}

	settle(settled: readonly Settled[], at: string): Promise<void> {
		for (const one of settled) {
			const row = this.#rows.get(one.id);
			if (!row || row.delivery.state === 'delivered') continue;
			row.delivery =
				one.outcome === 'delivered'
					? { state: 'delivered', at }
					: { state: 'refused', at, reason: one.reason };
		}
		this.#tell({ type: 'delivery' });
		return Promise.resolve();
	}

	checkpoint(database: string): Promise<Checkpoint | undefined> {
		return Promise.resolve(this.#checkpoints.get(database));
	}

	storePulled(database: string, revisions: readonly Revision[], checkpoint: Checkpoint): Promise<void> {
		for (const revision of revisions) {
			const row = this.#rows.get(revision._id);
			if (row) row.delivery = { state: 'delivered', at: new Date(0).toISOString() };
			else this.#pulled.set(revision._id, revision);
		}
		this.#checkpoints.set(database, checkpoint);
		if (revisions.length > 0) this.#tell({ type: 'records', revisions });
		return Promise.resolve();
	}

	offerAgain(database: string): Promise<void> {
		for (const row of this.#rows.values()) {
			const lost = row.delivery.state === 'delivered' && databaseOf(row.revision.scope) === database;
			if (lost) row.delivery = { state: 'waiting' };
		}
		for (const held of this.#photos.values()) if (held.photo.database === database) held.waiting = true;
		const own = [...this.#pulled.values()].filter(({ author }) => author === this.#account);
		this.save(own.filter(({ scope }) => databaseOf(scope) === database));
		return Promise.resolve();
	}

	feeds(): Promise<readonly string[]> {
		return this.failsWith ? Promise.reject(this.failsWith) : Promise.resolve(this.#feeds);
	}

	rememberFeeds(databases: readonly string[]): Promise<void> {
		this.#feeds = databases;
		return Promise.resolve();
	}

	compact(): Promise<void> {
		return Promise.resolve();
	}

	onNotice(listener: (notice: StoreNotice) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	#tell(notice: StoreNotice): void {
		for (const listener of this.#listeners) listener(notice);
	}
}
