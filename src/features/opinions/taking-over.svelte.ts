import { DraftForm } from '#app/draft-form.svelte.ts';
import { savingTrouble, type SavingTrouble } from '#app/saving-trouble.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import type { Clause } from '#kinds/clause.ts';
import { bodyOf, credit, draftFrom, reword } from '#read-models/convention-draft.ts';
import { conventionState, type ConventionState } from '#read-models/convention-state.ts';
import type { Scope } from '#records/scope.ts';

export interface TakingOverSetup {
	readonly workplace: Workplace;
	/** The convention's entity. */
	readonly convention: string;
	readonly clause: string;
	readonly household: Scope;
	/** The wording suggested. */
	readonly words: string;
	/** Said in the record: 采纳4号的建议. */
	readonly reason: string;
}

type Fields = { readonly text: string; readonly reason: string };

/** A household's suggestion on its way into the text, with credit. Made while a component is set up. */
export class TakingOver {
	readonly form: DraftForm<Fields>;
	trouble: SavingTrouble | 'text' | 'unchanged' | 'reason' | undefined = $state();
	readonly #setup: TakingOverSetup;
	#saving = $state(false);

	constructor(setup: TakingOverSetup) {
		const { workplace, convention, clause, household, words, reason } = setup;
		this.#setup = setup;
		this.form = new DraftForm({
			keeper: workplace.store,
			key: `take-over:${convention}:${clause}:${household}`,
			start: { text: words, reason },
			read: (kept) =>
				typeof kept === 'object' &&
				kept &&
				'text' in kept &&
				'reason' in kept &&
				typeof kept.text === 'string' &&
				typeof kept.reason === 'string'
					? { text: kept.text, reason: kept.reason }
					: undefined,
			now: () => workplace.now()
		});
	}

	get saving(): boolean {
		return this.#saving;
	}

	/** The clause as it reads now; undefined while it is in doubt or no longer in the text. */
	get clause(): Clause | undefined {
		return this.#state?.read.clauses.find(({ id }) => id === this.#setup.clause);
	}

	set(fields: Partial<Fields>): void {
		this.form.value = { ...this.form.value, ...fields };
	}

	/** Writes the convention with the clause reworded and the household credited, once. Whether it is on the disk. */
	async save(): Promise<boolean> {
		const { workplace, clause, household } = this.#setup;
		const state = this.#state;
		const { type, stage } = state?.read ?? {};
		const text = this.form.value.text.trim();
		const reason = this.form.value.reason.trim();
		this.trouble = this.#troubleWith(text, reason);
		if (this.#saving || this.trouble || !state || !type || !stage) return false;
		this.#saving = true;
		const draft = credit(reword(draftFrom(state.read), clause, { text }), clause, household);
		const body = { ...bodyOf(draft, { type, stage }) };
		const entry = { kind: 'convention', entity: state.entity, scope: state.scope, seen: state.heads, reason };
		try {
			await this.form.finish((finishedDraft) => workplace.save([{ ...entry, body }], { finishedDraft }));
			return true;
		} catch (error) {
			this.trouble = savingTrouble(error);
			return false;
		} finally {
			this.#saving = false;
		}
	}

	#troubleWith(text: string, reason: string): 'text' | 'unchanged' | 'reason' | undefined {
		if (text === '') return 'text';
		if (text === this.clause?.text) return 'unchanged';
		return reason === '' ? 'reason' : undefined;
	}

	/** Undefined while anything is in doubt: a text saved then would decide it unseen. */
	get #state(): ConventionState | undefined {
		const state = conventionState(this.#setup.workplace.records, this.#setup.convention);
		return state && mayBeReworded(state) ? state : undefined;
	}
}

/** Whether the text can be worked on: nothing is in doubt, and nobody votes on it or lives by it. */
export function mayBeReworded({ doubts, read }: Pick<ConventionState, 'doubts' | 'read'>): boolean {
	const stage = read.stage?.name;
	return doubts.length === 0 && (stage === 'collecting' || stage === 'drafting' || stage === 'deliberating');
}
