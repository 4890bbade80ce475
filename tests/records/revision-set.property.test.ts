import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldByField } from '#records/merge-policy.ts';
import { seal } from '#records/revision.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { propertyRuns } from '../property-runs.ts';
import { histories, plainContent } from './histories.ts';

const policy = fieldByField();
const runs = { numRuns: propertyRuns };

describe('Law 1: never edited, never lost', () => {
	it('holds every record it was ever given, as it was given, whatever came after', () => {
		fc.assert(
			fc.property(fc.array(histories, { minLength: 1, maxLength: 3 }), (parts) => {
				const given = JSON.stringify(parts.flat());
				const set = new RevisionSet(() => policy);
				for (const part of parts) {
					set.add(part);
					set.state(plainContent.kind, plainContent.entity);
				}
				for (const revision of parts.flat()) {
					expect(set.revision(revision.kind, revision.entity, revision.hash)).toEqual(revision);
				}
				expect(set.size).toBe(new Set(parts.flat().map(({ hash }) => hash)).size);
				expect(JSON.stringify(parts.flat())).toBe(given);
			}),
			runs
		);
	});
});

describe('Erasure', () => {
	it('taken out, a record leaves the same set as if it had never come', () => {
		fc.assert(
			fc.property(histories, fc.integer({ min: 1, max: 4 }), (history, every) => {
				const gone = history.filter((_, index) => index % every === 0);
				const ids = gone.map(({ _id }) => _id);
				const [set, never] = [new RevisionSet(() => policy), new RevisionSet(() => policy)];
				set.add(history);
				set.state(plainContent.kind, plainContent.entity);
				const changed = set.remove([...ids, ...ids, 'note:never:here']);
				expect(changed).toHaveLength(gone.length > 0 ? 1 : 0);
				never.add(history.filter(({ _id }) => !ids.includes(_id)));
				expect(set.size).toBe(never.size);
				expect([...set.entities(plainContent.kind)]).toEqual([...never.entities(plainContent.kind)]);
				const { kind, entity } = plainContent;
				expect(set.state(kind, entity)).toEqual(never.state(kind, entity));
				set.add(history);
				expect(set.size).toBe(new Set(history.map(({ hash }) => hash)).size);
			}),
			runs
		);
	});
});

describe('Law 5: cost follows the change', () => {
	it('names exactly the entities that have something new, each once', () => {
		const entities = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 12 });
		fc.assert(
			fc.property(entities, entities, (held, arriving) => {
				const set = new RevisionSet(() => policy);
				const record = (number: number) => seal({ ...plainContent, entity: `e${number}` });
				set.add(held.map(record));
				const changed = set.add([...arriving, ...arriving].map(record)).map(({ entity }) => entity);
				expect(changed.sort()).toEqual(
					arriving
						.filter((number) => !held.includes(number))
						.map((number) => `e${number}`)
						.sort()
				);
			}),
			runs
		);
	});

	it('folds again only what changed', () => {
		fc.assert(
			fc.property(fc.integer({ min: 2, max: 40 }), fc.nat(), (entities, which) => {
				const folded: string[] = [];
				const set = new RevisionSet(() => ({
					...policy,
					split: (body) => {
						folded.push(JSON.stringify(body['name']));
						return policy.split(body);
					}
				}));
				const name = (number: number) => `e${number % entities}`;
				const record = (number: number, at: string) =>
					seal({ ...plainContent, entity: name(number), at, body: { name: name(number) } });
				const all = Array.from({ length: entities }, (_, number) => number);
				set.add(all.map((number) => record(number, '2026-11-23T00:00:00.000Z')));
				for (const number of all) set.state('note', name(number));
				folded.length = 0;
				set.add([record(which, '2026-11-23T00:00:01.000Z')]);
				for (const number of all) set.state('note', name(number));
				expect(new Set(folded)).toEqual(new Set([JSON.stringify(name(which))]));
			}),
			runs
		);
	});
});
