import { expect, onTestFinished, test } from 'vitest';
import { Workplace } from '#app/workplace.svelte.ts';
import { StepTaking, type Step } from '#features/conventions/step-taking.svelte.ts';
import { conventionEntity } from '#kinds/convention.ts';
import { dayAt } from '#kinds/day.ts';
import { opinionEntity, ratingTopic } from '#kinds/opinion.ts';
import { usualPassRule } from '#kinds/pass-rule.ts';
import { conventionOpinions } from '#read-models/convention-opinions.ts';
import { conventionState, type ConventionState } from '#read-models/convention-state.ts';
import { hashOfJson } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import { childScope, toScope } from '#records/scope.ts';
import { clock, freshAccount, opened } from '../storage/stores.ts';
import { withinEffect } from './within-effect.svelte.ts';

const scope = toScope('qianmen/caochang/g3/c12');
const entity = conventionEntity(scope, 'gongyue0001');
const today = dayAt(clock());

async function workplace(stage: JsonObject): Promise<Workplace> {
	const account = freshAccount();
	const store = await opened(account);
	const place = new Workplace({ name: account, roles: [] }, 'device', store, clock);
	onTestFinished(await place.open([], () => {}));
	await write(place, stage);
	return place;
}

const adopted = '每户按时分类投放。';

async function write(place: Workplace, stage: JsonObject, text = adopted): Promise<void> {
	const clauses = [{ id: 'clause01', place: 'a0', text }];
	const body = { title: '示例公约', type: 'convention', clauses, rule: { ...usualPassRule }, stage };
	await place.save([{ kind: 'convention', entity, scope, body }]);
}

function standing(place: Workplace): ConventionState {
	const state = conventionState(place.records, entity);
	if (!state) throw new Error('no convention');
	return state;
}

function taking(place: Workplace, step: Step): StepTaking {
	const { made, end } = withinEffect(
		() => new StepTaking({ workplace: place, convention: standing(place), step, today })
	);
	onTestFinished(end);
	return made;
}

test('a step is one record on top of what was seen, and leaves the text as it is', async () => {
	const place = await workplace({ name: 'drafting' });
	const before = standing(place);
	const step = taking(place, { name: 'start-deliberating', because: false });
	expect(await Promise.all([step.take(), step.take()])).toEqual([true, false]);
	const after = standing(place);
	expect(after.read).toEqual({ ...before.read, stage: { name: 'deliberating' } });
	const [head = ''] = after.heads;
	const saved = [...place.records.revisions('convention', entity)].find(({ hash }) => hash === head);
	expect(saved).toMatchObject({ parents: before.heads });
	expect(await place.store.own('waiting', 10)).toHaveLength(2);
});

test('a step someone else took meanwhile is not overwritten: both stand until someone chooses', async () => {
	const place = await workplace({ name: 'drafting' });
	const step = taking(place, { name: 'start-deliberating', because: false });
	await write(place, { name: 'collecting' });
	expect(await step.take()).toBe(true);
	expect(standing(place).read.stage).toBeUndefined();
	expect(standing(place).doubts.map(({ path }) => path)).toEqual(['/stage']);
});

test('a step back is not taken without a line why, which the record and everyone’s page keep', async () => {
	const place = await workplace({ name: 'collecting' });
	const step = taking(place, { name: 'withdraw', because: true });
	step.form.value = { because: ' \n ' };
	expect(await step.take()).toBe(false);
	expect(step.trouble).toBe('because');
	step.form.value = { because: '两份写重了，\n合到另一份' };
	expect(await step.take()).toBe(true);
	expect(place.records.state('convention', entity).status).toBe('withdrawn');
	const reasons = [...place.records.revisions('convention', entity)].flatMap(({ reason }) => reason ?? []);
	expect(reasons).toEqual(['两份写重了， 合到另一份']);
});

test('an abandoned vote says in the stage why it was abandoned', async () => {
	const place = await workplace({ name: 'deliberating' });
	const [text = ''] = standing(place).heads;
	const ballot = {
		id: 'ballot0001',
		text,
		voters: ['h01'],
		rule: { ...usualPassRule },
		opens: today,
		closes: today
	};
	await write(place, { name: 'voting', ballot });
	const step = taking(place, { name: 'abandon-vote', because: true });
	step.form.value = { because: '文本里有错字' };
	expect(await step.take()).toBe(true);
	expect(standing(place).read.stage).toEqual({ name: 'deliberating', because: '文本里有错字' });
});

test('a step is not taken with a text that only a later version reads whole', async () => {
	const place = await workplace({ name: 'drafting' });
	const { body } = standing(place);
	await place.save([{ kind: 'convention', entity, scope, body: { ...body, seal: 'later' } }]);
	const step = taking(place, { name: 'start-deliberating', because: false });
	expect([await step.take(), step.trouble]).toEqual([false, 'later-version']);
});

test('after a review and its ratings the next version starts from the text that was adopted', async () => {
	const place = await workplace({ name: 'deliberating' });
	const [text = ''] = standing(place).heads;
	const result = {
		day: '2026-11-10',
		votes: [hashOfJson('a vote')],
		agree: 1,
		disagree: 0,
		abstain: 0,
		passed: true
	};
	const ballot = {
		...{ id: 'ballot0001', text, voters: ['h01'], rule: { ...usualPassRule } },
		...{ opens: '2026-11-01', closes: '2026-11-10', result }
	};
	const inForce = {
		version: 1,
		since: '2026-11-20',
		ballot,
		posting: { from: '2026-11-10', until: '2026-11-17' }
	};
	// Changed beside it since: no household voted on these words.
	await write(place, { name: 'in-force', inForce }, '院门口的事以后再说。');
	expect(await taking(place, { name: 'start-review', because: false }).take()).toBe(true);
	expect(standing(place).read.stage).toMatchObject({ name: 'reviewing', since: today });
	const household = childScope(scope, 'h01');
	const rating = { about: 'rating', rating: 'poor', words: '没人管' };
	const topic = opinionEntity(household, 'gongyue0001', ratingTopic(1));
	await place.save([{ kind: 'opinion', entity: topic, scope: household, body: rating }]);
	const { ratings } = conventionOpinions(place.records, standing(place), [household]);
	expect(ratings).toMatchObject({ version: 1, tally: { good: 0, fair: 0, poor: 1 } });
	expect(await taking(place, { name: 'start-next', because: false }).take()).toBe(true);
	const { read } = standing(place);
	expect(read.stage).toEqual({ name: 'drafting', inForce });
	expect(read.clauses.map((clause) => clause.text)).toEqual([adopted]);
});
