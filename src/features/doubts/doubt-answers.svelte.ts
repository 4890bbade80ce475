import * as v from 'valibot';
import { DraftForm } from '#app/draft-form.svelte.ts';
import { savingTrouble, type SavingTrouble } from '#app/saving-trouble.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import { conventionBody } from '#kinds/convention.ts';
import { conventionDoubts, type ConventionDoubt } from '#read-models/convention-doubts.ts';
import { settleConvention, type Settled } from '#read-models/convention-settling.ts';
import { conventionState, type ConventionState } from '#read-models/convention-state.ts';
import { isWhollyRead, type ConventionTrouble } from '#read-models/convention-trouble.ts';
import type { Settlement } from '#read-models/settle.ts';
import type { JsonObject } from '#records/json.ts';
import {
	answerTo,
	emptyDraft,
	readDraft,
	settledBy,
	wordsFor,
	type Answer,
	type DoubtDraft,
	type Words
} from './doubt-draft.ts';

export interface DoubtAnswersSetup {
	readonly workplace: Workplace;
	readonly entity: string;
	/** 8 to 32 of a-z and 0-9, by chance. */
	readonly newId: () => string;
}

/** What became of the doubts since they were first shown. */
export interface DoubtNews {
	/** Doubts that came up since. */
	readonly added: number;
	/** Doubts between other versions than before: to be answered again. */
	readonly changed: number;
	/** Doubts that someone else has settled. */
	readonly gone: number;
}

/** `why`: who withdraws must say why. `too-much`: together the text is longer than a convention may be. */
export type AnswerTrouble = SavingTrouble | ConventionTrouble | 'why' | 'too-much';

/**
 * A convention's doubts while someone answers them: a draft from the first tap, one revision at the end. What
 * arrives meanwhile shows at once, and answers stand for as long as there are the same versions to choose from.
 * Made while a component is set up.
 */
export class DoubtAnswers {
	readonly form: DraftForm<DoubtDraft>;
	readonly #setup: DoubtAnswersSetup;
	readonly #state: ConventionState | undefined;
	readonly #doubts: readonly ConventionDoubt[];
	readonly #shownFirst: DoubtDraft['offered'];
	#saving = $state(false);
	trouble: AnswerTrouble | undefined = $state();

	constructor(setup: DoubtAnswersSetup) {
		const { workplace, entity } = setup;
		this.#setup = setup;
		this.#state = $derived(conventionState(workplace.records, entity));
		this.#doubts = $derived(this.#state ? conventionDoubts(workplace.records, this.#state) : []);
		this.#shownFirst = offeredIn(this.#doubts);
		this.form = new DraftForm({
			keeper: workplace.store,
			key: `convention-doubts:${entity}`,
			start: emptyDraft,
			read: readDraft,
			now: () => workplace.now()
		});
	}

	/** The convention as it stands. Tracked. */
	get state(): ConventionState | undefined {
		return this.#state;
	}

	/** Tracked. */
	get doubts(): readonly ConventionDoubt[] {
		return this.#doubts;
	}

	get saving(): boolean {
		return this.#saving;
	}

	/** How many doubts have an answer. */
	get answered(): number {
		return this.#doubts.filter((doubt) => settledBy(this.form.value, doubt)).length;
	}

	/** Whether there are doubts, and nothing of them is left to be answered. */
	get complete(): boolean {
		return this.#doubts.length > 0 && this.#settlement.status === 'settled';
	}

	/** Whether the answer is to take the convention back. */
	get withdraws(): boolean {
		const settlement = this.#settlement;
		return settlement.status === 'settled' && settlement.body === null;
	}

