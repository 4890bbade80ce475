import { scopeOfDatabase } from '#records/database-name.ts';
import type { ChangesOptions, Database, DatabaseInfo } from '../storage/database.ts';
import type { DatabaseUpdates } from '../storage/database-updates.ts';
import { toFeedPage, type FeedPage } from './feed-page.ts';

/** What asks for a page. */
export type PageOptions = Required<Pick<ChangesOptions, 'since' | 'limit' | 'style' | 'include_docs'>>;

type PagedDatabase = Pick<Database, 'name' | 'uuid' | 'info' | 'changes'>;

/**
 * What holds of a database for as long as a page does.
 *
 * `overwritten`: sequences that no living document has. Each write takes one; a new document brings one, too. So it
 * grows with whatever is written over a living document, and with nothing else but documents that come in deleted.
 */
interface State {
	readonly overwritten: number;
	readonly update_seq: number;
}

interface Kept {
	readonly page: FeedPage;
	readonly database: string;
	readonly state: State;
	/** Full, of living documents only: nothing that is added behind it changes it. */
	readonly lasting: boolean;
}

/** Fewer changes are read as fast as kept. */
const leastChanges = 100;

/**
 * Pages of whole databases, kept in memory: records never change, so a page that one phone was given is what the next
 * one is given. Only for who may read all of a database; the right to it is asked before, every time. The law: a page
 * from here is, byte for byte, what reading it anew gives (tests/sync-server/api/feed-pages.test.ts).
 */
export class FeedPages {
	readonly #most: number;
	/** The one longest unused first. */
	readonly #kept = new Map<string, Kept>();
	readonly #making = new Map<string, Promise<FeedPage>>();
	#bytes = 0;

	/** Of all pages that are kept. */
	get bytes(): number {
		return this.#bytes;
	}

	/** @param most bytes kept in all. */
	constructor(most: number, updates: Pick<DatabaseUpdates, 'subscribe'>) {
		this.#most = most;
		// What was deleted shall be nowhere, in memory neither. Records go by being deleted; elsewhere personal data
		// also goes by being written over.
		updates.subscribe(
			({ db_name, type, removes }) => {
				if (removes || type === 'deleted' || !scopeOfDatabase(db_name)) this.#forget(db_name);
			},
			() => undefined
		);
	}

	/** Undefined for one that is too small to keep. */
	async page(database: PagedDatabase, options: PageOptions): Promise<FoundPage | undefined> {
		const { since, limit, style, include_docs } = options;
		const key = JSON.stringify([database.uuid, since, limit, style, include_docs]);
		// One reading of a page at a time: one under way may lack what was written since; the next is for all who wait.
		await this.#making.get(key)?.catch(() => undefined);
		const state = stateOf(await database.info());
		if (Math.min(limit, state.update_seq - since) < leastChanges) return undefined;
		const kept = this.#kept.get(key);
		if (kept && holds(kept, state)) {
			this.#kept.delete(key);
			this.#kept.set(key, kept);
			return found(kept.page, state);
		}
		return found(await (this.#making.get(key) ?? this.#makeAlone(database, options, key, state)), state);
	}

	async #makeAlone(
		database: PagedDatabase,
		options: PageOptions,
		key: string,
		state: State
	): Promise<FeedPage> {
		const making = this.#make(database, options, key, state);
		this.#making.set(key, making);
		try {
			return await making;
		} finally {
			this.#making.delete(key);
		}
	}

	async #make(database: PagedDatabase, options: PageOptions, key: string, before: State): Promise<FeedPage> {
		const changes = await database.changes(options);
		const { results } = changes;
		const full = results.length === options.limit;
		// At its end a feed has been looked through to the database's last sequence.
		const last_seq = full ? changes.last_seq : Math.max(changes.last_seq, before.update_seq);
		const page = await toFeedPage({ results, last_seq });
		const lasting = full && results.every(({ deleted }) => deleted !== true);
		const kept = { page, database: database.name, state: before, lasting };
		// One that was written into while it was read is right for who asked, and for nobody after.
		if (holds(kept, stateOf(await database.info()))) this.#keep(key, kept);
		return page;
	}

	#keep(key: string, kept: Kept): void {
		this.#drop(key);
		this.#kept.set(key, kept);
		this.#bytes += kept.page.deflated.length;
		for (const oldest of this.#kept.keys()) {
			if (this.#bytes <= this.#most) return;
			this.#drop(oldest);
		}
	}

	#drop(key: string): void {
		this.#bytes -= this.#kept.get(key)?.page.deflated.length ?? 0;
		this.#kept.delete(key);
	}

	#forget(name: string): void {
		for (const [key, { database }] of [...this.#kept]) if (database === name) this.#drop(key);
	}
}

/** A page, and how many sequences there are behind it by now. */
export interface FoundPage {
	readonly page: FeedPage;
	readonly pending: number;
}

function stateOf({ doc_count, update_seq }: DatabaseInfo): State {
	return { overwritten: update_seq - doc_count, update_seq };
}

function holds({ state, lasting }: Kept, now: State): boolean {
	return lasting ? state.overwritten === now.overwritten : state.update_seq === now.update_seq;
}

function found(page: FeedPage, { update_seq }: State): FoundPage {
	return { page, pending: Math.max(0, update_seq - page.last_seq) };
}
