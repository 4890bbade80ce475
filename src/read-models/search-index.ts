import { entityKey } from '#records/revision.ts';
import type { EntityRef, RevisionSet } from '#records/revision-set.ts';
import type { EntityState } from '#records/state-of.ts';
import { searchDocument, type SearchDocument } from './search-document.ts';
import { isHouseholdIn, searchedKinds, subjectOf, type SubjectKey } from './search-subject.ts';
import { SearchTexts } from './search-texts.ts';
import { folded, termsOf } from './search-words.ts';

/** An entity as it was when its subject was last looked at. A state is another one as soon as something came of it. */
interface Seen extends EntityRef {
	readonly subject: SubjectKey;
	readonly state: EntityState;
	readonly look: number;
}

/** A document with its title folded. */
interface Indexed {
	readonly document: SearchDocument;
	readonly title: string;
}

/** How far the index is behind what is held. */
export interface Catching {
	readonly done: number;
	readonly total: number;
}

/**
 * Finds meetings, conventions, matters, publications and places by any part of their words, in what is held in
 * memory. The same for every order in which records came and went: tests/read-models/search-index.property.test.ts.
 */
export class SearchIndex {
	readonly #texts = new SearchTexts();
	readonly #documents = new Map<number, Indexed>();
	readonly #numbers = new Map<SubjectKey, number>();
	readonly #seen = new Map<string, Seen>();
	readonly #members = new Map<SubjectKey, Map<string, EntityRef>>();
	readonly #stale = new Set<SubjectKey>();
	#looks = 0;

	/** How many documents there are. */
	get size(): number {
		return this.#documents.size;
	}

	/**
	 * Catches up with `records`, doing a little between any two steps, so that a screen stays responsive. Left off and
	 * begun again, it goes on where it was.
	 */
	*follow(records: RevisionSet): Generator<Catching, void> {
		const look = (this.#looks += 1);
		for (const kind of searchedKinds)
			for (const entity of records.entities(kind)) {
				this.#look(kind, entity, records, look);
				yield { done: 0, total: this.#stale.size };
			}
		for (const [key, seen] of this.#seen) if (seen.look < look) this.#forget(key, seen);
		const total = this.#stale.size;
		for (const subject of this.#stale) {
			this.#write(subject, records);
			yield { done: total - this.#stale.size, total };
		}
	}

	/**
	 * The documents that have all words of `query` as a part of their own, the best first: those that are called
	 * what was asked for, then those that have it word for word, then those that have its words apart; of equals the
	 * latest first.
	 */
	find(query: string): readonly SearchDocument[] {
		const terms = termsOf(query);
		if (terms.length === 0) return [];
		return this.#texts
			.having(terms)
			.flatMap((number) => {
				const indexed = this.#documents.get(number);
				return indexed ? [{ ...indexed, rank: this.#rank(number, indexed, terms) }] : [];
			})
			.sort((a, b) => a.rank - b.rank || byDay(a.document, b.document))
			.map(({ document }) => document);
	}

	#look(kind: (typeof searchedKinds)[number], entity: string, records: RevisionSet, look: number): void {
		const key = entityKey(kind, entity);
		const subject = subjectOf(kind, entity);
		if (subject === undefined) return;
		const state = records.state(kind, entity);
		const before = this.#seen.get(key);
		this.#seen.set(key, { kind, entity, subject, state, look });
		if (before?.state === state) return;
		const members = this.#members.get(subject) ?? new Map<string, EntityRef>();
		this.#members.set(subject, members.set(key, { kind, entity }));
		this.#outdate(subject, kind, entity);
	}

	#forget(key: string, { subject, kind, entity }: Seen): void {
		this.#seen.delete(key);
		this.#members.get(subject)?.delete(key);
		this.#outdate(subject, kind, entity);
	}

	#outdate(subject: SubjectKey, kind: string, entity: string): void {
		this.#stale.add(subject);
		if (kind !== 'courtyard') return;
		for (const other of this.#members.keys()) if (isHouseholdIn(other, entity)) this.#stale.add(other);
	}

	#write(subject: SubjectKey, records: RevisionSet): void {
		const number = this.#numbers.get(subject);
		if (number !== undefined) {
			this.#texts.remove(number);
			this.#documents.delete(number);
			this.#numbers.delete(subject);
		}
		const members = [...(this.#members.get(subject)?.values() ?? [])];
		if (members.length === 0) this.#members.delete(subject);
		const document = searchDocument(records, subject, members);
		if (document) {
			const added = this.#texts.add(document.lines.join('\n'));
			this.#documents.set(added, { document, title: folded(document.title ?? '') });
			this.#numbers.set(subject, added);
		}
		this.#stale.delete(subject);
	}

	#rank(number: number, { title }: Indexed, terms: readonly string[]): number {
		const phrase = terms.join(' ');
		if (title.includes(phrase)) return 0;
		if (terms.every((term) => title.includes(term))) return 1;
		const text = this.#texts.text(number);
		if (!text.includes(phrase)) return 4;
		return beginsWord(text, phrase) ? 2 : 3;
	}
}

/** Whether `phrase`, which `text` has, stands somewhere not in the middle of a number or a Latin word: 2号 does in 2号院, not in 12号. */
function beginsWord(text: string, phrase: string): boolean {
	if (!/^[a-z0-9]/.test(phrase)) return true;
	for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1))
		if (!/[a-z0-9]{2}/.test(text.slice(Math.max(0, at - 1), at + 1))) return true;
	return false;
}

function byDay(a: SearchDocument, b: SearchDocument): number {
	const [one, other] = [a.day ?? '', b.day ?? ''];
	if (one !== other) return one < other ? 1 : -1;
	return a.entity < b.entity ? -1 : 1;
}
