import fc from 'fast-check';
import { expect, test } from 'vitest';
import { heads } from '#records/ancestry.ts';
import type { JsonObject } from '#records/json.ts';
import type { Revision } from '#records/revision.ts';
import { foldRuns } from '../property-runs.ts';
import {
	clauseIds,
	conventionText,
	door,
	holding,
	opinion,
	opinionsIn,
	roster,
	view
} from './opinion-records.ts';

const doors = 3;
const texts = [conventionText(['甲', '乙'])];
texts.push(conventionText(['甲', '乙改'], { parents: texts.map(({ hash }) => hash) }));

/** What someone recorded in one step; `saw`: how many of the household's records on the topic they had received. */
interface Step {
	readonly household: number;
	readonly topic: string;
	readonly saw: number;
	readonly said: JsonObject | null;
}

const said = fc.oneof(
	{
		weight: 6,
		arbitrary: fc
			.tuple(fc.constantFrom('agree', 'disagree'), fc.constantFrom(...texts))
			.map(([choice, { hash }]) => view(choice, hash))
	},
	{ weight: 2, arbitrary: fc.constantFrom(...texts).map(({ hash }) => view('suggest', hash, '丙')) },
	{ weight: 1, arbitrary: fc.constant(null) }
);
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
	fc.record({
		household: fc.integer({ min: 1, max: doors + 1 }),
		topic: fc.constantFrom(...clauseIds),
		saw: fc.nat(3),
		said
	}),
	{ maxLength: 14 }
);

/** Records as phones make them: on the heads of what had been received of the same opinion. */
function recordsOf(all: readonly Step[]): readonly Revision[] {
	return all.reduce<readonly Revision[]>((made, { household, topic, saw, said }, index) => {
		const seen = made
			.filter(({ entity }) => entity.endsWith(`h${household}.conven01-${topic}`))
			.slice(0, saw);
		if (said === null && seen.length === 0) return made;
		const tips = new Set(heads(new Map(seen.map((revision) => [revision.hash, revision]))));
		const on = seen.filter(({ hash }) => tips.has(hash));
		return [
			...made,
			opinion(door(household), topic, said, { minute: index + 1, author: `w${index % 2}`, on })
		];
	}, []);
}

test('opinions come out the same in every order in which the records arrive', () => {
	fc.assert(
		fc.property(
			steps.chain((all) => {
				const records = [...roster(doors), ...texts, ...recordsOf(all)];
				return fc.tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length }));
			}),
			([records, shuffled]) => {
				expect(opinionsIn(holding(shuffled))).toEqual(opinionsIn(holding(records)));
			}
		),
		{ numRuns: foldRuns }
	);
});

test('a household is in exactly one place of a clause, and every record of one that counts is there or apart', () => {
	fc.assert(
		fc.property(steps, (all) => {
			const made = recordsOf(all);
			const { clauses, apart } = opinionsIn(holding([...roster(doors), ...texts, ...made]));
			for (const { tally, entries } of clauses) {
				const counted = entries.filter(({ status }) => status !== 'withdrawn').length;
				expect(tally.agree + tally.disagree + tally.suggest + tally.doubtful).toBe(counted);
				expect(new Set(entries.map(({ household }) => household)).size).toBe(entries.length);
			}
			const shown = [...clauses.flatMap(({ entries }) => entries), ...apart].map(({ entity }) => entity);
			expect(new Set(shown)).toEqual(new Set(made.map(({ entity }) => entity)));
			expect(apart.every(({ household }) => household === door(doors + 1))).toBe(true);
		}),
		{ numRuns: foldRuns }
	);
});
