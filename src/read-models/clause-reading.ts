import type { Clause } from '#kinds/clause.ts';
import type { Hash } from '#records/hash.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { revisionText, type ClauseLine, type ConventionState } from './convention-state.ts';
import type { Opinion } from './opinions.ts';

/**
 * Whether the household knows the clause as it reads now. `changed`: it was changed since, or two people's changes
 * wait for a choice. `unknown`: what it read is not here, or two people's edits were joined since or before.
 */
export type Reading = 'same' | 'changed' | 'unknown';

/** Whether households know the clauses of one text as they read now; each revision is looked into once. */
export class Readings {
	readonly #records: RevisionSet;
	readonly #state: Pick<ConventionState, 'entity' | 'heads'>;
	readonly #words = new Map<Hash, ReadonlyMap<string, string> | undefined>();

	constructor(records: RevisionSet, state: Pick<ConventionState, 'entity' | 'heads'>) {
		this.#records = records;
		this.#state = state;
	}

	of(opinion: Opinion, line: ClauseLine): Reading {
		if (opinion.status === 'doubtful' || opinion.body.about !== 'clause') return 'unknown';
		const { seen } = opinion.body;
		const read = this.#wordsIn(seen);
		if (!read) return 'unknown';
		if (line.type === 'doubt') return 'changed';
		if (read.get(line.clause.id) === wordsOf(line.clause)) return 'same';
		// No revision holds the joined text; who read one of the heads may have read it joined with the others.
		return line.joinedFrom.length > 0 && this.#state.heads.includes(seen) ? 'unknown' : 'changed';
	}

	#wordsIn(hash: Hash): ReadonlyMap<string, string> | undefined {
		if (this.#words.has(hash)) return this.#words.get(hash);
		const text = revisionText(this.#records, this.#state.entity, hash);
		const words = text && new Map(text.clauses.map((clause) => [clause.id, wordsOf(clause)]));
		this.#words.set(hash, words);
		return words;
	}
}

/** The revision that someone who reads the clause today has read: a head that has it as it stands. */
export function revisionRead(
	records: RevisionSet,
	{ entity, heads, lastChange }: Pick<ConventionState, 'entity' | 'heads' | 'lastChange'>,
	clause: Clause
): Hash {
	const reads = (head: Hash) =>
		revisionText(records, entity, head)?.clauses.some(
			(one) => one.id === clause.id && wordsOf(one) === wordsOf(clause)
		);
	return heads.find(reads) ?? lastChange.hash;
}

/** What a reader reads of a clause: where it stands, and whose suggestion it was, is no other wording. */
function wordsOf({ heading = '', text }: Clause): string {
	return `${heading}\n${text}`;
}
