import MiniSearch from 'minisearch';
import { policyOf } from '#kinds/kinds.ts';
import { searchDocument } from '#read-models/search-document.ts';
import { SearchIndex } from '#read-models/search-index.ts';
import { searchedKinds, subjectOf } from '#read-models/search-subject.ts';
import { SearchTexts } from '#read-models/search-texts.ts';
import { folded, pairsIn, termsOf } from '#read-models/search-words.ts';
import { RevisionSet, type EntityRef } from '#records/revision-set.ts';
import { searchRecords } from './search-records.ts';

/**
 * Ways to find the same documents. `app`: with their ranking, as the screen has them. `pairs`: the app's way without
 * it. `scan`: the least there is to do, in texts folded before; `folding`: in texts as they are. And a library's.
 */
export type Finder = 'app' | 'pairs' | 'scan' | 'scan, folding' | 'MiniSearch';

export const queries = [
	'垃圾分类',
	'沙发',
	'停车位',
	'灯',
	'居民4003',
	'3号',
	'轮椅 扶手',
	'大熊猫'
] as const;

/** What is searched, prepared once. */
export class SearchBench {
	readonly #records = new RevisionSet(policyOf);
	readonly #index = new SearchIndex();
	readonly #pairs = new SearchTexts();
	#texts: readonly string[] = [];
	#plain: readonly string[] = [];
	readonly #library = new MiniSearch<{ id: number; text: string }>({
		fields: ['text'],
		tokenize: (text) => [...pairsIn(text), ...text],
		processTerm: (term) => term,
		autoVacuum: false
	});

	/** Records held, with each entity's state folded, as on a device on which lists were looked at. */
	hold(documents: number): number {
		this.#records.add(searchRecords(documents));
		for (const kind of this.#records.kinds())
			for (const entity of this.#records.entities(kind)) this.#records.state(kind, entity);
		return this.#records.size;
	}

	/** Milliseconds to take in what is new, the longest of its steps, and how many documents there are. */
	follow(): { readonly all: number; readonly longest: number; readonly size: number } {
		const began = performance.now();
		let longest = 0;
		let last = began;
		const steps = this.#index.follow(this.#records);
		while (!steps.next().done) {
			const now = performance.now();
			longest = Math.max(longest, now - last);
			last = now;
		}
		return { all: performance.now() - began, longest, size: this.#index.size };
	}

	/** The texts that the others look through: those of the documents. */
	takeTexts(): number {
		const members = new Map<string, EntityRef[]>();
		for (const kind of searchedKinds)
			for (const entity of this.#records.entities(kind)) {
				const subject = subjectOf(kind, entity);
				if (subject !== undefined) members.set(subject, [...(members.get(subject) ?? []), { kind, entity }]);
			}
		this.#texts = [...members].map(
			([subject, of]) => searchDocument(this.#records, subject, of)?.lines.join('\n') ?? ''
		);
		this.#plain = this.#texts.map(folded);
		for (const text of this.#plain) this.#pairs.add(text);
		return this.#texts.reduce((sum, { length }) => sum + length, 0);
	}

	/** Milliseconds in which the library takes in the same texts. */
	fillLibrary(): number {
		const began = performance.now();
		this.#library.addAll(this.#plain.map((text, id) => ({ id, text })));
		return performance.now() - began;
	}

	/** Milliseconds, and how many were found. */
	find(finder: Finder, query: string): { readonly ms: number; readonly count: number } {
		const began = performance.now();
		const count = this.#count(finder, query);
		return { ms: performance.now() - began, count };
	}

	#count(finder: Finder, query: string): number {
		if (finder === 'app') return this.#index.find(query).length;
		const terms = termsOf(query);
		if (finder === 'pairs') return this.#pairs.having(terms).length;
		const has = (text: string) => terms.every((term) => text.includes(term));
		if (finder === 'scan') return this.#plain.filter(has).length;
		if (finder === 'scan, folding') return this.#texts.filter((text) => has(folded(text))).length;
		const asked = terms.flatMap((term) => ([...term].length === 1 ? [term] : [...pairsIn(term)]));
		const answer = this.#library.search(
			{ combineWith: 'AND', queries: asked },
			{ tokenize: (term) => [term] }
		);
		return answer.map(({ id }) => Number(id)).filter((id) => has(this.#plain[id] ?? '')).length;
	}
}
