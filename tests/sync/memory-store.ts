import { databaseOf } from '#records/database-name.ts';
import type { Hash } from '#records/hash.ts';
import { namedHashes } from '#records/named-hashes.ts';
import type { Delivery, DeliveryCounts, OwnRevision, Photo, StoreNotice } from '#records/phone-store.ts';
import type { Revision } from '#records/revision.ts';
import type { Scope } from '#records/scope.ts';
import type {
	Checkpoint,
	FeedPage,
	PageText,
	Readable,
	Replacement,
	Settled,
	SyncStore,
	WaitingRevision
} from '#records/sync-store.ts';
import { changesIn } from '../page-text.ts';

/**
 * The device's store without a device: what `SyncStore` promises, kept in maps. A call either has
 * happened or has not, as with one transaction each; nothing is ever lost.
 */
export class MemoryStore implements SyncStore {
	/** Makes `feeds`, which every full exchange asks for, fail. */
	failsWith: Error | undefined;
	/** Makes taking a page in fail, as on a device that is nearly full. */
	takesNothingInWith: Error | undefined;
	readonly #account: string;
	readonly #rows = new Map<
		string,
		{ readonly order: number; readonly revision: Revision; delivery: Delivery }
	>();
	readonly #pulled = new Map<string, Revision>();
	/** By database and hash. */
	readonly #photos = new Map<string, { readonly photo: Photo; waiting: boolean }>();
	#pages: readonly FeedPage[] = [];
	readonly #checkpoints = new Map<string, Checkpoint>();
	readonly #listeners = new Set<(notice: StoreNotice) => void>();
	#feeds: readonly string[] = [];
	#roles: readonly string[] | undefined;
	/** Of which places drafts were taken out, and up to when. */
	readonly draftsDroppedOn: string[] = [];
	readonly draftsDropped: { readonly scope: Scope; readonly before: string }[] = [];
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

	own(state: Delivery['state'], limit: number): Promise<readonly OwnRevision[]> {
		const rows = [...this.#rows.values()].filter(({ delivery }) => delivery.state === state);
		return Promise.resolve(rows.slice(0, limit).map(({ revision, delivery }) => ({ revision, delivery })));
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

	storePage(database: string, page: PageText, checkpoint: Checkpoint): Promise<void> {
		this.#order += 1;
		const changes = changesIn(page);
		if (page.count > 0) this.#pages = [...this.#pages, { n: this.#order, database, changes }];
		this.#checkpoints.set(database, checkpoint);
		return Promise.resolve();
	}

	oldestPage(): Promise<FeedPage | undefined> {
		return Promise.resolve(this.#pages[0]);
	}

	takeIn(page: FeedPage, revisions: readonly Revision[]): Promise<void> {
		if (this.takesNothingInWith) return Promise.reject(this.takesNothingInWith);
		for (const revision of revisions) {
			const row = this.#rows.get(revision._id);
			if (row) row.delivery = { state: 'delivered', at: new Date(0).toISOString() };
			else this.#pulled.set(revision._id, revision);
		}
		this.#pages = this.#pages.filter(({ n }) => n !== page.n);
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

	remove(ids: readonly string[]): Promise<void> {
		const gone = ids.flatMap((id) => this.#rows.get(id)?.revision ?? this.#pulled.get(id) ?? []);
		for (const { _id } of gone) {
			this.#rows.delete(_id);
			this.#pulled.delete(_id);
		}
		const undelivered = [...this.#rows.values()].filter(({ delivery }) => delivery.state !== 'delivered');
		const needed = new Set(undelivered.flatMap(({ revision }) => namedHashes(revision.body)));
		const named = new Set(gone.flatMap(({ body }) => namedHashes(body)));
		this.#dropPhotos(({ hash }) => named.has(hash) && !needed.has(hash));
		if (gone.length > 0) this.#tell({ type: 'removed', ids: gone.map(({ _id }) => _id) });
		return Promise.resolve();
	}

	removePhotos(database: string, hashes: readonly Hash[]): Promise<void> {
		this.#dropPhotos((photo) => photo.database === database && hashes.includes(photo.hash));
		return Promise.resolve();
	}

	async replace(replacements: readonly Replacement[]): Promise<void> {
		const held = replacements.filter(({ id }) => this.#rows.has(id));
		await this.remove(held.map(({ id }) => id));
		this.save(held.flatMap(({ by }) => by ?? []));
	}

	dropDraftsAbout(scope: Scope, before: string): Promise<void> {
		this.draftsDropped.push({ scope, before });
		return Promise.resolve();
	}

	dropDraftsOn(ids: readonly string[]): Promise<void> {
		this.draftsDroppedOn.push(...ids);
		return Promise.resolve();
	}

	async dropUnreadable(readable: Readable): Promise<readonly Revision[]> {
		const delivered = [...this.#rows.values()].filter(({ delivery }) => delivery.state === 'delivered');
		const all = [...delivered.map(({ revision }) => revision), ...this.#pulled.values()];
		const unreadable = all.filter(({ _id, scope }) => {
			const database = databaseOf(scope);
			return !readable.database(database) || !readable.record(_id, database);
		});
		await this.remove(unreadable.map(({ _id }) => _id));
		for (const [key, { photo, waiting }] of this.#photos)
			if (!waiting && !readable.database(photo.database)) this.#photos.delete(key);
		for (const database of this.#checkpoints.keys())
			if (!readable.onward(database)) this.#checkpoints.delete(database);
		this.#pages = this.#pages.filter(({ database }) => readable.onward(database));
		return unreadable;
	}

	roles(): Promise<readonly string[] | undefined> {
		return Promise.resolve(this.#roles);
	}

	rememberRoles(roles: readonly string[]): Promise<void> {
		this.#roles = roles;
		return Promise.resolve();
	}

	compact(): Promise<void> {
		return Promise.resolve();
	}

	onNotice(listener: (notice: StoreNotice) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	#dropPhotos(goes: (photo: Photo) => boolean): void {
		for (const [key, { photo }] of this.#photos) if (goes(photo)) this.#photos.delete(key);
	}

	#tell(notice: StoreNotice): void {
		for (const listener of this.#listeners) listener(notice);
	}
}
