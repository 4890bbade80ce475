import type { Joined } from '#access/cards-api.ts';
import type { Trouble } from '#access/office-server.ts';
import type { WayIn } from '#app/way-in.ts';

/**
 * Where a phone stands on its way in. `offering`: it has joined, and may have the phone remember it; `failed`: that
 * came to nothing, and it goes in all the same.
 */
export type JoinStep =
	| { readonly step: 'code'; readonly trouble?: Trouble }
	| { readonly step: 'joining' }
	| { readonly step: 'offering'; readonly joined: Joined; readonly failed: boolean }
	| { readonly step: 'entering' };

/** One phone's way in by a card. */
export class Joining {
	readonly #wayIn: WayIn;
	readonly #onEntered: () => void;
	#state: JoinStep = $state.raw({ step: 'code' });

	constructor(wayIn: WayIn, onEntered: () => void) {
		this.#wayIn = wayIn;
		this.#onEntered = onEntered;
	}

	get state(): JoinStep {
		return this.#state;
	}

	/** `dropDraft`: what was typed is of no more use. @throws StoreError */
	async join(code: string, dropDraft: () => Promise<void>): Promise<void> {
		this.#state = { step: 'joining' };
		try {
			const answer = await this.#wayIn.join(code);
			if (answer.outcome !== 'done') {
				this.#state = { step: 'code', trouble: answer };
				return;
			}
			await dropDraft();
			if (await this.#wayIn.offersPasskey()) {
				this.#state = { step: 'offering', joined: answer.value, failed: false };
			} else await this.#enter(answer.value);
		} catch (error) {
			this.#state = { step: 'code' };
			throw error;
		}
	}

	/** Has the phone remember who it is; once that is done, goes in. @throws StoreError */
	async remember(): Promise<void> {
		if (this.#state.step !== 'offering') return;
		const { joined } = this.#state;
		const { outcome } = await this.#wayIn.makePasskey();
		if (outcome === 'done') await this.#enter(joined);
		else this.#state = { step: 'offering', joined, failed: true };
	}

	/** Goes in without. @throws StoreError */
	async skip(): Promise<void> {
		if (this.#state.step === 'offering') await this.#enter(this.#state.joined);
	}

	async #enter(joined: Joined): Promise<void> {
		this.#state = { step: 'entering' };
		await this.#wayIn.enter(joined);
		this.#onEntered();
	}
}
