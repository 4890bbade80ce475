import { SvelteMap } from 'svelte/reactivity';
import { policyOf } from '#kinds/kinds.ts';
import { settle } from '#read-models/settle.ts';
import type { Scope } from '#records/scope.ts';
import type { EntityState } from '#records/state-of.ts';
import { savingTrouble, type SavingTrouble } from './saving-trouble.ts';
import type { Workplace } from './workplace.svelte.ts';

export interface DoubtSettlingSetup {
	readonly workplace: Workplace;
	readonly kind: string;
	readonly entity: string;
	readonly scope: Scope;
	readonly state: EntityState & { readonly status: 'present' };
	/** Said in the record when the withdrawal is chosen. */
	readonly reason: string;
}

/** What two people wrote without seeing each other's, while someone chooses what is right, field by field. */
export class DoubtSettling {
	readonly #setup: DoubtSettlingSetup;
	readonly #choices = new SvelteMap<string, number>();
	#saving = $state(false);
	trouble: SavingTrouble | undefined = $state();

	constructor(setup: DoubtSettlingSetup) {
		this.#setup = setup;
	}

	get saving(): boolean {
		return this.#saving;
	}

	/** Whether every doubt has its answer. */
	get settled(): boolean {
		return this.#settlement.status === 'settled';
	}

	chosen(path: string): number | undefined {
		return this.#choices.get(path);
	}

	choose(path: string, candidate: number): void {
		this.#choices.set(path, candidate);
	}

	/** Writes the choice on top of all heads, once. Whether it is on the disk. */
	async save(): Promise<boolean> {
		const settlement = this.#settlement;
		if (this.#saving || settlement.status === 'open') return false;
		this.#saving = true;
		const { workplace, kind, entity, scope, state, reason } = this.#setup;
		const about = { kind, entity, scope, seen: state.heads };
		const { body } = settlement;
		try {
			await workplace.save([body === null ? { ...about, body, reason } : { ...about, body }]);
			return true;
		} catch (error) {
			this.#saving = false;
			this.trouble = savingTrouble(error);
			return false;
		}
	}

	get #settlement() {
		return settle(this.#setup.state, policyOf(this.#setup.kind), this.#choices);
	}
}
