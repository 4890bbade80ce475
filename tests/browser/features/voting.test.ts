import { expect, onTestFinished, test } from 'vitest';
import { Workplace } from '#app/workplace.svelte.ts';
import { VoteCasting } from '#features/voting/vote-casting.svelte.ts';
import { VoteClosing } from '#features/voting/vote-closing.svelte.ts';
import { VoteOpening } from '#features/voting/vote-opening.svelte.ts';
import { conventionEntity } from '#kinds/convention.ts';
import type { Ballot } from '#kinds/convention-stage.ts';
import { entityOfScope } from '#kinds/kind.ts';
import { usualPassRule } from '#kinds/pass-rule.ts';
import { tallyOf } from '#read-models/ballot-tally.ts';
import { conventionState, revisionText, type ConventionState } from '#read-models/convention-state.ts';
import { StoreError } from '#records/phone-store.ts';
import { childScope, toScope } from '#records/scope.ts';
import { freshAccount, opened } from '../storage/stores.ts';
import { withinEffect } from './within-effect.svelte.ts';

const courtyard = toScope('qianmen/caochang/g3/c12');
const [first, second, third] = ['h01', 'h02', 'h03'].map((door) => childScope(courtyard, door));
if (!first || !second || !third) throw new Error('no households');
const entity = conventionEntity(courtyard, 'gongyue0001');
const id = 'gongyue0001';
const body = {
	title: '示例公约',
	type: 'convention',
	clauses: [{ id: 'clause0001', place: 'a0', text: '按时分类。' }],
	rule: usualPassRule,
	stage: { name: 'deliberating' }
};
const newId = () => 'ballot0001';

/** A phone with a roster and a convention, and a clock that stands at noon of a day until it is set. */
async function phone(): Promise<{ readonly workplace: Workplace; readonly clock: { day: string } }> {
	const name = freshAccount();
	const store = await opened(name);
	const clock = { day: '2026-11-23' };
	const now = () => new Date(`${clock.day}T12:00:00+08:00`);
	const workplace = new Workplace({ name, roles: ['worker:qianmen/caochang/g3'] }, 'device', store, now);
	onTestFinished(await workplace.open(['2026-11'], () => {}));
	await withRoster(workplace);
	return { workplace, clock };
}

async function withRoster(workplace: Workplace): Promise<void> {
	await workplace.save([
		...[first, second, third].flatMap((scope) =>
			scope
				? [{ kind: 'household', entity: entityOfScope(scope), scope, body: { door: scope.slice(-3) } }]
				: []
		),
		{ kind: 'convention', entity, scope: courtyard, body }
	]);
}

function stateIn(workplace: Workplace): ConventionState {
	const state = conventionState(workplace.records, entity);
	if (!state) throw new Error(`no convention ${entity}`);
	return state;
}

function ballotIn(workplace: Workplace): Ballot {
	const { stage } = stateIn(workplace).read;
	if (stage?.name !== 'voting') throw new Error(`not voting: ${stage?.name}`);
	return stage.ballot;
}

function made<Made>(make: () => Made): Made {
	const { made, end } = withinEffect(make);
	onTestFinished(end);
	return made;
}

async function open(workplace: Workplace): Promise<Ballot> {
	const opening = made(() => new VoteOpening({ workplace, state: () => stateIn(workplace), newId }));
	expect(await opening.open(usualPassRule)).toBe(true);
	return ballotIn(workplace);
}

function casting(workplace: Workplace, ballot: Ballot, household = first): VoteCasting {
	if (!household) throw new Error('no household');
	return made(() => new VoteCasting({ workplace, convention: id, ballot, household }));
}

test('opening fixes the text by its hash, and who may vote by the roster', async () => {
	const { workplace } = await phone();
	const [text] = stateIn(workplace).heads;
	expect(await open(workplace)).toEqual({
		...{ id: 'ballot0001', text, voters: ['h01', 'h02', 'h03'], rule: usualPassRule },
		...{ opens: '2026-11-23', closes: '2026-11-30' }
	});
});

