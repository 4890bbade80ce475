import { folded, pairsIn } from './search-words.ts';

/**
 * Texts in which any part can be found. Of each pair of characters it knows which texts have it, so that only the
 * texts with the rarest pair of a query are looked through; what is found always has the words themselves, not
 * their pairs alone. A text taken out leaves nothing behind.
 */
export class SearchTexts {
	/** Folded, by their numbers. */
	readonly #texts = new Map<number, string>();
	/** The numbers of the texts that have a pair, ascending: a number is given once. */
	readonly #having = new Map<string, number[]>();
	#last = 0;

	/** Returns the number by which the text is known here. */
	add(text: string): number {
		const number = (this.#last += 1);
		const plain = folded(text);
		this.#texts.set(number, plain);
		for (const pair of pairsIn(plain)) {
			const having = this.#having.get(pair);
			if (having) having.push(number);
			else this.#having.set(pair, [number]);
		}
		return number;
	}

	remove(number: number): void {
		for (const pair of pairsIn(this.#texts.get(number) ?? '')) {
			const having = this.#having.get(pair) ?? [];
			const at = indexIn(having, number);
			if (having[at] === number) having.splice(at, 1);
			if (having.length === 0) this.#having.delete(pair);
		}
		this.#texts.delete(number);
	}

	/** The texts in which each of `terms`, which are folded and not empty, stands. */
	having(terms: readonly string[]): readonly number[] {
		const lists = terms.flatMap((term) => [...pairsIn(term)]).map((pair) => this.#having.get(pair) ?? []);
		// A query of single characters has no pair: then all texts are looked through.
		const [first = [...this.#texts.keys()], ...others] = lists;
		const rarest = others.reduce((least, list) => (list.length < least.length ? list : least), first);
		return rarest.filter((number) => this.#hasAll(number, terms));
	}

	/** The folded text. */
	text(number: number): string {
		return this.#texts.get(number) ?? '';
	}

	#hasAll(number: number, terms: readonly string[]): boolean {
		const text = this.text(number);
		return terms.every((term) => text.includes(term));
	}
}

/** Where `number` stands in a list that ascends, or would. */
function indexIn(list: readonly number[], number: number): number {
	let [from, to] = [0, list.length];
	while (from < to) {
		const middle = (from + to) >>> 1;
		if ((list[middle] ?? Infinity) < number) from = middle + 1;
		else to = middle;
	}
	return from;
}
