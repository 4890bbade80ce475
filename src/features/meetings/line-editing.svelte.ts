import { DraftForm } from '#app/draft-form.svelte.ts';
import { savingTrouble, type SavingTrouble } from '#app/saving-trouble.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import type { MinuteBody } from '#kinds/minute.ts';
import type { Line } from '#read-models/minutes.ts';
import { fieldsOfLine, lineBody, lineFieldsKept, type LineFields } from './line-fields.ts';

export interface LineEditingSetup {
	readonly workplace: Workplace;
	readonly line: Pick<Line, 'entity' | 'scope' | 'heads'>;
	readonly body: MinuteBody;
}

/** A line being put right, on top of what was seen. Made while a component is set up. */
export class LineEditing {
	readonly form: DraftForm<LineFields>;
	trouble: SavingTrouble | 'words' | undefined = $state();
	#saving = $state(false);
	readonly #setup: LineEditingSetup;

	constructor(setup: LineEditingSetup) {
		const { workplace, line, body } = setup;
		this.#setup = setup;
		this.form = new DraftForm({
			keeper: workplace.store,
			...{ key: `minute-edit:${line.entity}`, start: fieldsOfLine(body), seen: line.heads },
			...{ read: lineFieldsKept, now: () => workplace.now() }
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

	/** Whether it is on the disk, or nothing was changed. */
	async save(): Promise<boolean> {
		if (this.#saving) return false;
		const { line, body, workplace } = this.#setup;
		if (!this.form.touched) return true;
		const changed = lineBody(body, $state.snapshot(this.form.value));
		if (!changed) {
			this.trouble = 'words';
			return false;
		}
		const { entity, scope } = line;
		return this.#write((finishedDraft) =>
			workplace.save([{ kind: 'minute', entity, scope, body: changed, seen: this.form.seen }], {
				finishedDraft
			})
		);
	}

	/** Takes the line back, with the reason. Whether that is on the disk. */
	async withdraw(reason: string): Promise<boolean> {
		const { line, workplace } = this.#setup;
		const { entity, scope } = line;
		return this.#write((finishedDraft) =>
			workplace.save([{ kind: 'minute', entity, scope, body: null, reason, seen: this.form.seen }], {
				finishedDraft
			})
		);
	}

	async #write(save: (finishedDraft: string) => Promise<unknown>): Promise<boolean> {
		if (this.#saving) return false;
		this.#saving = true;
		try {
			await this.form.finish(save);
			return true;
		} catch (error) {
			this.trouble = savingTrouble(error);
			return false;
		} finally {
			this.#saving = false;
		}
	}
}
