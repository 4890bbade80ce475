import { DraftForm } from '#app/draft-form.svelte.ts';
import { savingTrouble, type SavingTrouble } from '#app/saving-trouble.ts';
import type { Entry, Workplace } from '#app/workplace.svelte.ts';
import type { Hash } from '#records/hash.ts';
import { isJsonObject } from '#records/json.ts';

/** What a form's fields come to: the entry to save, or the field that is not right yet. */
export type Written<Fields> =
	{ readonly ok: true; readonly entry: Entry } | { readonly ok: false; readonly field: keyof Fields };

export interface PointsFormSetup<Fields extends Record<string, string>> {
	readonly workplace: Workplace;
	/** Names the draft. */
	readonly key: string;
	readonly start: Fields;
	/** The heads of the entity that is changed, as its author sees them; [] for a new one. */
	readonly seen: readonly Hash[];
	readonly write: (fields: Fields) => Written<Fields>;
}

/** A form of text fields that becomes one record, kept as a draft until then. Made while a component is set up. */
export class PointsForm<Fields extends Record<string, string>> {
	readonly form: DraftForm<Fields>;
	readonly #setup: PointsFormSetup<Fields>;
	#saving = $state(false);
	/** The field that is not right yet. */
	wrong: keyof Fields | undefined = $state();
	trouble: SavingTrouble | undefined = $state();

	constructor(setup: PointsFormSetup<Fields>) {
		const { workplace, key, start, seen } = setup;
		this.#setup = setup;
		this.form = new DraftForm({
			keeper: workplace.store,
			key,
			start,
			seen,
			now: () => workplace.now(),
			read: (kept) => {
				if (!isJsonObject(kept)) return undefined;
				const typed = Object.entries(kept).filter(
					([name, value]) => Object.hasOwn(start, name) && typeof value === 'string'
				);
				return { ...start, ...Object.fromEntries(typed) };
			}
		});
	}

	get value(): Fields {
		return this.form.value;
	}

	get saving(): boolean {
		return this.#saving;
	}

	/** Puts `text` into the field `name`. */
	type<Name extends keyof Fields>(name: Name, text: Fields[Name]): void {
		this.form.value = { ...this.form.value, [name]: text };
		if (this.wrong === name) this.wrong = undefined;
	}

	/** Writes the record, once. Whether it is on the disk. */
	async save(): Promise<boolean> {
		if (this.#saving) return false;
		const written = this.#setup.write(this.form.value);
		this.wrong = written.ok ? undefined : written.field;
		if (!written.ok) return false;
		this.#saving = true;
		const { entry } = written;
		try {
			await this.form.finish((finishedDraft) =>
				this.#setup.workplace.save([{ ...entry, seen: this.form.seen }], { finishedDraft })
			);
			return true;
		} catch (error) {
			this.#saving = false;
			this.trouble = savingTrouble(error);
			return false;
		}
	}
}
