import { DraftForm } from '#app/draft-form.svelte.ts';
import { savingTrouble, type SavingTrouble } from '#app/saving-trouble.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import type { MeetingState } from '#read-models/meeting-state.ts';
import { newLineEntry, type LineGap } from './line-entries.ts';
import { lineFieldsKept, type LineFields } from './line-fields.ts';

export interface LineTakingSetup {
	readonly workplace: Workplace;
	readonly meeting: Pick<MeetingState, 'entity' | 'id' | 'scope'>;
	/** The id of the item of the agenda. */
	readonly item: string;
	readonly start: LineFields;
	/** 8 to 32 of a-z and 0-9, by chance. */
	readonly newId: () => string;
}

/** A line being taken down: a draft from the first keystroke, a record from the tap. Made while a component is set up. */
export class LineTaking {
	readonly form: DraftForm<LineFields>;
	trouble: SavingTrouble | LineGap | undefined = $state();
	#saving = $state(false);
	readonly #setup: LineTakingSetup;

	constructor(setup: LineTakingSetup) {
		const { workplace, meeting, item, start } = setup;
		this.#setup = setup;
		this.form = new DraftForm({
			keeper: workplace.store,
			key: `minute-new:${meeting.entity}:${item}`,
			...{ start, read: lineFieldsKept, now: () => workplace.now() }
		});
	}

	get value(): LineFields {
		return this.form.value;
	}

	get saving(): boolean {
		return this.#saving;
	}

	set(fields: Partial<LineFields>): void {
		this.form.value = { ...this.form.value, ...fields };
		this.trouble = undefined;
	}

	/** Writes one record, however often it is tapped. Whether it is on the disk. */
	async save(): Promise<boolean> {
		if (this.#saving) return false;
		const { workplace, meeting, item, newId } = this.#setup;
		const at = workplace.now().toISOString();
		const made = newLineEntry($state.snapshot(this.form.value), { meeting, item, at, id: newId() });
		if ('gap' in made) {
			this.trouble = made.gap;
			return false;
		}
		this.#saving = true;
		try {
			await this.form.finish((finishedDraft) => workplace.save([made.entry], { finishedDraft }));
			return true;
		} catch (error) {
			this.trouble = savingTrouble(error);
			return false;
		} finally {
			this.#saving = false;
		}
	}
}
