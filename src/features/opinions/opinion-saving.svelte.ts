import { savingTrouble, type SavingTrouble } from '#app/saving-trouble.ts';
import type { Entry, Workplace } from '#app/workplace.svelte.ts';

/** Hands a save the key of the draft that it replaces, if there is one. */
type Finish = <Result>(save: (finishedDraft?: string) => Promise<Result>) => Promise<Result>;

export interface OpinionSavingSetup {
	readonly workplace: Workplace;
	/** Said in the record that takes a first opinion back at once. */
	readonly undoReason: string;
}

/** Writes opinions down, one tap at a time, and knows how to take the last ones back. */
export class OpinionSaving {
	readonly #setup: OpinionSavingSetup;
	#saving = $state(false);
	trouble: SavingTrouble | undefined = $state();

	constructor(setup: OpinionSavingSetup) {
		this.#setup = setup;
	}

	get saving(): boolean {
		return this.#saving;
	}

	/**
	 * Resolves, when all `entries` are on the disk, with those that take them back: what stood before stands again.
	 * What was in doubt cannot be put in doubt again and is left out. Undefined: nothing was saved; `trouble` says why,
	 * or a tap before this one is still being saved.
	 */
	async save(
		entries: readonly Entry[],
		finish: Finish = (save) => save()
	): Promise<readonly Entry[] | undefined> {
		if (this.#saving) return undefined;
		this.#saving = true;
		this.trouble = undefined;
		try {
			const before = entries.map((entry) => this.#before(entry));
			const revisions = await finish((finishedDraft) =>
				this.#setup.workplace.save(entries, finishedDraft === undefined ? {} : { finishedDraft })
			);
			return revisions.flatMap(({ hash }, index) => {
				const back = before[index];
				return back ? [{ ...back, seen: [hash] }] : [];
			});
		} catch (error) {
			this.trouble = savingTrouble(error);
			return undefined;
		} finally {
			this.#saving = false;
		}
	}

	#before({ kind, entity, scope }: Entry): Entry | undefined {
		const { workplace, undoReason } = this.#setup;
		const state = workplace.records.state(kind, entity);
		if (state.status !== 'present') return { kind, entity, scope, body: null, reason: undoReason };
		return state.doubts.length > 0 ? undefined : { kind, entity, scope, body: state.body };
	}
}