	get news(): DoubtNews {
		const offered = this.#offered;
		const now = offeredIn(this.#doubts);
		const paths = Object.keys(now);
		return {
			added: paths.filter((path) => offered[path] === undefined).length,
			changed: paths.filter((path) => offered[path] !== undefined && offered[path] !== now[path]).length,
			gone: Object.keys(offered).filter((path) => now[path] === undefined).length
		};
	}

	/** Whether the doubt changed since it was answered, or since it was first shown. */
	changed({ path, key }: ConventionDoubt): boolean {
		const before = this.#offered[path];
		return before !== undefined && before !== key;
	}

	answer(doubt: ConventionDoubt): Answer | undefined {
		return answerTo(this.form.value, doubt);
	}

	words(doubt: ConventionDoubt): Words {
		return wordsFor(this.form.value, doubt);
	}

	choose(doubt: ConventionDoubt, version: string): void {
		this.#answer(doubt, { how: 'version', version });
	}

	/** All versions stay, each a clause: `first` keeps the place, the others come right behind it. */
	keepAll(doubt: ConventionDoubt): void {
		const [first, ...others] = doubt.versions.filter(({ value }) => value !== undefined);
		if (!first) return;
		this.#answer(doubt, { how: 'all', first: first.key, newIds: others.map(() => this.#setup.newId()) });
	}

	/** Takes the words as they stand for the answer. */
	writeAnew(doubt: ConventionDoubt, words: Partial<Words> = {}): void {
		const { value } = this.form;
		const written = { ...wordsFor(value, doubt), ...words };
		this.form.value = { ...value, words: { ...value.words, [doubt.path]: written } };
		this.#answer(doubt, { how: 'anew' });
	}

	set why(why: string) {
		this.form.value = { ...this.form.value, why };
	}

	get why(): string {
		return this.form.value.why;
	}

	/** Writes all answers on top of all heads as one revision, once. Whether it is on the disk. */
	async save(): Promise<boolean> {
		const state = this.#state;
		const settlement = this.#settlement;
		if (this.#saving || !this.complete || !state || settlement.status === 'open') return false;
		const { body } = settlement;
		const reason = this.why.trim();
		this.trouble = body === null ? (reason === '' ? 'why' : undefined) : writingTrouble(body);
		if (this.trouble) return false;
		this.#saving = true;
		const { entity, scope, heads } = state;
		const entry = { kind: 'convention', entity, scope, body, seen: heads, ...(reason !== '' && { reason }) };
		try {
			await this.form.finish((finishedDraft) => this.#setup.workplace.save([entry], { finishedDraft }));
			return true;
		} catch (error) {
			this.trouble = savingTrouble(error);
			return false;
		} finally {
			this.#saving = false;
		}
	}

	/** Puts all answers aside. */
	async discard(): Promise<void> {
		try {
			await this.form.discard();
		} catch (error) {
			this.trouble = savingTrouble(error);
		}
	}

	get #offered(): DoubtDraft['offered'] {
		const { offered } = this.form.value;
		return Object.keys(offered).length > 0 ? offered : this.#shownFirst;
	}

	get #settlement(): Settlement {
		if (!this.#state) return { status: 'open', paths: [] };
		const choices = new Map<string, Settled>();
		for (const doubt of this.#doubts) {
			const choice = settledBy(this.form.value, doubt);
			if (choice) choices.set(doubt.path, choice);
		}
		return settleConvention(this.#state, choices);
	}

	#answer(doubt: ConventionDoubt, answer: Answer): void {
		const { value } = this.form;
		this.trouble = undefined;
		this.form.value = {
			...value,
			offered: { ...this.#offered, [doubt.path]: doubt.key },
			answers: { ...value.answers, [doubt.path]: { to: doubt.key, answer } }
		};
	}
}

function offeredIn(doubts: readonly ConventionDoubt[]): DoubtDraft['offered'] {
	return Object.fromEntries(doubts.map(({ path, key }) => [path, key]));
}

function writingTrouble(body: JsonObject): AnswerTrouble | undefined {
	const { issues } = v.safeParse(conventionBody, body);
	if (!issues) return undefined;
	if (issues.every(({ type }) => type === 'max_length')) return 'too-much';
	return isWhollyRead(body) ? 'refused' : 'later-version';
}
