import type { Scope } from '#records/scope.ts';
import { pushBody, sealedCheckIns } from './sealed-check-ins.ts';

/** Bodies to push, the same for every server, and each once. */
export class FreshBatches {
	readonly #grid: Scope;
	readonly #author: string;
	readonly #size: number;
	readonly #made: Buffer[] = [];
	/** By server, how many it has had. */
	readonly #taken = new Map<string, number>();

	/** @param size records in a batch. */
	constructor(grid: Scope, author: string, size: number) {
		this.#grid = grid;
		this.#author = author;
		this.#size = size;
	}

	/** Those that come next for a server; as many as hold `records` are made at once, the others when asked for. */
	of(server: string, records: number): Generator<Buffer, never> {
		const first = this.#taken.get(server) ?? 0;
		for (let number = first; number < first + records / this.#size; number += 1) this.#batch(number);
		return this.#next(server);
	}

	*#next(server: string): Generator<Buffer, never> {
		for (;;) {
			const number = this.#taken.get(server) ?? 0;
			this.#taken.set(server, number + 1);
			yield this.#batch(number);
		}
	}

	#batch(number: number): Buffer {
		const made = this.#made[number];
		if (made) return made;
		const records = sealedCheckIns(this.#grid, this.#author, number * this.#size, this.#size);
		return (this.#made[number] = pushBody(records));
	}
}
