import * as v from 'valibot';
import { DraftForm } from '#app/draft-form.svelte.ts';
import { savingTrouble, type SavingTrouble } from '#app/saving-trouble.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import { amendmentEntity, amendmentTypes, type AmendmentType } from '#kinds/amendment.ts';
import { asText } from '#kinds/text.ts';
import type { Amendment } from '#read-models/amendments.ts';
import type { Hash } from '#records/hash.ts';
import type { Scope } from '#records/scope.ts';

type AmendmentFields = { readonly type: AmendmentType | ''; readonly words: string };

const kept = v.object({ type: v.picklist([...amendmentTypes, '']), words: v.string() });

export interface AmendingSetup {
	readonly workplace: Workplace;
	readonly household: Scope;
	/** The meeting's id. */
	readonly meeting: string;
	/** 8 to 32 of a-z and 0-9, by chance. */
	readonly newId: () => string;
	/** What is said anew; absent: something more is said. */
	readonly amendment?: Amendment;
}

/** What a household objects to or adds: a draft from the first keystroke. Made while a component is set up. */
export class Amending {
	readonly form: DraftForm<AmendmentFields>;
	trouble: SavingTrouble | 'type' | 'words' | undefined = $state();
	#saving = $state(false);
	readonly #setup: AmendingSetup;

	constructor(setup: AmendingSetup) {
		const { workplace, household, meeting, amendment } = setup;
		const { type = '', words = '' } = amendment?.read ?? {};
		this.#setup = setup;
		this.form = new DraftForm({
			keeper: workplace.store,
			key: `amendment:${amendment?.entity ?? `new:${household}:${meeting}`}`,
			start: { type, words },
			read: (value) => {
				const parsed = v.safeParse(kept, value);
				return parsed.success ? parsed.output : undefined;
			},
			now: () => workplace.now(),
			...(amendment && { seen: amendment.heads })
		});
	}

	get saving(): boolean {
		return this.#saving;
	}

	set(fields: Partial<AmendmentFields>): void {
		this.form.value = { ...this.form.value, ...fields };
	}

	/** Writes one record, however often it is tapped. Whether it is on the disk. */
	async save(): Promise<boolean> {
		const { type } = this.form.value;
		const words = asText(this.form.value.words);
		this.trouble = type === '' ? 'type' : words === '' ? 'words' : undefined;
		if (this.#saving || this.trouble) return false;
		const { household, meeting, amendment, newId, workplace } = this.#setup;
		const entity = amendment?.entity ?? amendmentEntity(household, meeting, newId());
		const entry = { kind: 'amendment', entity, scope: household, body: { ...amendment?.body, type, words } };
		this.#saving = true;
		try {
			await this.form.finish((finishedDraft) =>
				workplace.save([{ ...entry, ...this.#seen(amendment) }], { finishedDraft })
			);
			return true;
		} catch (error) {
			this.trouble = savingTrouble(error);
			return false;
		} finally {
			this.#saving = false;
		}
	}

	#seen(amendment: Amendment | undefined): { readonly seen?: readonly Hash[] } {
		return amendment ? { seen: this.form.seen } : {};
	}
}
