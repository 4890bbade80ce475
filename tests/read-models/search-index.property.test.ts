import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { matterEntity } from '#kinds/matter.ts';
import { progressEntity } from '#kinds/progress.ts';
import { SearchIndex } from '#read-models/search-index.ts';
import { folded, termsOf } from '#read-models/search-words.ts';
import type { JsonObject } from '#records/json.ts';
import type { Revision } from '#records/revision.ts';
import { foldRuns } from '../property-runs.ts';
import {
	agenda,
	councilRecord,
	courtyard,
	holding,
	household,
	lineRecord,
	meetingId,
	openMeeting,
	said,
	written
} from './meeting-records.ts';

const unit = fc.constantFrom(...'灯坏了三条院１2ａA， ');
const words = fc.string({ unit, minLength: 1, maxLength: 12 });

/** First records of two meetings, of lines of one of them, of two matters and of how one goes on. */
const record: fc.Arbitrary<Revision> = fc
	.tuple(fc.constantFrom('meeting', 'line', 'door-line', 'matter', 'progress'), fc.nat(2), words)
	.map(([what, number, text]) => {
		const id = `part000${number}`;
		switch (what) {
			case 'meeting':
				return councilRecord(
					{ ...openMeeting, title: text },
					{},
					courtyard,
					number === 0 ? meetingId : `council${number}0`
				);
			case 'line':
				return lineRecord(id, said(text, number));
			case 'door-line':
				return lineRecord(id, said(text, number), {}, household);
			case 'matter':
				return written({
					kind: 'matter',
					entity: matterEntity(household, id),
					scope: household,
					body: { text }
				});
			default: {
				const entity = progressEntity(household, 'part0001', id);
				return written({ kind: 'progress', entity, scope: household, body: { words: text } });
			}
		}
	});

/** The texts of a subject, by reading the records one by one. */
function textsHeld(held: readonly Revision[]): ReadonlyMap<string, readonly string[]> {
	const texts = new Map<string, readonly string[]>();
	for (const { kind, entity, body } of held)
		if (kind === 'meeting')
			texts.set(entity, [wordIn(body, 'title'), ...agenda.map((item) => wordIn(item, 'topic'))]);
		else if (kind === 'matter') texts.set(entity, [wordIn(body, 'text')]);
	for (const { kind, entity, body } of held) {
		const whole = [...texts.keys()].find((one) =>
			entity.includes(`.${one.slice(one.lastIndexOf('.') + 1)}-`)
		);
		if (whole !== undefined && (kind === 'minute' || kind === 'progress'))
			texts.set(whole, [...(texts.get(whole) ?? []), wordIn(body, 'words')]);
	}
	return texts;
}

function wordIn(body: JsonObject | null, member: string): string {
	const value = body?.[member];
	return typeof value === 'string' ? value : '';
}

test('found is what has the words of the query, and nothing else, however records came and went', () => {
	fc.assert(
		fc.property(
			fc.array(record, { maxLength: 12 }),
			fc.array(fc.nat(11), { maxLength: 3 }),
			fc.string({ unit, minLength: 1, maxLength: 4 }),
			fc.nat(6),
			(made, gone, query, left) => {
				// Of one entity the first made: what several say at once is told elsewhere.
				const once = [...new Map(made.toReversed().map((one) => [one.entity, one])).values()];
				const records = holding();
				const index = new SearchIndex();
				for (const one of once) {
					records.add([one]);
					// Left off after a few steps, and gone on with later.
					const steps = index.follow(records);
					for (let step = 0; step < left && !steps.next().done; step += 1);
				}
				const away = new Set(gone.flatMap((at) => once[at]?._id ?? []));
				records.remove(away);
				for (const step of index.follow(records)) expect(step.done).toBeLessThanOrEqual(step.total);
				const texts = textsHeld(once.filter(({ _id }) => !away.has(_id)));
				const terms = termsOf(query);
				const having = [...texts].filter(
					([, all]) => terms.length > 0 && terms.every((term) => folded(all.join('\n')).includes(term))
				);
				expect(index.size).toBe(texts.size);
				expect(
					index
						.find(query)
						.map(({ entity }) => entity)
						.toSorted()
				).toEqual(having.map(([entity]) => entity).toSorted());
			}
		),
		{ numRuns: foldRuns }
	);
});
