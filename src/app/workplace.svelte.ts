import { createContext } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import { policyOf } from '#kinds/kinds.ts';
import type { Hash } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import {
	StoreError,
	type Delivery,
	type DeliveryCounts,
	type Photo,
	type PhoneStore,
	type StoreNotice
} from '#records/phone-store.ts';
import { seal, type Revision } from '#records/revision.ts';
import { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';
import { headsOf } from '#records/state-of.ts';
import type { Account } from './account.ts';

/** What a person sets down about an entity; the workplace adds who, where and when. */
export interface Entry {
	readonly kind: string;
	readonly entity: string;
	readonly scope: Scope;
	/** null withdraws the entity, and then `reason` says why. */
	readonly body: JsonObject | null;
	readonly reason?: string;
	/** The heads the author had before their eyes; without it, those held when it is saved. */
	readonly seen?: readonly Hash[];
}

export interface SaveOptions {
	readonly photos?: readonly Photo[];
	readonly finishedDraft?: string;
}

/**
 * One account's records on this device, held in memory and kept up to date with what any tab,
 * worker or sync stores. Reading `records` or `counts` inside a component or `$derived` follows
 * every change.
 */
export class Workplace {
	readonly account: Account;
	readonly device: string;
	readonly store: PhoneStore;
	readonly #now: () => Date;
	readonly #records = new RevisionSet(policyOf);
	readonly #months = new Set<string>();
	readonly #deliveries = new Map<string, Delivery>();
	readonly #subscribe: () => void;
	#counts: DeliveryCounts = { waiting: 0, refused: 0 };
	#recounts = 0;
	#superseded = false;
	#heldAtOpening = false;
	/** What went while older months were being read, for each reading: it may still come out of a page read before. */
	readonly #goneMeanwhile = new Set<string[]>();
	#changed = () => {};

	constructor(account: Account, device: string, store: PhoneStore, now: () => Date) {
		this.account = account;
		this.device = device;
		this.store = store;
		this.#now = now;
		this.#subscribe = createSubscriber((update) => {
			this.#changed = update;
			return () => (this.#changed = () => {});
		});
	}

	/** All records in memory. Tracked: whoever reads it is run again when something arrives. */
	get records(): RevisionSet {
		this.#subscribe();
		return this.#records;
	}

	/** How much of this device's work waits or was refused. Tracked. */
	get counts(): DeliveryCounts {
		this.#subscribe();
		return this.#counts;
	}

	/** A later version of the app took over the disk: nothing can be saved until the page is loaded again. Tracked. */
	get superseded(): boolean {
		this.#subscribe();
		return this.#superseded;
	}

	/** Whether this device held anything for the account when it was opened: an earlier exchange. */
	get heldAtOpening(): boolean {
		return this.#heldAtOpening;
	}

	now(): Date {
		return this.#now();
	}

	/**
	 * Starts following the store, then loads what is on the disk: what arrives meanwhile is not
	 * missed, and taking a record in twice changes nothing. Returns how to stop.
	 */
	async open(
		months: readonly string[],
		onProgress: (done: number, total: number) => void
	): Promise<() => void> {
		const stop = this.store.onNotice((notice) => this.#heed(notice));
		await this.loadMonths(months, onProgress);
		this.#heldAtOpening = this.#records.size > 0;
		await Promise.all([this.#readDeliveries(), this.#recount()]);
		return stop;
	}

	/** Whether a month's records are in memory. Tracked. */
	holds(month: string): boolean {
		this.#subscribe();
		return this.#months.has(month);
	}

	/** Brings older months into memory; months already there cost nothing. */
	async loadMonths(
		months: readonly string[],
		onProgress: (done: number, total: number) => void = () => {}
	): Promise<void> {
		const missing = months.filter((month) => !this.#months.has(month));
		if (missing.length === 0) return;
		let done = 0;
		const gone: string[] = [];
		this.#goneMeanwhile.add(gone);
		try {
			await this.store.load(missing, (revisions, total) => {
				this.#records.add(revisions);
				done += revisions.length;
				onProgress(done, total);
			});
		} finally {
			this.#records.remove(gone);
			this.#goneMeanwhile.delete(gone);
		}
		for (const month of missing) this.#months.add(month);
		this.#changed();
	}

	/**
	 * Saves entries as records on top of the heads this device has seen. Resolves when they are on
	 * the disk. @throws StoreError
	 */
	async save(entries: readonly Entry[], options: SaveOptions = {}): Promise<readonly Revision[]> {
		const revisions = entries.map((entry) => this.#sealed(entry));
		await this.store.save({ revisions, ...options });
		for (const { _id } of revisions) this.#deliveries.set(_id, { state: 'waiting' });
		// Shown as waiting from this moment on: a count under way may still be of before.
		this.#counts = { ...this.#counts, waiting: this.#counts.waiting + revisions.length };
		this.#recount().catch(ignoreClosed);
		// The store may have told of the records already, but not that they wait.
		this.#records.add(revisions);
		this.#changed();
		return revisions;
	}

	/** Where a record of this device stands; undefined for records of others, which came from the server. */
	delivery(id: string): Delivery | undefined {
		this.#subscribe();
		return this.#deliveries.get(id);
	}

	#sealed({ kind, entity, scope, body, reason, seen }: Entry): Revision {
		const content = {
			kind,
			entity,
			parents: seen ?? headsOf(this.#records.state(kind, entity)),
			scope,
			author: this.account.name,
			device: this.device,
			at: this.#now().toISOString(),
			body
		};
		return seal(reason === undefined ? content : { ...content, reason });
	}

	#take(revisions: readonly Revision[]): void {
		if (this.#records.add(revisions).length > 0) this.#changed();
	}

	#heed(notice: StoreNotice): void {
		if (notice.type === 'records') return this.#take(notice.revisions);
		if (notice.type === 'superseded') this.#superseded = true;
		else if (notice.type === 'removed') {
			this.#records.remove(notice.ids);
			for (const gone of this.#goneMeanwhile) gone.push(...notice.ids);
			for (const id of notice.ids) this.#deliveries.delete(id);
			this.#recount().catch(ignoreClosed);
		} else {
			for (const { id, delivery } of notice.changes ?? []) this.#deliveries.set(id, delivery);
			if (!notice.changes) this.#readDeliveries().catch(ignoreClosed);
			this.#recount().catch(ignoreClosed);
		}
		this.#changed();
	}

	/** Of several under way the last one asked counts: it saw the most. */
	async #recount(): Promise<void> {
		const turn = (this.#recounts += 1);
		const counts = await this.store.counts();
		if (turn !== this.#recounts) return;
		this.#counts = counts;
		this.#changed();
	}

	async #readDeliveries(): Promise<void> {
		const own = await Promise.all([
			this.store.own('waiting', 10_000),
			this.store.own('refused', 10_000),
			this.store.own('delivered', 1_000)
		]);
		for (const { revision, delivery } of own.flat()) this.#deliveries.set(revision._id, delivery);
		this.#changed();
	}
}

/** Rereading fails when the workplace was closed meanwhile, and then nobody asks any more. */
function ignoreClosed(error: unknown): void {
	if (!(error instanceof StoreError)) throw error;
}

export const [getWorkplace, setWorkplace] = createContext<Workplace>();
