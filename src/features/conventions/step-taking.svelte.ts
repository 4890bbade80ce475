import * as v from 'valibot';
import { DraftForm } from '#app/draft-form.svelte.ts';
import { savingTrouble, type SavingTrouble } from '#app/saving-trouble.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import type { Stage } from '#kinds/convention-stage.ts';
import type { Day } from '#kinds/day.ts';
import { shortText } from '#kinds/text.ts';
import { stageAfter, type Move, type MoveName } from '#read-models/convention-moves.ts';
import type { ConventionState } from '#read-models/convention-state.ts';
import { conventionTrouble, type ConventionTrouble } from '#read-models/convention-trouble.ts';
import type { JsonObject } from '#records/json.ts';

/** A move, or the withdrawal of the whole. */
export type Step = Pick<Move, 'name' | 'because'> | { readonly name: 'withdraw'; readonly because: true };

export interface StepTakingSetup {
	readonly workplace: Workplace;
	/** As it stood when it was asked whether to take the step. */
	readonly convention: ConventionState;
	readonly step: Step;
	readonly today: Day;
	/** What stands in the line why before anyone typed. */
	readonly because?: string | undefined;
}

const kept = v.object({ because: v.string() });

/**
 * Taking a step, with the line why where there must be one. It is written on top of the heads that were seen when
 * it was asked: a step that someone else took meanwhile is not overwritten. Made while a component is set up.
 */
export class StepTaking {
	readonly form: DraftForm<{ readonly because: string }>;
	trouble: SavingTrouble | ConventionTrouble | 'because' | undefined = $state();
	#saving = $state(false);
	readonly #setup: StepTakingSetup;

	constructor(setup: StepTakingSetup) {
		const { workplace, convention, step, because = '' } = setup;
		this.#setup = setup;
		this.form = new DraftForm({
			keeper: workplace.store,
			key: `convention-step:${convention.entity}:${step.name}`,
			start: { because },
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

	/** Writes the step, once. Whether it is on the disk. */
	async take(): Promise<boolean> {
		if (this.#saving) return false;
		const because = v.safeParse(shortText, this.form.value.because.replaceAll(/[\s\p{Cc}]+/gu, ' '));
		if (this.#setup.step.because && !because.success) {
			this.trouble = 'because';
			return false;
		}
		const reason = this.#setup.step.because && because.success ? because.output : undefined;
		const body = this.#body(reason ?? '');
		this.trouble = body ? conventionTrouble(this.#setup.convention.body, body) : undefined;
		if (this.trouble) return false;
		this.#saving = true;
		const { workplace, convention } = this.#setup;
		const { entity, scope, heads: seen } = convention;
		const about = { kind: 'convention', entity, scope, seen, ...(reason !== undefined && { reason }) };
		try {
			await this.form.finish((finishedDraft) => workplace.save([{ ...about, body }], { finishedDraft }));
			return true;
		} catch (error) {
			this.trouble = savingTrouble(error);
			return false;
		} finally {
			this.#saving = false;
		}
	}

	/** The next version starts from the one in force, whatever was changed beside it since; that stays in the history. */
	#textFor(step: MoveName, { inForce }: Stage): JsonObject {
		const { convention, workplace } = this.#setup;
		const adopted =
			step === 'start-next' && inForce
				? workplace.records.revision('convention', convention.entity, inForce.ballot.text)?.body
				: undefined;
		return adopted ?? convention.body;
	}

	#body(because: string): JsonObject | null {
		const { convention, step, today } = this.#setup;
		if (step.name === 'withdraw') return null;
		const { stage } = convention.read;
		if (!stage) throw new RangeError(`${convention.entity} has no stage to move on from`);
		const next = stageAfter(stage, step.name, today, because);
		return { ...this.#textFor(step.name, stage), stage: next };
	}
}
