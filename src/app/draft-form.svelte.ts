import { untrack } from 'svelte';
import { on } from 'svelte/events';
import type { Hash } from '#records/hash.ts';
import { isJsonObject, type Json } from '#records/json.ts';
import type { PhoneStore } from '#records/phone-store.ts';

/** What keeps drafts: an account's store, or the device's before anyone signed in. */
export type DraftKeeper = Pick<PhoneStore, 'draft' | 'keepDraft' | 'dropDraft'>;

export interface DraftFormSetup<Value extends Json> {
	readonly keeper: DraftKeeper;
	/** Names the form among all drafts: `check-in:<entity>`. */
	readonly key: string;
	/** The form before anyone typed. */
	readonly start: Value;
	/** Takes back what was kept; undefined when it is not of this form's shape. */
	readonly read: (kept: Json) => Value | undefined;
	readonly now: () => Date;
	/** The heads of the entity the form is about, as they stand now; kept with what is typed over them. */
	readonly seen?: readonly Hash[];
}

/**
 * A form's value, on the device's disk from the first keystroke until it is saved or discarded.
 * A change is written at once; changes made while a write is under way are written together after
 * it. Made while a component is set up, and bound to: `bind:value={form.value.note}`.
 */
export class DraftForm<Value extends Json> {
	value: Value;
	/** When the draft that was taken up again had last been changed, ISO 8601. */
	restoredAt: string | undefined = $state();
	/** What its author saw: the heads at the opening, or those the restored draft was typed over. */
	seen: readonly Hash[];
	/** Why the device could not keep the draft, if it could not. */
	trouble: unknown = $state();
	readonly #setup: DraftFormSetup<Value>;
	readonly #start: string;
	#kept: string;
	#pending: Json | undefined;
	#writing: Promise<void> | undefined;
	#finishing = false;

	constructor(setup: DraftFormSetup<Value>) {
		this.#setup = setup;
		this.#start = JSON.stringify(setup.start);
		this.#kept = this.#start;
		this.value = $state(setup.start);
		this.seen = $state.raw(setup.seen ?? []);
		$effect(() => {
			const text = JSON.stringify(this.value);
			untrack(() => this.#changed(text));
		});
		$effect(() => {
			const stops = [
				on(window, 'pagehide', () => this.#flush()),
				on(document, 'visibilitychange', () => this.#flush())
			];
			return () => {
				for (const stop of stops) stop();
				this.#flush();
			};
		});
	}

	/** Whether anything differs from the form's start. */
	get touched(): boolean {
		return JSON.stringify(this.value) !== this.#start;
	}

	/**
	 * Takes up what was kept, unless someone typed in the meantime. A draft that does not tell what
	 * it was typed over was typed over nothing, so that it overwrites nothing. @throws StoreError
	 */
	async restore(): Promise<void> {
		const draft = await this.#setup.keeper.draft(this.#setup.key);
		const value = draft && this.#setup.read(draft.value);
		if (!draft || value === undefined || this.touched) return;
		this.#kept = JSON.stringify(value);
		this.value = value;
		this.seen = draft.seen ?? [];
		this.restoredAt = draft.at;
	}

	/**
	 * Runs `save` with nothing more being kept; it takes the draft's key to drop it with the write
	 * that replaces it. When `save` throws, the draft stands and goes on being kept.
	 */
	async finish<Result>(save: (draftKey: string) => Promise<Result>): Promise<Result> {
		this.#finishing = true;
		try {
			await this.#writing;
			return await save(this.#setup.key);
		} catch (error) {
			this.#finishing = false;
			this.#changed(JSON.stringify(this.value));
			throw error;
		}
	}

	/** Back to the start, and the draft is gone. */
	async discard(): Promise<void> {
		await this.finish((key) => this.#setup.keeper.dropDraft(key));
		this.value = this.#setup.start;
		this.seen = this.#setup.seen ?? [];
		this.#kept = this.#start;
		this.restoredAt = undefined;
		this.#finishing = false;
	}

	#changed(text: string): void {
		if (this.#finishing || text === this.#kept) return;
		this.#kept = text;
		this.#pending = plain(this.value);
		this.#writing ??= this.#writeAll();
	}

	async #writeAll(): Promise<void> {
		while (this.#pending !== undefined && !this.#finishing) await this.#write();
		this.#writing = undefined;
	}

	/** The page may be gone any moment: what is pending goes to the disk without waiting its turn. */
	#flush(): void {
		if (this.#pending !== undefined && !this.#finishing) void this.#write();
	}

	async #write(): Promise<void> {
		const { keeper, key, now, seen } = this.#setup;
		const value = this.#pending;
		this.#pending = undefined;
		if (value === undefined) return;
		try {
			if (JSON.stringify(value) === this.#start) await keeper.dropDraft(key);
			else await keeper.keepDraft({ key, at: now().toISOString(), value, ...(seen && { seen: this.seen }) });
			this.trouble = undefined;
		} catch (error) {
			this.trouble = error;
		}
	}
}

/** A copy free of the form's reactive proxies, which a disk cannot store. */
function plain(value: Json): Json {
	if (Array.isArray(value)) return value.map((item: Json) => plain(item));
	if (!isJsonObject(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