test('what two people wrote is joined first, and the joined text is the one that is voted on', async () => {
	const { workplace } = await phone();
	const { heads } = stateIn(workplace);
	const about = { kind: 'convention', entity, scope: courtyard, seen: heads };
	const more = { id: 'clause0002', place: 'a1', text: '轻声说话。' };
	await workplace.save([
		{ ...about, body: { ...body, title: '改了的公约' } },
		{ ...about, body: { ...body, clauses: [...body.clauses, more] } }
	]);
	expect(stateIn(workplace).heads).toHaveLength(2);
	const { text } = await open(workplace);
	const frozen = revisionText(workplace.records, entity, text);
	expect(frozen?.title).toBe('改了的公约');
	expect(frozen?.clauses.map(({ text }) => text)).toEqual(['按时分类。', '轻声说话。']);
	expect(workplace.records.revision('convention', entity, text)?.parents).toHaveLength(2);
	expect(stateIn(workplace).heads).toHaveLength(1);
});

test('a last day that is over, or none, opens nothing', async () => {
	const { workplace } = await phone();
	const opening = made(() => new VoteOpening({ workplace, state: () => stateIn(workplace), newId }));
	for (const closes of ['2026-11-22', '']) {
		opening.form.value = { closes };
		expect(await opening.open(usualPassRule)).toBe(false);
		expect(opening.trouble).toBe('closes');
	}
	expect(stateIn(workplace).read.stage?.name).toBe('deliberating');
});

test('a text that changes between the look and the tap is not opened, but once it was looked at again', async () => {
	const { workplace } = await phone();
	const opening = made(() => new VoteOpening({ workplace, state: () => stateIn(workplace), newId }));
	const about = { kind: 'convention', entity, scope: courtyard, seen: stateIn(workplace).heads };
	await workplace.save([{ ...about, body: { ...body, title: '刚改的公约' } }]);
	expect(await opening.open(usualPassRule)).toBe(false);
	expect(opening.trouble).toBe('changed');
	expect(stateIn(workplace).read.stage?.name).toBe('deliberating');
	expect(await opening.open(usualPassRule)).toBe(true);
	expect(revisionText(workplace.records, entity, ballotIn(workplace).text)?.title).toBe('刚改的公约');
});

test('a choice and strokes are kept as they are made, taken up again, and gone once the vote is saved', async () => {
	const { workplace } = await phone();
	const ballot = await open(workplace);
	const begun = casting(workplace, ballot);
	begun.choose('disagree');
	begun.sign([10, 20, 300, 40]);
	begun.sign([50, 60]);
	begun.undoStroke();
	await expect
		.poll(async () => (await workplace.store.drafts())[0]?.value)
		.toEqual({
			choice: 'disagree',
			signature: [[10, 20, 300, 40]]
		});
	const again = casting(workplace, ballot);
	await again.form.restore();
	expect(again.form.restoredAt).toBeTruthy();
	expect(await again.save()).toBe('disagree');
	expect(await workplace.store.drafts()).toEqual([]);
	const [vote] = tallyOf(workplace.records, stateIn(workplace), ballot).voters;
	expect(vote?.counts).toMatchObject({ choice: 'disagree', signature: [[10, 20, 300, 40]] });
});

test('nothing is saved without a choice, and nothing after the last day', async () => {
	const { workplace, clock } = await phone();
	const ballot = await open(workplace);
	const vote = casting(workplace, ballot);
	expect(await vote.save()).toBeUndefined();
	expect(vote.trouble).toBe('choice');
	vote.choose('agree');
	clock.day = '2026-11-30';
	expect(await vote.save()).toBe('agree');
	const late = casting(workplace, ballot);
	late.choose('disagree');
	clock.day = '2026-12-01';
	expect(await late.save()).toBeUndefined();
	expect(late.trouble).toBe('closed');
	expect([...workplace.records.revisions('vote', late.entity)]).toHaveLength(1);
});

