import { untrack } from 'svelte';

/**
 * A live source that is looked at anew at most once in `restMs`: a first exchange brings thousands
 * of records in many batches, and a report over all of them is not free. Made while a component is
 * set up; reading `value` inside a component or `$derived` follows it.
 */
export class Paced<Value> {
	readonly #read: () => Value;
	#looked = $state(0);

	constructor(read: () => Value, restMs: number) {
		this.#read = read;
		let timer: ReturnType<typeof setTimeout> | undefined;
		// The outside source is followed here alone, so that its every change does not reach the report.
		$effect(() => {
			read();
			timer ??= setTimeout(() => {
				timer = undefined;
				this.#looked += 1;
			}, restMs);
		});
		$effect(() => () => clearTimeout(timer));
	}

	get value(): Value {
		void this.#looked;
		return untrack(this.#read);
	}
}
