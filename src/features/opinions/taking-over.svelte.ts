import { DraftForm } from '#app/draft-form.svelte.ts';
import { savingTrouble, type SavingTrouble } from '#app/saving-trouble.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import type { Clause } from '#kinds/clause.ts';
import { readConvention, type ConventionRead } from '#kinds/convention.ts';
import { conventionPolicy } from '#kinds/convention-policy.ts';
import { asLine, asText } from '#kinds/text.ts';
import { bodyOf, credit, draftFrom, reword } from '#read-models/convention-draft.ts';
import { conventionState, type ConventionState } from '#read-models/convention-state.ts';
import type { Written } from '#read-models/written.ts';
import { conventionTrouble, isWhollyRead, type ConventionTrouble } from '#read-models/convention-trouble.ts';
import { stateAsSeen } from '#read-models/state-as-seen.ts';
import { sameJson } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
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

/** The convention as its author saw it when the draft was begun. */
interface AsSeen {
	readonly state: ConventionState;
	readonly body: JsonObject;
	readonly read: ConventionRead;
}

/**
 * A household's suggestion on its way into the text, with credit. The heads that were seen when the draft was begun
 * are its parents: what others wrote meanwhile is joined with it, or in doubt. Made while a component is set up.
 */
export class TakingOver {
	readonly form: DraftForm<Fields>;
	trouble: SavingTrouble | ConventionTrouble | 'text' | 'unchanged' | 'reason' | undefined = $state();
	readonly #setup: TakingOverSetup;
	#saving = $state(false);

	constructor(setup: TakingOverSetup) {
		const { workplace, convention, clause, household, words, reason } = setup;
		this.#setup = setup;
		this.form = new DraftForm({
			keeper: workplace.store,
			key: `take-over:${convention}:${clause}:${household}`,
			start: { text: words, reason },
			seen: conventionState(workplace.records, convention)?.heads ?? [],
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

	/** The clause as its author saw it; undefined while anything is in doubt or the text cannot be changed. */
	get clause(): Clause | undefined {
		return this.#seen?.read.clauses.find(({ id }) => id === this.#setup.clause);
	}

	/** The clause reads so already: the household is credited, and nothing else changes. */
	get creditsOnly(): boolean {
		const text = asText(this.form.value.text);
		return text === this.clause?.text && this.#mayCredit(text);
	}

	/** Who last changed the text since the draft was begun; undefined while it stands as it was seen. */
	get newer(): Written | undefined {
		const state = this.#seen?.state;
		return state && !sameJson(this.form.seen, state.heads) ? state.lastChange : undefined;
	}

	set(fields: Partial<Fields>): void {
		this.form.value = { ...this.form.value, ...fields };
	}

	/** Writes the convention with the clause reworded and the household credited, once. Whether it is on the disk. */
	async save(): Promise<boolean> {
		const { workplace, clause, household } = this.#setup;
		const seen = this.#seen;
		const { type, stage } = seen?.read ?? {};
		const text = asText(this.form.value.text);
		const reason = asLine(this.form.value.reason);
		if (this.#saving) return false;
		this.trouble = this.#troubleWith(text, reason);
		if (this.trouble || !seen || !this.clause || !type || !stage) return false;
		const draft = credit(reword(draftFrom(seen.read), clause, { text }), clause, household);
		const body = { ...bodyOf(draft, { type, stage }) };
		this.trouble = conventionTrouble(seen.body, body);
		if (this.trouble) return false;
		this.#saving = true;
		const { entity, scope } = seen.state;
		const entry = { kind: 'convention', entity, scope, seen: this.form.seen, reason };
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
		if (text === this.clause?.text && !this.#mayCredit(text)) return 'unchanged';
		return reason === '' ? 'reason' : undefined;
	}

	/** Another household suggested the same before: its wording is in the text, and both are credited. */
	#mayCredit(text: string): boolean {
		const { household, words } = this.#setup;
		const credits = this.clause?.credits ?? [];
		return !credits.includes(household) && (credits.length > 0 || asText(words) === text);
	}

	/** Undefined while anything is in doubt: what is asked about it comes first. */
	get #seen(): AsSeen | undefined {
		const { workplace, convention } = this.#setup;
		const state = conventionState(workplace.records, convention);
		if (!state || !mayBeReworded(state)) return undefined;
		const before = stateAsSeen(
			workplace.records.state('convention', convention),
			workplace.records.revisions('convention', convention),
			this.form.seen,
			conventionPolicy
		);
		return before.status === 'present'
			? { state, body: before.body, read: readConvention(before.body) }
			: undefined;
	}
}

/** Whether the text can be worked on: all of it is read, nothing is in doubt, nobody votes on it or lives by it. */
export function mayBeReworded({
	doubts,
	body,
	read
}: Pick<ConventionState, 'doubts' | 'body' | 'read'>): boolean {
	const stage = read.stage?.name;
	return (
		doubts.length === 0 &&
		isWhollyRead(body) &&
		(stage === 'collecting' || stage === 'drafting' || stage === 'deliberating')
	);
}
