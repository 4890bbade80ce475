import { expect, test } from 'vitest';
import { toDay } from '#kinds/day.ts';
import { ratingTopic } from '#kinds/opinion.ts';
import { openObjections } from '#read-models/convention-opinions.ts';
import { revisionRead } from '#read-models/clause-reading.ts';
import { conventionState } from '#read-models/convention-state.ts';
import { OpinionReader } from '#read-models/opinions.ts';
import { hashOfJson } from '#records/hash.ts';
import { toScope } from '#records/scope.ts';
import {
	conventionId,
	conventionText,
	door,
	entity,
	holding,
	opinion,
	opinionsIn,
	roster,
	view
} from './opinion-records.ts';

const text = conventionText(['不堆杂物', '夜里安静']);
const [first, second] = ['clause01', 'clause02'];

test('each household is counted once, by what it said last', () => {
	const before = opinion(door(1), first, view('disagree', text.hash));
	const records = holding([
		...roster(3),
		text,
		before,
		opinion(door(1), first, view('agree', text.hash), { minute: 2, on: [before] }),
		opinion(door(2), first, view('suggest', text.hash, '楼道不堆杂物')),
		opinion(door(2), second, view('disagree', text.hash, 'too strict'))
	]);
	const { clauses } = opinionsIn(records);
	expect(clauses.map(({ id, number, tally }) => ({ id, number, ...tally }))).toEqual([
		{ id: first, number: 1, agree: 1, disagree: 0, suggest: 1, doubtful: 0, changed: 0 },
		{ id: second, number: 2, agree: 0, disagree: 1, suggest: 0, doubtful: 0, changed: 0 }
	]);
	expect(clauses[0]?.entries).toMatchObject([
		{ household: door(1), status: 'standing', first: { at: before.at }, body: { view: 'agree' } },
		{ household: door(2), last: { author: 'worker1' }, body: { words: '楼道不堆杂物' } }
	]);
});

test('what was said of older words is counted, and told apart', () => {
	const later = conventionText(['门口不堆杂物', '夜里安静'], { parents: [text.hash] });
	const records = holding([
		...roster(3),
		...[text, later],
		opinion(door(1), first, view('agree', text.hash)),
		opinion(door(2), first, view('agree', later.hash)),
		opinion(door(3), second, view('agree', text.hash))
	]);
	expect(opinionsIn(records).clauses.map(({ tally }) => [tally.agree, tally.changed])).toEqual([
		[2, 1],
		[1, 0]
	]);
});

test('who asks again with every record is told what came, as one who asks for the first time', () => {
	const [reader, records] = [new OpinionReader(), holding([...roster(2), text])];
	const said = opinion(door(1), first, view('agree', text.hash));
	const changed = opinion(door(1), first, view('disagree', text.hash), { minute: 3, on: [said] });
	const other = opinion(door(2), 'wish0001', { about: 'wish', words: 'a bench' });
	for (const one of [said, other, changed]) {
		records.add([one]);
		expect(opinionsIn(records, reader)).toEqual(opinionsIn(records));
	}
	expect(opinionsIn(records, reader).clauses[0]?.tally).toMatchObject({ agree: 0, disagree: 1 });
	records.remove([changed._id]);
	expect(opinionsIn(records, reader).clauses[0]?.tally).toMatchObject({ agree: 1, disagree: 0 });
});

test('one that was withdrawn is shown with its reason and counted nowhere', () => {
	const said = opinion(door(1), first, view('agree', text.hash));
	const gone = opinion(door(1), first, null, { minute: 5, on: [said] });
	const [clause] = opinionsIn(holding([...roster(1), text, said, gone])).clauses;
	expect(clause?.tally).toEqual({ agree: 0, disagree: 0, suggest: 0, doubtful: 0, changed: 0 });
	expect(clause?.entries).toMatchObject([
		{ status: 'withdrawn', reason: 'thought better of it', body: { view: 'agree' }, last: { at: gone.at } }
	]);
});

