import * as v from 'valibot';
import { DraftForm } from '#app/draft-form.svelte.ts';
import { savingTrouble, type SavingTrouble } from '#app/saving-trouble.ts';
import type { Entry, Workplace } from '#app/workplace.svelte.ts';
import type { Ballot, InForce } from '#kinds/convention-stage.ts';
import { addDays, dayAt, isDay } from '#kinds/day.ts';
import type { PassRule } from '#kinds/pass-rule.ts';
import { householdsOf } from '#read-models/convention-list.ts';
import type { ConventionState } from '#read-models/convention-state.ts';
import { conventionTrouble, type ConventionTrouble } from '#read-models/convention-trouble.ts';
import type { Hash } from '#records/hash.ts';
import type { Scope } from '#records/scope.ts';

export interface VoteOpeningSetup {
	readonly workplace: Workplace;
	/** As it stands, again whenever it is asked. */
	readonly state: () => ConventionState;
	/** 8 to 32 of a-z and 0-9, by chance. */
	readonly newId: () => string;
}

type OpeningFields = {
	/** A day, or what someone typed instead. */
	readonly closes: string;
};

const kept = v.object({ closes: v.string() });
/** So long a vote is open, unless another last day is chosen. */
const usualDays = 7;

/**
 * Opening a vote: the text as it stands is fixed by its hash, and who may vote by the roster of this moment. Made
 * while a component is set up.
 */
export class VoteOpening {
	readonly form: DraftForm<OpeningFields>;
	trouble: SavingTrouble | ConventionTrouble | 'closes' | 'changed' | undefined = $state();
	#saving = $state(false);
	readonly #setup: VoteOpeningSetup;
	/** The convention as it was when the form, or that it had changed, was shown. */
	#shown: ConventionState;

	constructor(setup: VoteOpeningSetup) {
		const { workplace } = setup;
		this.#setup = setup;
		this.#shown = setup.state();
		this.form = new DraftForm({
			keeper: workplace.store,
			key: `vote-opening:${this.#shown.entity}`,
			start: { closes: addDays(dayAt(workplace.now()), usualDays) },
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

	/** Fixes the text and opens the vote, once: the text that was shown, or none. Whether it is on the disk. */
	async open(rule: PassRule): Promise<boolean> {
		if (this.#saving) return false;
		const { workplace, state, newId } = this.#setup;
		const today = dayAt(workplace.now());
		const { closes } = this.form.value;
		if (!isDay(closes) || closes < today) {
			this.trouble = 'closes';
			return false;
		}
		const now = state();
		if (!sameHeads(now, this.#shown)) {
			this.#shown = now;
			this.trouble = 'changed';
			return false;
		}
		this.trouble = conventionTrouble(now.body, now.body);
		if (this.trouble) return false;
		this.#saving = true;
		try {
			const text = await this.#joined(now);
			const ballot = { id: newId(), text, voters: votersOf(workplace, now), rule, opens: today, closes };
			const entry = opening(now, ballot, text);
			await this.form.finish((finishedDraft) => workplace.save([entry], { finishedDraft }));
			return true;
		} catch (error) {
			this.trouble = savingTrouble(error);
			return false;
		} finally {
			this.#saving = false;
		}
	}

	/** The one revision that has the text; made first where several people's work stands side by side. */
	async #joined({ entity, scope, heads, body }: ConventionState): Promise<Hash> {
		const [only, ...more] = heads;
		if (only !== undefined && more.length === 0) return only;
		const [saved] = await this.#setup.workplace.save([
			{ kind: 'convention', entity, scope, body, seen: heads }
		]);
		if (!saved) throw new Error(`nothing was saved about ${entity}`);
		return saved.hash;
	}
}

function sameHeads(a: ConventionState, b: ConventionState): boolean {
	return a.heads.toSorted().join(' ') === b.heads.toSorted().join(' ');
}

function opening({ entity, scope, body, read }: ConventionState, ballot: Ballot, text: Hash): Entry {
	const inForce: { readonly inForce?: InForce } = read.stage?.inForce ? { inForce: read.stage.inForce } : {};
	const stage = { name: 'voting', ballot: { ...ballot }, ...inForce };
	return { kind: 'convention', entity, scope, body: { ...body, stage }, seen: [text] };
}

/** As paths within the convention's place, sorted. */
function votersOf({ records }: Workplace, state: ConventionState): string[] {
	const path = (household: Scope) => household.slice(state.scope.length + 1);
	return [...new Set(householdsOf(records, state).map(path))].sort();
}
