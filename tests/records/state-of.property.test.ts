import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heads, withAncestors } from '#records/ancestry.ts';
import { splitFields } from '#records/fields.ts';
import { canonicalJson } from '#records/canonical-json.ts';
import { sameJson, type Hash } from '#records/hash.ts';
import type { Json } from '#records/json.ts';
import { fieldByField } from '#records/merge-policy.ts';
import { joinSets } from '#records/merge-rules.ts';
import { seal, type Revision } from '#records/revision.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { stateOf, type EntityState } from '#records/state-of.ts';
import { overTheWire } from '../parsed-json.ts';
import { propertyRuns } from '../property-runs.ts';
import { histories, plainContent } from './histories.ts';

const policy = fieldByField({ '/set': joinSets });
const runs = { numRuns: propertyRuns };

function text(state: EntityState): string {
	return canonicalJson(overTheWire(state));
}

function byHash(revisions: readonly Revision[]): ReadonlyMap<Hash, Revision> {
	return new Map(revisions.map((revision) => [revision.hash, revision]));
}

/** A history, some order of it with repeats, and a cut that leaves some of it missing. */
const deliveries = histories.chain((history) =>
	fc.record({
		history: fc.constant(history),
		arrived: fc
			.tuple(
				fc.shuffledSubarray([...history], { minLength: history.length }),
				fc.subarray([...history], { minLength: 0 })
			)
			.map(([all, again]) => [...all, ...again]),
		known: fc.shuffledSubarray([...history])
	})
);

describe('Law 2: state is a function of a set', () => {
	it('gives the same state for every order and repetition of arrival', () => {
		fc.assert(
			fc.property(deliveries, ({ history, arrived }) => {
				expect(text(stateOf(arrived, policy))).toBe(text(stateOf(history, policy)));
				expect(text(stateOf([...history].reverse(), policy))).toBe(text(stateOf(history, policy)));
			}),
			runs
		);
	});

	it('gives the same state however arrival is grouped, and while parents are missing', () => {
		fc.assert(
			fc.property(deliveries, fc.nat(9), ({ arrived, known }, cut) => {
				const grouped = new RevisionSet(() => policy);
				for (const part of [known, arrived.slice(0, cut), known, arrived.slice(cut)]) grouped.add(part);
				const [first] = arrived;
				if (!first) return;
				const { kind, entity } = first;
				expect(text(grouped.state(kind, entity))).toBe(text(stateOf(arrived, policy)));

				const partial = new RevisionSet(() => policy);
				for (const revision of [...known].reverse()) partial.add([revision]);
				expect(text(partial.state(kind, entity))).toBe(text(stateOf(known, policy)));
			}),
			runs
		);
	});

	it('writes nothing while merging', () => {
		fc.assert(
			fc.property(histories, (history) => {
				const before = JSON.stringify(history);
				stateOf(history, policy);
				expect(JSON.stringify(history)).toBe(before);
			}),
			runs
		);
	});
});

/** Everything a state shows of a field: what stands, or the candidates of its doubt. */
function shown(state: EntityState, path: string): readonly (Json | undefined)[] {
	if (state.status !== 'present') return [];
	const doubt = state.doubts.find((each) => each.path === path);
	if (doubt) return doubt.candidates.map(({ value }) => value);
	return [splitFields(state.body).get(path)];
}

describe('Law 3: concurrent work is merged, and doubt is shown', () => {
	it('shows every value of a head, unless somebody else changed the field', () => {
		fc.assert(
			fc.property(histories, (history) => {
				const state = stateOf(history, policy);
				const revisions = byHash(history);
				for (const tip of heads(revisions)) {
					const body = revisions.get(tip)?.body;
					if (!body) continue;
					for (const [path, value] of splitFields(body)) {
						if (path === '/set') continue;
						const stands = shown(state, path).some((each) => sameJson(each, value));
						const replaced = history.some(
							(other) =>
								!withAncestors(revisions, tip).has(other.hash) &&
								other.body !== null &&
								!sameJson(splitFields(other.body).get(path), value)
						);
						expect(stands || replaced, `${path} of ${tip}`).toBe(true);
					}
				}
			}),
			runs
		);
	});

	it('loses no value silently: what no descendant changed is shown', () => {
		fc.assert(
			fc.property(histories, (history) => {
				const state = stateOf(history, policy);
				const revisions = byHash(history);
				for (const revision of history) {
					if (!revision.body) continue;
					const descendants = history.filter(
						(other) => other !== revision && withAncestors(revisions, other.hash).has(revision.hash)
					);
					for (const [path, value] of splitFields(revision.body)) {
						if (path === '/set') continue;
						const kept = descendants.every(
							({ body }) => body !== null && sameJson(splitFields(body).get(path), value)
						);
						const wrote = revision.parents.every(
							(parent) => !sameJson(splitFields(revisions.get(parent)?.body ?? {}).get(path), value)
						);
						if (!kept || !wrote) continue;
						expect(shown(state, path).some((each) => sameJson(each, value))).toBe(true);
					}
				}
			}),
			runs
		);
	});

	it('takes a choice made on all heads as the state, without any doubt', () => {
		fc.assert(
			fc.property(histories, (history) => {
				const state = stateOf(history, policy);
				if (state.status === 'unknown') return;
				const body = { a: 'chosen', c: { d: 'chosen too' } };
				const choice = seal({ ...plainContent, parents: state.heads, at: '2026-11-24T00:00:00.000Z', body });
				const after = stateOf([...history, choice], policy);
				expect(after).toMatchObject({ status: 'present', heads: [choice.hash], body, doubts: [] });
			}),
			runs
		);
	});

	it('names at least two candidates for every doubt, each by revisions that are there', () => {
		fc.assert(
			fc.property(histories, (history) => {
				const state = stateOf(history, policy);
				if (state.status !== 'present') return;
				for (const { candidates } of state.doubts) {
					expect(candidates.length).toBeGreaterThan(1);
					for (const { by } of candidates) {
						for (const hash of by) expect(byHash(history).has(hash)).toBe(true);
					}
				}
			}),
			runs
		);
	});
});