test('different notes of two phones are both shown and count for neither side until one is written on both', () => {
	const [yes, no] = [
		opinion(door(1), first, view('agree', text.hash), { author: 'worker1' }),
		opinion(door(1), first, view('disagree', text.hash), { author: 'worker2', minute: 2 })
	];
	const both = [...roster(1), text, yes, no];
	const [clause] = opinionsIn(holding(both)).clauses;
	expect(clause?.tally).toEqual({ agree: 0, disagree: 0, suggest: 0, doubtful: 1, changed: 0 });
	expect(clause?.entries).toMatchObject([
		{
			status: 'doubtful',
			versions: [
				{ body: { view: 'agree' }, by: { author: 'worker1' } },
				{ body: { view: 'disagree' }, by: { author: 'worker2' } }
			]
		}
	]);
	const chosen = opinion(door(1), first, no.body, { minute: 3, on: [yes, no] });
	expect(opinionsIn(holding([...both, chosen])).clauses[0]?.tally).toMatchObject({
		disagree: 1,
		doubtful: 0
	});
});

test('the same said to two phones is no doubt, though they had different revisions before them', () => {
	const later = conventionText(['不堆杂物', '夜里十点以后安静'], { parents: [text.hash] });
	const records = holding([
		...roster(1),
		text,
		later,
		opinion(door(1), first, view('agree', text.hash)),
		opinion(door(1), first, view('agree', later.hash), { minute: 2, author: 'worker2' })
	]);
	expect(opinionsIn(records).clauses[0]).toMatchObject({
		tally: { agree: 1, doubtful: 0 },
		entries: [{ status: 'standing', reading: 'same', last: { author: 'worker2' } }]
	});
});

test('withdrawn on one phone and changed on the other is in doubt', () => {
	const said = opinion(door(1), first, view('agree', text.hash));
	const records = holding([
		...roster(1),
		text,
		said,
		opinion(door(1), first, null, { minute: 2, on: [said] }),
		opinion(door(1), first, view('disagree', text.hash), { minute: 3, author: 'worker2', on: [said] })
	]);
	const [clause] = opinionsIn(records).clauses;
	expect(clause?.tally).toMatchObject({ doubtful: 1, agree: 0, disagree: 0 });
	const [entry] = clause?.entries ?? [];
	expect(entry?.status === 'doubtful' && entry.versions.map(({ body }) => body?.about)).toEqual([
		undefined,
		'clause'
	]);
});

test('a household that read a clause before it was reworded is told from one that read it as it stands', () => {
	const later = conventionText(['不堆杂物', '夜里十点以后安静'], { parents: [text.hash] });
	const elsewhere = hashOfJson('a revision that is not here');
	const records = holding([
		...roster(3),
		text,
		later,
		opinion(door(1), second, view('agree', text.hash)),
		opinion(door(2), second, view('agree', later.hash)),
		opinion(door(3), second, view('agree', elsewhere)),
		opinion(door(1), first, view('agree', text.hash))
	]);
	const readings = opinionsIn(records).clauses.map(({ entries }) => entries.map(({ reading }) => reading));
	expect(readings).toEqual([['same'], ['changed', 'same', 'unknown']]);
});

test('a reader of the text today has read the head that has the clause as it stands', () => {
	const one = conventionText(['不堆杂物和旧家具', '夜里安静'], { parents: [text.hash] });
	const other = conventionText(['不堆杂物', '夜里十点以后安静'], { parents: [text.hash], author: 'worker2' });
	const records = holding([text, one, other]);
	const state = conventionState(records, entity);
	const seen = state?.read.clauses.map((clause) => revisionRead(records, state, clause));
	expect(seen).toEqual([one.hash, other.hash]);
});

test('opinions of a clause that was taken out are kept behind the text', () => {
	const shorter = conventionText(['不堆杂物'], { parents: [text.hash] });
	const records = holding([...roster(1), text, shorter, opinion(door(1), second, view('agree', text.hash))]);
	const [, gone] = opinionsIn(records).clauses;
	expect(gone).toMatchObject({ id: second, tally: { agree: 1 }, entries: [{ reading: 'changed' }] });
	expect(gone?.number).toBeUndefined();
});

test('households the convention is not for are listed apart and counted nowhere', () => {
	const stranger = toScope('qianmen/caochang/g3/c99/h1');
	const records = holding([...roster(1), text, opinion(stranger, first, view('disagree', text.hash))]);
	const { clauses, apart } = opinionsIn(records);
	expect(clauses[0]).toMatchObject({ tally: { disagree: 0 }, entries: [] });
	expect(apart).toMatchObject([{ household: stranger }]);
});

