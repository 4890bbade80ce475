import { DraftForm } from '#app/draft-form.svelte.ts';
import { savingTrouble, type SavingTrouble } from '#app/saving-trouble.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import { conventionEntity } from '#kinds/convention.ts';
import { asLine } from '#kinds/text.ts';
import { firstBody, placeOf, startKept, type ChosenPlace, type StartFields } from './convention-start.ts';
import { maxLine } from './draft-limits.ts';
import type { Template } from './templates/template.ts';

export interface ConventionStartingSetup {
	readonly workplace: Workplace;
	/** The place that was asked for, `''` for none: each has a draft of its own. */
	readonly asked: string;
	readonly start: StartFields;
	/** 8 to 32 of a-z and 0-9, by chance. */
	readonly newId: () => string;
}

/** What is not right yet. */
export type StartTrouble = SavingTrouble | 'place' | 'title';

/** A convention that is about to begin: a draft from the first choice. Made while a component is set up. */
export class ConventionStarting {
	readonly form: DraftForm<StartFields>;
	trouble: StartTrouble | undefined = $state();
	#saving = $state(false);
	readonly #setup: ConventionStartingSetup;

	constructor(setup: ConventionStartingSetup) {
		const { workplace, asked, start } = setup;
		this.#setup = setup;
		this.form = new DraftForm({
			keeper: workplace.store,
			key: `convention-new:${asked}`,
			start,
			read: startKept,
			now: () => workplace.now()
		});
	}

	get value(): StartFields {
		return this.form.value;
	}

	/** Whom it is for, once that is chosen. */
	get place(): ChosenPlace | undefined {
		return placeOf(this.form.value);
	}

	get saving(): boolean {
		return this.#saving;
	}

	set(fields: Partial<StartFields>): void {
		this.form.value = { ...this.form.value, ...fields };
		this.trouble = undefined;
	}

	/** Writes the first revision, however often it is tapped. The entity, once it is on the disk. */
	async save(title: string, template: Template): Promise<string | undefined> {
		if (this.#saving) return undefined;
		const place = placeOf($state.snapshot(this.form.value));
		if (!place) return this.#stay('place');
		const { length } = asLine(title);
		if (length === 0 || length > maxLine) return this.#stay('title');
		this.#saving = true;
		const { workplace, newId } = this.#setup;
		try {
			const body = firstBody(this.form.value, title, place, template, newId);
			const entity = conventionEntity(place.scope, newId());
			const entry = { kind: 'convention', entity, scope: place.scope, body, seen: [] };
			await this.form.finish((finishedDraft) => workplace.save([entry], { finishedDraft }));
			return entity;
		} catch (error) {
			this.#saving = false;
			return this.#stay(savingTrouble(error));
		}
	}

	#stay(trouble: StartTrouble): undefined {
		this.trouble = trouble;
	}
}