test('a vote that a full disk refuses says so, and the draft stands', async () => {
	const { workplace } = await phone();
	const vote = casting(workplace, await open(workplace));
	vote.choose('agree');
	workplace.store.save = () => Promise.reject(new StoreError('full', new Error('no room')));
	expect(await vote.save()).toBeUndefined();
	expect(vote.trouble).toBe('full');
	await expect.poll(async () => (await workplace.store.drafts()).length).toBe(1);
});

test('sixty strokes fit, and no more are taken', async () => {
	const { workplace } = await phone();
	const vote = casting(workplace, await open(workplace));
	for (let stroke = 0; stroke < 61; stroke += 1) vote.sign([stroke, stroke]);
	expect(vote.hasRoom).toBe(false);
	expect(vote.form.value.signature).toHaveLength(60);
});

test('asked again, a household with two votes has one: the record is on both', async () => {
	const { workplace } = await phone();
	const ballot = await open(workplace);
	const about = { kind: 'vote', scope: first, entity: casting(workplace, ballot).entity, seen: [] };
	await workplace.save([
		{ ...about, body: { choice: 'agree', text: ballot.text } },
		{ ...about, body: { choice: 'disagree', text: ballot.text } }
	]);
	const line = () => tallyOf(workplace.records, stateIn(workplace), ballot).voters[0];
	expect(line()?.beside).toHaveLength(1);
	const asked = casting(workplace, ballot);
	asked.choose('abstain');
	await asked.save();
	expect(line()).toMatchObject({ counts: { choice: 'abstain' }, beside: [] });
	expect(line()?.before).toHaveLength(2);
});

test('closing writes the result that the votes give, once, and a vote that comes later changes nothing', async () => {
	const { workplace } = await phone();
	const ballot = await open(workplace);
	for (const household of [first, second]) {
		const vote = casting(workplace, ballot, household);
		vote.choose('agree');
		await vote.save();
	}
	const state = stateIn(workplace);
	const closing = new VoteClosing(workplace);
	const tally = tallyOf(workplace.records, state, ballot);
	const both = await Promise.all([closing.close(state, tally), closing.close(state, tally)]);
	expect(both.toSorted()).toEqual([false, true]);
	const closed = ballotIn(workplace);
	expect(closed.result).toMatchObject({ day: '2026-11-23', agree: 2, disagree: 0, passed: true });
	const late = casting(workplace, ballot, third);
	late.choose('disagree');
	await late.save();
	const after = tallyOf(workplace.records, stateIn(workplace), closed);
	expect(after).toMatchObject({ given: 2, passed: true, apart: [{ why: 'closed', choice: 'disagree' }] });
});

test('nothing is counted over doubts, and what comes after the sheet was opened stays beside the count', async () => {
	const { workplace } = await phone();
	const ballot = await open(workplace);
	const seen = stateIn(workplace);
	const tally = tallyOf(workplace.records, seen, ballot);
	const about = { kind: 'convention', entity, scope: courtyard, seen: seen.heads };
	await workplace.save([
		{ ...about, body: { ...seen.body, title: '一个题目' } },
		{ ...about, body: { ...seen.body, title: '另一个题目' } }
	]);
	const closing = new VoteClosing(workplace);
	expect(await closing.close(stateIn(workplace), tally)).toBe(false);
	expect(closing.trouble).toBe('doubts');
	expect(ballotIn(workplace).result).toBeUndefined();
	expect(await closing.close(seen, tally)).toBe(true);
	expect(ballotIn(workplace).result).toMatchObject({ agree: 0, passed: false });
	const [titles] = stateIn(workplace).doubts;
	expect(titles).toMatchObject({ path: '/title' });
	expect(titles?.candidates.map(({ value }) => value).toSorted()).toEqual(
		['一个题目', '另一个题目'].toSorted()
	);
});
