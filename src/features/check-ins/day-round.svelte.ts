import { SvelteSet } from 'svelte/reactivity';
import type { Workplace } from '#app/workplace.svelte.ts';
import { accountScopes } from '#app/account.ts';
import { checkInOf } from '#kinds/check-in.ts';
import type { Day } from '#kinds/day.ts';
import { roundOf, type CourtyardRound } from '#read-models/round.ts';
import { isScope, type Scope } from '#records/scope.ts';

/** Where the phone remembers the last used courtyard; the browser's local storage. */
export type Memory = Pick<Storage, 'getItem' | 'setItem'>;

/** A check-in that was begun and not saved. */
export interface Unfinished {
	readonly household: Scope;
	readonly day: Day;
}

export interface DayRoundSetup {
	readonly workplace: Workplace;
	readonly memory: Memory;
	readonly today: () => Day;
	/** The courtyard to open, where someone came from it. */
	readonly asked?: string | null;
}

/** The worker's day: the courtyards, which of them is open, what was begun and not finished. */
export class DayRound {
	readonly #setup: DayRoundSetup;
	readonly #courtyards: readonly CourtyardRound[];
	#open: Scope | undefined = $state();
	onlyOpen = $state(false);
	readonly #drafts = new SvelteSet<string>();

	constructor(setup: DayRoundSetup) {
		this.#setup = setup;
		const { workplace, today } = setup;
		const within = accountScopes(workplace.account);
		this.#courtyards = $derived(roundOf(workplace.records, within, today()));
		this.#open = this.#remembered();
	}

	get day(): Day {
		return this.#setup.today();
	}

	get courtyards(): readonly CourtyardRound[] {
		return this.#courtyards;
	}

	get done(): number {
		return this.#courtyards.reduce((sum, { done }) => sum + done, 0);
	}

	get total(): number {
		return this.#courtyards.reduce((sum, { visits }) => sum + visits.length, 0);
	}

	/** The open courtyard: the last one used, or the first where none was used yet. */
	get open(): Scope | undefined {
		const known = this.#courtyards.some(({ courtyard }) => courtyard.scope === this.#open);
		return known ? this.#open : undefined;
	}

	/** Opens a courtyard or closes it; a closed one is still the last used, and open again next time. */
	toggle(courtyard: Scope): void {
		this.#open = this.open === courtyard ? undefined : courtyard;
		this.#setup.memory.setItem(this.#key, courtyard);
	}

	drafted(entity: string): boolean {
		return this.#drafts.has(entity);
	}

	/** Begun on another day and not saved: today's are marked in their rows. */
	get unfinished(): readonly Unfinished[] {
		return [...this.#drafts].flatMap((entity) => {
			const named = checkInOf(entity);
			return named && named.day !== this.day ? [named] : [];
		});
	}

	/** Looks which check-ins were begun and not saved. @throws StoreError */
	async findDrafts(): Promise<void> {
		const drafts = await this.#setup.workplace.store.drafts();
		const entities = drafts.flatMap(({ key }) => (key.startsWith('check-in:') ? key.slice(9) : []));
		this.#drafts.clear();
		for (const entity of entities) this.#drafts.add(entity);
	}

	get #key(): string {
		return `zhonggeng:${this.#setup.workplace.account.name}:courtyard`;
	}

	#remembered(): Scope | undefined {
		const { memory, asked } = this.#setup;
		const value = asked ?? memory.getItem(this.#key);
		const known = this.#courtyards.some(({ courtyard }) => courtyard.scope === value);
		return known && isScope(value) ? value : this.#courtyards[0]?.courtyard.scope;
	}
}
