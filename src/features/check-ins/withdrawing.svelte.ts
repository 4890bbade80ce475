import { DraftForm } from '#app/draft-form.svelte.ts';
import { savingTrouble } from '#app/saving-trouble.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import type { Scope } from '#records/scope.ts';
import { headsOf } from '#records/state-of.ts';
import type { Trouble } from './trouble.ts';

export interface WithdrawingSetup {
	readonly workplace: Workplace;
	readonly entity: string;
	readonly household: Scope;
}

/** Taking back a check-in, with the reason that the record keeps. Made while a component is set up. */
export class Withdrawing {
	readonly form: DraftForm<{ readonly reason: string }>;
	readonly #setup: WithdrawingSetup;
	#saving = $state(false);
	trouble: Trouble | 'reason' | undefined = $state();

	constructor(setup: WithdrawingSetup) {
		const { workplace, entity } = setup;
		this.#setup = setup;
		this.form = new DraftForm({
			keeper: workplace.store,
			key: `withdraw:${entity}`,
			start: { reason: '' },
			read: (kept) =>
				typeof kept === 'object' && kept && 'reason' in kept && typeof kept.reason === 'string'
					? { reason: kept.reason }
					: undefined,
			now: () => workplace.now(),
			seen: headsOf(workplace.records.state('check-in', entity))
		});
	}

	get saving(): boolean {
		return this.#saving;
	}

	/** Writes the withdrawal, once. Whether it is on the disk. */
	async withdraw(): Promise<boolean> {
		const reason = this.form.value.reason.trim();
		if (this.#saving) return false;
		if (reason === '') {
			this.trouble = 'reason';
			return false;
		}
		this.#saving = true;
		const { workplace, entity, household } = this.#setup;
		const entry = {
			kind: 'check-in',
			entity,
			scope: household,
			body: null,
			reason,
			seen: this.form.seen
		};
		try {
			await this.form.finish((finishedDraft) => workplace.save([entry], { finishedDraft }));
			return true;
		} catch (error) {
			this.#saving = false;
			this.trouble = savingTrouble(error);
			return false;
		}
	}
}
