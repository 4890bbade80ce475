import fc from 'fast-check';
import { expect, test } from 'vitest';
import { conventionPolicy } from '#kinds/convention-policy.ts';
import { checkRecord } from '#kinds/check-record.ts';
import { withAncestors } from '#records/ancestry.ts';
import { canonicalJson } from '#records/canonical-json.ts';
import type { Hash } from '#records/hash.ts';
import type { Revision } from '#records/revision.ts';
import { stateOf, type EntityState } from '#records/state-of.ts';
import { overTheWire } from '../parsed-json.ts';
import { propertyRuns } from '../property-runs.ts';
import { anyEvening, spend, type Evening } from './convention-phones.ts';

/*
 * Three phones, one convention, everything anyone can do to it, in any order, meeting through a server now and then,
 * at times with some records yet to come.
 */

test('in the end every phone has the same convention, and everything anyone wrote is in it, in a doubt, or was taken out by someone who had seen it', () => {
	fc.assert(
		fc.property(anyEvening, (evening) => {
			const end = spend(evening);
			expectOneState(end);
			expect(end.all.filter((revision) => !checkRecord(revision).ok)).toEqual([]);
			const history = new History(end.all);
			const shown = shownIn(end.states[0]);
			for (const [character, by] of end.written)
				if (!shown.includes(character))
					expect(history.tookOut(character, by), `${character} of ${by.hash}`).toBe(true);
			for (const [character, by] of standingIn(end))
				expect(history.leftOut(character, by), `${character} is back`).toBe(false);
		}),
		{ numRuns: propertyRuns }
	);
}, 600_000);

function expectOneState({ all, states }: Evening): void {
	const texts = states.map((state) => canonicalJson(overTheWire(state)));
	const anew = canonicalJson(overTheWire(stateOf(all.toReversed(), conventionPolicy)));
	expect(new Set([...texts, anew]).size).toBe(1);
}

/** All that readers see: the body, and every candidate of every doubt. */
function shownIn(state: EntityState | undefined): string {
	return state?.status === 'present' ? JSON.stringify([state.body, state.doubts]) : '';
}

/** Characters that stand without a doubt, and only ever stood in one place. */
function standingIn({ states, written, carried }: Evening): readonly (readonly [string, Revision])[] {
	const [state] = states;
	if (state?.status !== 'present' || state.doubts.some(({ path }) => path === '')) return [];
	const text = JSON.stringify(state.body);
	return [...written].filter(([character]) => text.includes(character) && !carried.has(character));
}

class History {
	readonly #texts: ReadonlyMap<Hash, string>;
	readonly #before: ReadonlyMap<Hash, ReadonlySet<Hash>>;
	/** What the author of a revision was shown. */
	readonly #shown = new Map<Hash, string>();
	readonly #byHash: ReadonlyMap<Hash, Revision>;

	constructor(all: readonly Revision[]) {
		this.#byHash = new Map(all.map((revision) => [revision.hash, revision]));
		this.#texts = new Map(all.map(({ hash, body }) => [hash, JSON.stringify(body)]));
		this.#before = new Map(all.map(({ hash }) => [hash, withAncestors(this.#byHash, hash)]));
	}

	/** Whether someone who was shown the character took it out. */
	tookOut(character: string, by: Revision): boolean {
		return this.#takers(character, by).length > 0;
	}

	/** Whether someone who was shown the character took it out, and nobody who saw that put it back. */
	leftOut(character: string, by: Revision): boolean {
		const putBack = (taker: Revision) =>
			[...this.#before].some(([hash, before]) => before.has(taker.hash) && this.#has(hash, character));
		return this.#takers(character, by).some((taker) => taker.body !== null && !putBack(taker));
	}

	/** Revisions without the character, on top of a state that showed it. */
	#takers(character: string, by: Revision): readonly Revision[] {
		return [...this.#byHash.values()].filter(({ hash, parents }) => {
			if (hash === by.hash || !this.#before.get(hash)?.has(by.hash) || this.#has(hash, character))
				return false;
			return this.#shownTo(hash, parents).includes(character);
		});
	}

	#shownTo(hash: Hash, parents: readonly Hash[]): string {
		const known = this.#shown.get(hash);
		if (known !== undefined) return known;
		const seen = new Set(parents.flatMap((parent) => [...(this.#before.get(parent) ?? [])]));
		const revisions = [...seen].flatMap((each) => this.#byHash.get(each) ?? []);
		const shown = shownIn(stateOf(revisions, conventionPolicy));
		this.#shown.set(hash, shown);
		return shown;
	}

	#has(hash: Hash, character: string): boolean {
		return this.#texts.get(hash)?.includes(character) ?? false;
	}
}
