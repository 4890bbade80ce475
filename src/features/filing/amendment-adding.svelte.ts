import * as v from 'valibot';
import { DraftForm } from '#app/draft-form.svelte.ts';
import { savingTrouble, type SavingTrouble } from '#app/saving-trouble.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import { amendmentEntity, amendmentTypes, type AmendmentType } from '#kinds/amendment.ts';
import { asLine, asText } from '#kinds/text.ts';
import type { MeetingState } from '#read-models/meeting-state.ts';
import { isScope } from '#records/scope.ts';

type AmendmentFields = {
	readonly type: AmendmentType;
	/** The household that says so; `''`: someone else, by name. */
	readonly household: string;
	readonly who: string;
	/** The id of the item; `''`: the whole. */
	readonly item: string;
	readonly words: string;
};

const kept = v.object({
	type: v.picklist(amendmentTypes),
	household: v.string(),
	who: v.string(),
	item: v.string(),
	words: v.string()
});

export interface AmendmentAddingSetup {
	readonly workplace: Workplace;
	readonly meeting: MeetingState;
	/** 8 to 32 of a-z and 0-9, by chance. */
	readonly newId: () => string;
}

/** What someone who was there objects or adds, taken down by staff. Made while a component is set up. */
export class AmendmentAdding {
	readonly form: DraftForm<AmendmentFields>;
	trouble: SavingTrouble | 'who' | 'words' | undefined = $state();
	#saving = $state(false);
	readonly #setup: AmendmentAddingSetup;

	constructor(setup: AmendmentAddingSetup) {
		const { workplace, meeting } = setup;
		this.#setup = setup;
		this.form = new DraftForm<AmendmentFields>({
			keeper: workplace.store,
			key: `amendment:${meeting.entity}`,
			start: { type: 'objection', household: '', who: '', item: '', words: '' },
			read: (value) => {
				const parsed = v.safeParse(kept, value);
				return parsed.success ? parsed.output : undefined;
			},
			now: () => workplace.now()
		});
	}

	get saving(): boolean {
		return this.#saving;
	}

	set(changes: Partial<AmendmentFields>): void {
		this.form.value = { ...this.form.value, ...changes };
	}

	/** Writes one record, however often it is tapped. Whether it is on the disk. */
	async save(): Promise<boolean> {
		if (this.#saving) return false;
		const { workplace, meeting, newId } = this.#setup;
		const { type, household, item, words: typed, who: name } = this.form.value;
		const [words, who] = [asText(typed), asLine(name)];
		const scope = isScope(household) ? household : meeting.scope;
		this.trouble = scope === meeting.scope && who === '' ? 'who' : words === '' ? 'words' : undefined;
		if (this.trouble) return false;
		this.#saving = true;
		const body = { type, words, ...(who !== '' && { who }), ...(item !== '' && { item }) };
		const entity = amendmentEntity(scope, meeting.id, newId());
		try {
			await this.form.finish((finishedDraft) =>
				workplace.save([{ kind: 'amendment', entity, scope, body }], { finishedDraft })
			);
			return true;
		} catch (error) {
			this.trouble = savingTrouble(error);
			return false;
		} finally {
			this.#saving = false;
		}
	}
}
