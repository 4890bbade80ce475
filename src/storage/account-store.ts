import type { Hash } from '#records/hash.ts';
import { StoreError } from '#records/phone-store.ts';
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
import { compact } from './compacting.ts';
import { removePhotos } from './dropping-photos.ts';
import { isNewHere } from './destroying.ts';
import {
	dropDraftsAbout,
	dropDraftsOn,
	dropUnreadable,
	rememberRoles,
	rolesDroppedFor
} from './dropping-unreadable.ts';
import { idsOf, remove, replace } from './dropping.ts';
import { offerAgain } from './offering-again.ts';
import { openPageStore, PageStore } from './page-store.ts';
import { photosDelivered, photosWaiting } from './photos.ts';
import { checkpointOf, feeds, oldestPage, rememberFeeds, storePage, takeIn } from './pulling.ts';
import { onDisk } from './store-failure.ts';
import type { StoreSetup } from './store-parts.ts';
import { settle, waiting } from './tail.ts';

/** @throws StoreError `newer` when a later version of the app wrote it, `locked` when it takes a key. */
export async function openStore(setup: StoreSetup): Promise<AccountStore> {
	const { parts } = await openPageStore(setup);
	return new AccountStore(parts);
}

/** Undefined when nothing of the account is here, or when it takes a PIN, which nobody is here to give. */
export async function openUnlocked(setup: StoreSetup): Promise<AccountStore | undefined> {
	if (await isNewHere(setup.account)) return undefined;
	try {
		return await openStore(setup);
	} catch (error) {
		if (error instanceof StoreError && error.code === 'locked') return undefined;
		throw error;
	}
}

/** All that this device does with what it keeps for one account: what pages do, and the exchange. */
export class AccountStore extends PageStore implements SyncStore {
	waiting(limit: number, after?: number): Promise<readonly WaitingRevision[]> {
		return onDisk(() => waiting(this.parts.db, limit, after));
	}

	photosWaiting(database?: string): Promise<ReadonlySet<Hash>> {
		return onDisk(() => photosWaiting(this.parts.db, database));
	}

	photosDelivered(database: string, hashes: readonly Hash[]): Promise<void> {
		return onDisk(() => photosDelivered(this.parts.db, database, hashes));
	}

	async settle(settled: readonly Settled[], at: string): Promise<void> {
		this.tellChanges(await onDisk(() => settle(this.parts.db, settled, at)));
	}

	checkpoint(database: string): Promise<Checkpoint | undefined> {
		return onDisk(() => checkpointOf(this.parts.db, database));
	}

	storePage(database: string, page: PageText, checkpoint: Checkpoint): Promise<void> {
		return onDisk(() => storePage(this.parts.db, database, page, checkpoint));
	}

	oldestPage(): Promise<FeedPage | undefined> {
		return onDisk(() => oldestPage(this.parts.db));
	}

	async takeIn(page: FeedPage, revisions: readonly Revision[]): Promise<void> {
		const pulled = { page, revisions, at: this.parts.now().toISOString() };
		const { fresh, changes } = await onDisk(() =>
			takeIn(this.parts.db, this.parts.account, pulled, this.parts.limits)
		);
		if (fresh.length > 0) this.parts.notices.tell({ type: 'records', revisions: fresh });
		this.tellChanges(changes);
	}

	async offerAgain(database: string): Promise<void> {
		await onDisk(() => offerAgain(this.parts.db, this.parts.account, database));
		this.parts.notices.tell({ type: 'delivery' });
	}

	feeds(): Promise<readonly string[]> {
		return onDisk(() => feeds(this.parts.db));
	}

	rememberFeeds(databases: readonly string[]): Promise<void> {
		return onDisk(() => rememberFeeds(this.parts.db, databases));
	}

	async remove(ids: readonly string[]): Promise<void> {
		this.#tellRemoved(await onDisk(() => remove(this.parts.db, ids, this.parts.limits)));
	}

	removePhotos(database: string, hashes: readonly Hash[]): Promise<void> {
		return onDisk(() => removePhotos(this.parts.db, database, hashes));
	}

	async replace(replacements: readonly Replacement[]): Promise<void> {
		const { removed, added } = await onDisk(() => replace(this.parts.db, replacements, this.parts.limits));
		this.#tellRemoved(removed);
		if (added.length > 0) this.parts.notices.tell({ type: 'records', revisions: added });
		this.tellChanges(added.map(({ _id }) => ({ id: _id, delivery: { state: 'waiting' } })));
	}

	dropDraftsAbout(scope: Scope, before: string): Promise<void> {
		return onDisk(() => dropDraftsAbout(this.parts.db, scope, before));
	}

	dropDraftsOn(ids: readonly string[]): Promise<void> {
		return onDisk(() => dropDraftsOn(this.parts.db, ids));
	}

	async dropUnreadable(readable: Readable): Promise<readonly Revision[]> {
		const gone = await onDisk(() => dropUnreadable(this.parts.db, readable, this.parts.limits));
		this.#tellRemoved(idsOf(gone));
		return gone;
	}

	roles(): Promise<readonly string[] | undefined> {
		return onDisk(() => rolesDroppedFor(this.parts.db));
	}

	rememberRoles(roles: readonly string[]): Promise<void> {
		return onDisk(() => rememberRoles(this.parts.db, roles));
	}

	compact(): Promise<void> {
		return onDisk(() => compact(this.parts.db, this.parts.limits));
	}

	#tellRemoved(ids: readonly string[]): void {
		if (ids.length > 0) this.parts.notices.tell({ type: 'removed', ids });
	}
}
