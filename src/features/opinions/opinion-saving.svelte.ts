import { savingTrouble, type SavingTrouble } from '#app/saving-trouble.ts';
import type { Entry, Workplace } from '#app/workplace.svelte.ts';
import { sameJson, type Hash } from '#records/hash.ts';
import { headsOf } from '#records/state-of.ts';

/** Hands a save the key of the draft that it replaces, if there is one. */
type Finish = <Result>(save: (finishedDraft?: string) => Promise<Result>) => Promise<Result>;

export interface OpinionSavingSetup {
	readonly workplace: Workplace;
	/** Said in the record that takes a first opinion back at once. */
	readonly undoReason: string;
}

/** What was written last of one opinion on this page, all that it built on, and what takes it back. */
interface OwnWriting {
	readonly hash: Hash;
	readonly body: Entry['body'];
	readonly over: ReadonlySet<Hash>;
	readonly undo: readonly Entry[];
}

/** Writes opinions down, one tap after the other, and knows how to take the last ones back. */
export class OpinionSaving {
	readonly #setup: OpinionSavingSetup;
	readonly #own = new Map<string, OwnWriting>();
	#last: Promise<unknown> = Promise.resolve();
	#underWay = $state(0);
	/** Why something could not be saved; stands until something is handed in with nothing before it under way. */
	trouble: SavingTrouble | undefined = $state();

	constructor(setup: OpinionSavingSetup) {
		this.#setup = setup;
	}

	get saving(): boolean {
		return this.#underWay > 0;
	}

	/**
	 * Waits until what was handed in before is done. Resolves, when all `entries` are on the disk, with those that take
	 * them back: what stood before stands again. What was in doubt cannot be put in doubt again and is left out.
	 * The same tapped twice is written once. Undefined: nothing was saved, and `trouble` says why.
	 */
	async save(
		entries: readonly Entry[],
		finish: Finish = (save) => save()
	): Promise<readonly Entry[] | undefined> {
		if (!this.saving) this.trouble = undefined;
		this.#underWay += 1;
		const turn = this.#last.then(() => this.#write(entries, finish));
		// How it ends is told to whoever handed it in, not to who comes next.
		this.#last = turn.catch(() => {});
		try {
			return await turn;
		} catch (error) {
			this.trouble = savingTrouble(error);
			return undefined;
		} finally {
			this.#underWay -= 1;
		}
	}

	async #write(handedIn: readonly Entry[], finish: Finish): Promise<readonly Entry[]> {
		const entries = handedIn.filter((entry) => !this.#isWritten(entry)).map((entry) => this.#onTop(entry));
		const before = entries.map((entry) => this.#before(entry));
		const revisions =
			entries.length === 0
				? []
				: await finish((finishedDraft) =>
						this.#setup.workplace.save(entries, finishedDraft === undefined ? {} : { finishedDraft })
					);
		for (const [index, { entity, hash, body, parents }] of revisions.entries()) {
			const back = before[index];
			const over = new Set([...(this.#own.get(entity)?.over ?? []), ...parents]);
			this.#own.set(entity, { hash, body, over, undo: back ? [{ ...back, seen: [hash] }] : [] });
		}
		return handedIn.flatMap(({ entity }) => this.#own.get(entity)?.undo ?? []);
	}

	/** What was written last of the same opinion on this page, where nothing has come on top of it. */
	#standingOwn({ kind, entity }: Entry): OwnWriting | undefined {
		const own = this.#own.get(entity);
		const heads = headsOf(this.#setup.workplace.records.state(kind, entity));
		return own && heads.includes(own.hash) ? own : undefined;
	}

	/** Tapped once more before it was shown as saved. */
	#isWritten(entry: Entry): boolean {
		const own = this.#standingOwn(entry);
		return own !== undefined && !entry.seen?.includes(own.hash) && sameJson(own.body, entry.body);
	}

	/** Whoever taps knows what they tapped before, shown as saved or not yet. */
	#onTop(entry: Entry): Entry {
		const own = this.#standingOwn(entry);
		if (!own || !entry.seen) return entry;
		const others = entry.seen.filter((hash) => hash !== own.hash && !own.over.has(hash));
		return { ...entry, seen: [...others, own.hash].sort() };
	}

	#before({ kind, entity, scope }: Entry): Entry | undefined {
		const { workplace, undoReason } = this.#setup;
		const state = workplace.records.state(kind, entity);
		if (state.status !== 'present') return { kind, entity, scope, body: null, reason: undoReason };
		return state.doubts.length > 0 ? undefined : { kind, entity, scope, body: state.body };
	}
}
