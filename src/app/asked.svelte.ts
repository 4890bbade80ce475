import type { Answer, Trouble } from '#access/office-server.ts';

/**
 * What only the server can tell, as it last told it. A question that goes unanswered leaves the last answer standing,
 * with its time; nothing is kept on the device.
 */
export class Asked<Value> {
	readonly #ask: () => Promise<Answer<Value>>;
	readonly #now: () => Date;
	#last: { readonly value: Value; readonly at: Date } | undefined = $state.raw();
	#trouble: Trouble | undefined = $state.raw();
	#asking = $state(0);

	constructor(ask: () => Promise<Answer<Value>>, now: () => Date) {
		this.#ask = ask;
		this.#now = now;
	}

	/** The last answer. Tracked. */
	get value(): Value | undefined {
		return this.#last?.value;
	}

	/** When the last answer came. Tracked. */
	get at(): Date | undefined {
		return this.#last?.at;
	}

	/** Why the last question went unanswered. Tracked. */
	get trouble(): Trouble | undefined {
		return this.#trouble;
	}

	get asking(): boolean {
		return this.#asking > 0;
	}

	async ask(): Promise<void> {
		this.#asking += 1;
		const answer = await this.#ask();
		this.#asking -= 1;
		if (answer.outcome === 'done') this.take(answer.value);
		else this.#trouble = answer;
	}

	/** Takes what the server told in answer to something else: the account it has just changed. */
	take(value: Value): void {
		this.#last = { value, at: this.#now() };
		this.#trouble = undefined;
	}
}
