import * as v from 'valibot';
import { evaluationEntity, satisfactions, type Satisfaction } from '#kinds/evaluation.ts';
import { asText } from '#kinds/text.ts';
import { ratingAt, type HouseholdRating } from '#read-models/matter-ratings.ts';
import type { Scope } from '#records/scope.ts';
import { headsOf } from '#records/state-of.ts';
import { DraftForm } from './draft-form.svelte.ts';
import { savingTrouble, type SavingTrouble } from './saving-trouble.ts';
import type { Workplace } from './workplace.svelte.ts';

type RatingFields = { readonly satisfaction: Satisfaction | ''; readonly words: string };

const kept = v.object({ satisfaction: v.picklist([...satisfactions, '']), words: v.string() });

export interface MatterRatingSetup {
	readonly workplace: Workplace;
	readonly household: Scope;
	/** The matter's id. */
	readonly matter: string;
	readonly round: number;
}

/** How a household rates what was done: a draft from the first tap. Made while a component is set up. */
export class MatterRating {
	readonly entity: string;
	readonly form: DraftForm<RatingFields>;
	trouble: SavingTrouble | 'missing' | undefined = $state();
	#saving = $state(false);
	readonly #setup: MatterRatingSetup;

	constructor(setup: MatterRatingSetup) {
		const { workplace, household, matter, round } = setup;
		this.#setup = setup;
		this.entity = evaluationEntity(household, matter, round);
		const { satisfaction = '', words = '' } = this.standing?.body ?? {};
		this.form = new DraftForm({
			keeper: workplace.store,
			key: `evaluation:${this.entity}`,
			start: { satisfaction, words },
			read: (value) => {
				const parsed = v.safeParse(kept, value);
				return parsed.success ? parsed.output : undefined;
			},
			now: () => workplace.now(),
			seen: headsOf(workplace.records.state('evaluation', this.entity))
		});
	}

	/** What the household said; undefined while it has not. */
	get standing(): HouseholdRating | undefined {
		return ratingAt(this.#setup.workplace.records, this.entity, this.#setup.household);
	}

	get saving(): boolean {
		return this.#saving;
	}

	set(fields: Partial<RatingFields>): void {
		this.form.value = { ...this.form.value, ...fields };
	}

	/** Writes one record, however often it is tapped. Whether it is on the disk. */
	async save(): Promise<boolean> {
		const { satisfaction } = this.form.value;
		const words = asText(this.form.value.words);
		this.trouble = satisfaction === '' ? 'missing' : undefined;
		if (this.#saving || satisfaction === '') return false;
		this.#saving = true;
		const { workplace, household } = this.#setup;
		const body = { satisfaction, ...(words !== '' && { words }) };
		const entry = { kind: 'evaluation', entity: this.entity, scope: household, body, seen: this.form.seen };
		try {
			await this.form.finish((finishedDraft) => workplace.save([entry], { finishedDraft }));
			return true;
		} catch (error) {
			this.trouble = savingTrouble(error);
			return false;
		} finally {
			this.#saving = false;
		}
	}
}
