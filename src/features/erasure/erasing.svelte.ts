import type { Erasure, ErasureOutlook, ErasureServer } from '#access/erasure-api.ts';
import type { Trouble } from '#access/office-server.ts';
import { Asked } from '#app/asked.svelte.ts';
import type { Scope } from '#records/scope.ts';

export interface ErasingSetup {
	readonly server: ErasureServer;
	readonly household: Scope;
	readonly now: () => Date;
}

const restMs = 1500;

/** The erasure of a household's personal data, looked at, asked for and followed. Made while a component is set up. */
export class Erasing {
	readonly outlook: Asked<ErasureOutlook>;
	readonly erasures: Asked<readonly Erasure[]>;
	readonly #setup: ErasingSetup;
	readonly #own: readonly Erasure[];
	#asking = $state(false);
	/** Why the erasure that was asked for did not begin. */
	trouble: Trouble | undefined = $state.raw();

	constructor(setup: ErasingSetup) {
		const { server, household, now } = setup;
		this.#setup = setup;
		this.outlook = new Asked(() => server.outlook(household), now);
		this.erasures = new Asked(() => server.erasures(), now);
		this.#own = $derived((this.erasures.value ?? []).filter((one) => one.household === household));
		let timer: ReturnType<typeof setTimeout> | undefined;
		$effect(() => {
			// Looked at again after every answer, until it is done.
			void this.erasures.at;
			if (this.working) timer = setTimeout(() => void this.#followUp(), restMs);
			return () => clearTimeout(timer);
		});
	}

	/** The one that is being worked on. */
	get working(): Erasure | undefined {
		return this.#own.find(({ step }) => step !== 'done');
	}

	/** Newest first. */
	get done(): readonly Erasure[] {
		return this.#own.filter(({ step }) => step === 'done');
	}

	get asking(): boolean {
		return this.#asking;
	}

	async look(): Promise<void> {
		await Promise.all([this.outlook.ask(), this.erasures.ask()]);
	}

	/** What came in since is not erased: once this is done, what is left is asked for anew, before it shows. */
	async #followUp(): Promise<void> {
		const answer = await this.#setup.server.erasures();
		if (answer.outcome !== 'done') return this.erasures.ask();
		const works = answer.value.some(
			({ household, step }) => household === this.#setup.household && step !== 'done'
		);
		if (!works) await this.outlook.ask();
		this.erasures.take(answer.value);
	}

	async erase(): Promise<void> {
		if (this.#asking) return;
		this.#asking = true;
		const answer = await this.#setup.server.erase(this.#setup.household);
		this.#asking = false;
		this.trouble = answer.outcome === 'done' ? undefined : answer;
		if (answer.outcome === 'done') this.erasures.take([answer.value, ...(this.erasures.value ?? [])]);
	}
}