test('wishes come in the order of the doors, and ratings only for the version in force', () => {
	const ballot = {
		id: 'ballot01',
		text: text.hash,
		voters: ['h1'],
		rule: { turnout: '1/2', agree: '2/3' },
		opens: '2026-11-01',
		closes: '2026-11-02',
		result: { day: '2026-11-03', votes: [text.hash], agree: 1, disagree: 0, abstain: 0, passed: true }
	};
	const posting = { from: '2026-11-04', until: '2026-11-11' };
	const inForce = { version: 2, since: '2026-11-12', ballot, posting };
	const reviewing = conventionText(
		['不堆杂物', '夜里安静'],
		{ parents: [text.hash] },
		{ name: 'reviewing', since: '2026-11-20', inForce }
	);
	const records = holding([
		...roster(2),
		text,
		reviewing,
		opinion(door(2), 'wish0001', { about: 'wish', words: 'bicycles' }),
		opinion(door(1), 'wish0002', { about: 'wish', words: 'dogs' }, { minute: 3 }),
		opinion(door(1), ratingTopic(1), { about: 'rating', rating: 'poor' }),
		opinion(door(1), ratingTopic(2), { about: 'rating', rating: 'good', words: 'quiet now' }),
		opinion(door(2), ratingTopic(2), { about: 'rating', rating: 'fair' })
	]);
	const { wishes, ratings } = opinionsIn(records);
	expect(wishes.map(({ household }) => household)).toEqual([door(1), door(2)]);
	expect(ratings).toMatchObject({ version: 2, tally: { good: 1, fair: 1, poor: 0, doubtful: 0 } });
	expect(ratings?.entries).toHaveLength(2);
});

test('objections of an earlier posting and withdrawn ones are not open; in doubt they are', () => {
	const object = (topic: string, words: string, minute: number) =>
		opinion(door(1), topic, { about: 'objection', words }, { minute });
	const [stands, gone, doubtful] = [
		object('object01', 'a', 3),
		object('object02', 'b', 2),
		object('object03', 'c', 1)
	];
	const records = holding([
		...roster(1),
		text,
		stands,
		gone,
		opinion(door(1), 'object02', null, { minute: 4, on: [gone] }),
		doubtful,
		opinion(door(1), 'object03', null, { minute: 4, on: [doubtful] }),
		opinion(door(1), 'object03', { about: 'objection', words: 'c, and more' }, { minute: 5, on: [doubtful] }),
		opinion(door(1), 'wish0001', { about: 'wish', words: 'no objection' })
	]);
	const posting = (from: string, until: string) => ({ from: toDay(from), until: toDay(until) });
	const topics = (from: string, until: string) =>
		openObjections(records, conventionId, posting(from, until)).map(({ topic }) => topic);
	expect(topics('2026-11-23', '2026-11-30')).toEqual(['object03', 'object01']);
	expect(topics('2026-11-16', '2026-11-23')).toEqual(['object03', 'object01']);
	expect(topics('2026-11-24', '2026-12-01')).toEqual([]);
	expect(topics('2026-11-15', '2026-11-22')).toEqual([]);
	expect(openObjections(records, 'conven99', posting('2026-11-23', '2026-11-30'))).toEqual([]);
	expect(
		opinionsIn(records)
			.objections.map(({ status }) => status)
			.sort()
	).toEqual(['doubtful', 'standing', 'withdrawn']);
});

test('objections made outside the posting stand apart from those made on its days', () => {
	const result = {
		day: toDay('2026-11-20'),
		votes: [hashOfJson('a vote')],
		agree: 1,
		disagree: 0,
		abstain: 0
	};
	const rule = { turnout: '1/2', agree: '2/3' };
	const days = { opens: toDay('2026-11-10'), closes: toDay('2026-11-20') };
	const ballot = { id: 'ballot0001', text: text.hash, voters: ['h1'], rule, ...days };
	const counted = { ...ballot, result: { ...result, passed: true } };
	const postedFrom = (from: string, until: string) =>
		conventionText(
			['不堆杂物', '夜里安静'],
			{ parents: [text.hash] },
			{ name: 'posted', ballot: counted, posting: { from, until } }
		);
	const topicsIn = (from: string, until: string) => {
		const objection = opinion(door(1), 'object01', { about: 'objection', words: 'a' });
		const { objections, late } = opinionsIn(
			holding([...roster(1), text, postedFrom(from, until), objection])
		);
		return [objections, late].map((list) => list.map(({ topic }) => topic));
	};
	expect(topicsIn('2026-11-20', '2026-11-27')).toEqual([['object01'], []]);
	expect(topicsIn('2026-11-10', '2026-11-17')).toEqual([[], ['object01']]);
});
