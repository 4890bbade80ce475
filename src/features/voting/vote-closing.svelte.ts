import { savingTrouble, type SavingTrouble } from '#app/saving-trouble.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import { dayAt } from '#kinds/day.ts';
import { closing, type Tally } from '#read-models/ballot-tally.ts';
import type { ConventionState } from '#read-models/convention-state.ts';

/** 计票: the votes held here are counted, and the count stands. */
export class VoteClosing {
	trouble: SavingTrouble | 'doubts' | undefined = $state();
	#saving = $state(false);
	readonly #workplace: Workplace;

	constructor(workplace: Workplace) {
		this.#workplace = workplace;
	}

	get saving(): boolean {
		return this.#saving;
	}

	/**
	 * Writes the result, once. Whether it is on the disk. `state` and `tally` as they were shown to who counts. Nothing
	 * is written over doubts: a body written whole would take out what is in doubt.
	 */
	async close({ entity, scope, heads, body, read, doubts }: ConventionState, tally: Tally): Promise<boolean> {
		if (this.#saving) return false;
		if (doubts.length > 0) {
			this.trouble = 'doubts';
			return false;
		}
		this.#saving = true;
		this.trouble = undefined;
		const result = closing(tally, dayAt(this.#workplace.now()));
		const stage = { ...read.stage, ballot: { ...tally.ballot, result } };
		try {
			await this.#workplace.save([
				{ kind: 'convention', entity, scope, body: { ...body, stage }, seen: heads }
			]);
			return true;
		} catch (error) {
			this.trouble = savingTrouble(error);
			return false;
		} finally {
			this.#saving = false;
		}
	}
}
