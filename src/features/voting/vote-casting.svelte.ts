import * as v from 'valibot';
import { DraftForm } from '#app/draft-form.svelte.ts';
import { hasRoom } from '#app/signature-strokes.ts';
import { savingTrouble, type SavingTrouble } from '#app/saving-trouble.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import type { Ballot } from '#kinds/convention-stage.ts';
import { dayAt } from '#kinds/day.ts';
import { signatureBody } from '#kinds/signature.ts';
import { voteChoices, voteEntity, type VoteChoice } from '#kinds/vote.ts';
import type { Scope } from '#records/scope.ts';
import { headsOf } from '#records/state-of.ts';
import { voteDraftKey } from './vote-draft-key.ts';

export type VoteFields = {
	readonly choice: VoteChoice | '';
	readonly signature: readonly (readonly number[])[];
};

export interface VoteCastingSetup {
	readonly workplace: Workplace;
	/** The convention's id. */
	readonly convention: string;
	readonly ballot: Ballot;
	readonly household: Scope;
}

const empty: VoteFields = { choice: '', signature: [] };
const kept = v.object({
	choice: v.picklist([...voteChoices, '']),
	signature: v.union([signatureBody, v.pipe(v.array(v.array(v.number())), v.length(0))])
});

/**
 * One household's vote, from the opening of its sheet until it is saved; strokes are kept as they are drawn. It
 * replaces the votes that were seen then: one that comes in meanwhile stays beside it. Made while a component is
 * set up.
 */
export class VoteCasting {
	readonly form: DraftForm<VoteFields>;
	trouble: SavingTrouble | 'choice' | 'closed' | undefined = $state();
	readonly entity: string;
	#saving = $state(false);
	readonly #setup: VoteCastingSetup;

	constructor(setup: VoteCastingSetup) {
		const { workplace, convention, ballot, household } = setup;
		this.#setup = setup;
		this.entity = voteEntity(household, convention, ballot.id);
		this.form = new DraftForm({
			keeper: workplace.store,
			key: voteDraftKey(convention, ballot.id, household),
			start: empty,
			read: (value) => {
				const parsed = v.safeParse(kept, value);
				return parsed.success ? parsed.output : undefined;
			},
			now: () => workplace.now(),
			seen: headsOf(workplace.records.state('vote', this.entity))
		});
	}

	get saving(): boolean {
		return this.#saving;
	}

	/** Whether one more stroke fits. */
	get hasRoom(): boolean {
		return hasRoom(this.form.value.signature);
	}

	choose(choice: VoteChoice): void {
		this.trouble = undefined;
		this.form.value = { ...this.form.value, choice };
	}

	sign(stroke: readonly number[]): void {
		const { signature } = this.form.value;
		if (this.hasRoom) this.form.value = { ...this.form.value, signature: [...signature, stroke] };
	}

	undoStroke(): void {
		const { signature } = this.form.value;
		this.form.value = { ...this.form.value, signature: signature.slice(0, -1) };
	}

	clearSignature(): void {
		this.form.value = { ...this.form.value, signature: [] };
	}

	/** Writes one record, however often it is tapped. What was recorded, once it is on the disk. */
	async save(): Promise<VoteChoice | undefined> {
		if (this.#saving) return undefined;
		const { workplace, ballot, household } = this.#setup;
		const { choice, signature } = $state.snapshot(this.form.value);
		if (choice === '') this.trouble = 'choice';
		else if (dayAt(workplace.now()) > ballot.closes) this.trouble = 'closed';
		else {
			this.#saving = true;
			this.trouble = undefined;
			const body = { choice, text: ballot.text, ...(signature.length > 0 && { signature }) };
			const entry = { kind: 'vote', entity: this.entity, scope: household, body, seen: this.form.seen };
			try {
				await this.form.finish((finishedDraft) => workplace.save([entry], { finishedDraft }));
				return choice;
			} catch (error) {
				this.trouble = savingTrouble(error);
			} finally {
				this.#saving = false;
			}
		}
		return undefined;
	}
}
