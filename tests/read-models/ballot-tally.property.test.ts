import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toDay } from '#kinds/day.ts';
import { usualPassRule, votesGiven } from '#kinds/pass-rule.ts';
import { voteChoices } from '#kinds/vote.ts';
import { closing, tallyOf } from '#read-models/ballot-tally.ts';
import { heads } from '#records/ancestry.ts';
import { hashOfJson, sameJson } from '#records/hash.ts';
import { seal, type Revision } from '#records/revision.ts';
import { overTheWire } from '../parsed-json.ts';
import { foldRuns } from '../property-runs.ts';
import { ballot, convention, courtyard, doors, holding, november, text, vote } from './ballots.ts';

const few = { ...ballot, voters: doors.slice(0, 4) };
const today = toDay('2026-11-24');
/** Each run seals and reads a dozen records several times. */
const numRuns = foldRuns;
const anotherText = hashOfJson('another text');

/** One phone records, or takes back, a household's vote over what it has seen of it. */
const steps = fc.array(
	fc.record({
		// The fifth household may not vote.
		door: fc.constantFrom(...doors.slice(0, 5)),
		choice: fc.option(fc.constantFrom(...voteChoices), { freq: 8 }),
		onText: fc.option(fc.constant(text), { freq: 8 }),
		// Up to two days behind the last one, by clocks that go as they like.
		hour: fc.integer({ min: 0, max: 24 * 5 }),
		saw: fc.nat(7)
	}),
	{ maxLength: 10 }
);

const votes = steps.map((all) =>
	all.reduce<readonly Revision[]>((made, { door, choice, onText, hour, saw }, index) => {
		const body = choice && { choice, text: onText ?? anotherText };
		const held = made.filter(({ scope }, at) => scope.endsWith(door) && ((saw >> (at % 3)) & 1) === 1);
		const tips = heads(new Map(held.map((one) => [one.hash, one])));
		const seen = held.filter(({ hash }) => tips.includes(hash));
		const more = { at: november(20, hour), device: `phone${index % 3}` };
		return [...made, vote(door, body, more, seen)];
	}, [])
);

function closingRevision(
	held: readonly Revision[],
	opened: Revision,
	device: string,
	minute: number
): Revision {
	const tally = tallyOf(holding(...held), convention, few);
	const stage = { name: 'voting', ballot: { ...few, result: closing(tally, today) } };
	const body = overTheWire({ ...opened.body, stage });
	return seal({ ...opened, parents: [opened.hash], device, at: `2026-11-24T01:0${minute}:00.000Z`, body });
}

const opened = seal({
	kind: 'convention',
	entity: convention.entity,
	parents: [],
	scope: courtyard,
	author: 'worker1',
	device: 'phone1',
	at: november(20, 8),
	body: overTheWire({
		...{ title: '示例公约', type: 'convention', clauses: [], rule: usualPassRule },
		stage: { name: 'voting', ballot: few }
	})
});

test('the tally does not depend on the order in which votes arrive, nor on how often', () => {
	fc.assert(
		fc.property(
			votes.chain((all) =>
				fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length }))
			),
			([all, shuffled]) => {
				const tally = JSON.stringify(tallyOf(holding(...all), convention, few));
				const other = JSON.stringify(tallyOf(holding(...shuffled, ...all), convention, few));
				expect(other).toBe(tally);
			}
		),
		{ numRuns }
	);
});

test('no household is counted twice, and every vote held is counted, beside, replaced or apart, and only once', () => {
	fc.assert(
		fc.property(votes, fc.nat(10), (all, cut) => {
			const records = holding(...all);
			const result = closing(tallyOf(holding(...all.slice(0, cut)), convention, few), today);
			for (const each of [few, { ...few, result }]) {
				const tally = tallyOf(records, convention, each);
				const { voters, apart } = tally;
				const counting = voters.flatMap(({ counts }) => counts ?? []);
				expect(new Set(counting.map(({ household }) => household)).size).toBe(counting.length);
				expect(votesGiven(tally.count)).toBe(counting.length);
				expect(tally).toMatchObject({ elsewhere: 0, against: undefined });
				const shown = voters.flatMap(({ beside, before }) => [...beside, ...before]);
				const hashes = [...counting, ...shown, ...apart].map(({ hash }) => hash);
				const held = all.filter(({ body }) => body !== null).map(({ hash }) => hash);
				expect(hashes.toSorted()).toEqual([...new Set(held)].sort());
			}
		}),
		{ numRuns }
	);
});

test('two phones that close with the same votes agree; with different votes somebody must say', () => {
	fc.assert(
		fc.property(votes, fc.nat(10), (all, cut) => {
			const some = all.slice(0, cut);
			const one = closingRevision(all, opened, 'phone1', 1);
			const other = closingRevision(all.toReversed(), opened, 'phone2', 2);
			const less = closingRevision(some, opened, 'phone3', 3);
			const doubts = (...revisions: readonly Revision[]) => {
				const state = holding(opened, ...revisions).state('convention', convention.entity);
				return state.status === 'present' ? state.doubts.map(({ path }) => path) : [];
			};
			expect(doubts(one, other)).toEqual([]);
			const same = sameJson(one.body?.['stage'], less.body?.['stage']);
			expect(doubts(one, less)).toEqual(same ? [] : ['/stage']);
		}),
		{ numRuns }
	);
});
