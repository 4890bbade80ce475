import { savingTrouble, type SavingTrouble } from '#app/saving-trouble.ts';
import type { Entry, Workplace } from '#app/workplace.svelte.ts';

/** Writing one record by a tap, once, however often it is tapped. */
export class FilingEntry {
	trouble: SavingTrouble | undefined = $state();
	#saving = $state(false);
	readonly #workplace: Workplace;

	constructor(workplace: Workplace) {
		this.#workplace = workplace;
	}

	get saving(): boolean {
		return this.#saving;
	}

	/** Whether it is on the disk. */
	async save(entry: Entry): Promise<boolean> {
		if (this.#saving) return false;
		this.#saving = true;
		this.trouble = undefined;
		try {
			await this.#workplace.save([entry]);
			return true;
		} catch (error) {
			this.trouble = savingTrouble(error);
			return false;
		} finally {
			this.#saving = false;
		}
	}
}
