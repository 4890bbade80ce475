import { SvelteSet } from 'svelte/reactivity';
import { mayWrite } from '#access/rights.ts';
import { accountGrants, accountHouseholds, homeOf } from '#app/account.ts';
import type { SpokenText } from '#app/spoken-clause.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import { conventionOpinions, type ConventionOpinions } from '#read-models/convention-opinions.ts';
import { householdsOf } from '#read-models/convention-list.ts';
import { conventionState, type ClauseLine, type ConventionState } from '#read-models/convention-state.ts';
import { frozenText } from '#read-models/convention-texts.ts';
import { aboutOf, OpinionReader, type Opinion } from '#read-models/opinions.ts';
import { isWithin, type Scope } from '#records/scope.ts';
import { askedAt, isAsked, type AskedNow } from './asked-now.ts';
import { progressIn, type Progress } from './household-progress.ts';

export interface OpinionDeskSetup {
	readonly workplace: Workplace;
	readonly entity: string;
	/** Where the phone remembers the household last asked; the browser's local storage. */
	readonly memory: Pick<Storage, 'getItem' | 'setItem'>;
}

/** A convention and what its households say of it, as one account sees it: whose opinion is taken, who comes next. */
export class OpinionDesk {
	/** A resident, who speaks for their own household. */
	readonly own: boolean;
	readonly #setup: OpinionDeskSetup;
	readonly #state: ConventionState | undefined;
	readonly #everyone: readonly Scope[];
	readonly #households: readonly Scope[];
	readonly #opinions: ConventionOpinions | undefined;
	readonly #progress: ReadonlyMap<Scope, Progress>;
	readonly #drafts = new SvelteSet<string>();
	#chosen: string | undefined = $state();

	constructor(setup: OpinionDeskSetup) {
		const { workplace, entity, memory } = setup;
		const { account } = workplace;
		const reader = new OpinionReader();
		this.#setup = setup;
		this.own = homeOf(account) === 'resident';
		this.#state = $derived(conventionState(workplace.records, entity));
		this.#everyone = $derived(this.#state ? householdsOf(workplace.records, this.#state) : []);
		this.#households = $derived(this.#writableHouseholds());
		this.#opinions = $derived(
			this.#state &&
				conventionOpinions(
					workplace.records,
					this.#state,
					this.own ? this.#households : this.#everyone,
					reader
				)
		);
		this.#progress = $derived(
			this.#opinions ? progressIn(this.#opinions, this.asked) : new Map<Scope, Progress>()
		);
		this.#chosen = memory.getItem(this.#key) ?? undefined;
	}

	get state(): ConventionState | undefined {
		return this.#state;
	}

	get opinions(): ConventionOpinions | undefined {
		return this.#opinions;
	}

	get asked(): AskedNow {
		return askedAt(this.#state?.read.stage?.name);
	}

	/** The text that is being spoken of: the frozen one once it is voted on, posted or in force. */
	get text(): SpokenText | undefined {
		const state = this.#state;
		const frozen = state && frozenText(this.#setup.workplace.records, state)?.read;
		if (!frozen) return state && { ...state.read, lines: state.lines };
		const lines = frozen.clauses.map((clause): ClauseLine => ({ type: 'clause', clause, joinedFrom: [] }));
		return { ...frozen, lines };
	}

	/** Those for whom this account writes opinions down, in the order of their doors. */
	get households(): readonly Scope[] {
		return this.#households;
	}

	/** How many were asked, at least something. */
	get done(): number {
		return this.#households.filter((household) => this.progress(household) !== 'none').length;
	}

	progress(household: Scope): Progress {
		return this.#progress.get(household) ?? 'none';
	}

	/** Whose opinion is taken: the household last chosen here, else the first that has not been asked. */
	get household(): Scope | undefined {
		const known = this.#households.find((household) => household === this.#chosen);
		return known ?? this.#households.find((one) => this.progress(one) === 'none') ?? this.#households[0];
	}

	choose(household: Scope): void {
		this.#chosen = household;
		this.#setup.memory.setItem(this.#key, household);
	}

	/** The next door with something left to ask, else the next door; undefined where there is no other. */
	get next(): Scope | undefined {
		const at = this.#households.findIndex((household) => household === this.household);
		const others = [...this.#households.slice(at + 1), ...this.#households.slice(0, Math.max(0, at))];
		return others.find((household) => this.progress(household) !== 'all') ?? others[0];
	}

	/** What the household chosen has said, by topic. */
	get said(): ReadonlyMap<string, Opinion> {
		const all = this.#opinions;
		const lists = all
			? [...all.clauses.map(({ entries }) => entries), all.wishes, all.objections, all.late]
			: [];
		const its = [...lists.flat(), ...(all?.ratings?.entries ?? [])].filter(
			({ household }) => household === this.household
		);
		return new Map(its.map((opinion) => [opinion.topic, opinion]));
	}

	/** What the household chosen has said and cannot change at this stage; of a clause no longer in the text too. */
	get earlier(): readonly Opinion[] {
		const inText = new Set(this.#opinions?.clauses.flatMap(({ id, line }) => (line ? [id] : [])));
		return [...this.said.values()].filter((opinion) => {
			const about = aboutOf(opinion);
			return !isAsked(this.asked, about) || (about === 'clause' && !inText.has(opinion.topic));
		});
	}

	/** Whether words were begun under this draft's name and not saved. */
	drafted(draft: string): boolean {
		return this.#drafts.has(draft);
	}

	/** Looks what was begun and not saved. @throws StoreError */
	async findDrafts(): Promise<void> {
		const drafts = await this.#setup.workplace.store.drafts();
		this.#drafts.clear();
		for (const { key } of drafts) if (key.startsWith('opinion:')) this.#drafts.add(key);
	}

	get #key(): string {
		return `zhonggeng:${this.#setup.workplace.account.name}:opinions:${this.#setup.entity}`;
	}

	#writableHouseholds(): readonly Scope[] {
		const { account } = this.#setup.workplace;
		const { scope, read } = this.#state ?? {};
		if (!this.own) {
			const grants = accountGrants(account);
			return this.#everyone.filter((household) => mayWrite(grants, 'opinion', household));
		}
		// The roster's entry of one's own household may not have arrived yet.
		const places = read?.courtyards ?? (scope ? [scope] : []);
		return accountHouseholds(account).filter((household) =>
			places.some((place) => isWithin(household, place))
		);
	}
}
