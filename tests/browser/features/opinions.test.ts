import { flushSync } from 'svelte';
import { expect, onTestFinished, test } from 'vitest';
import { Workplace } from '#app/workplace.svelte.ts';
import { OpinionDesk } from '#features/opinions/opinion-desk.svelte.ts';
import { clauseOpinion, over } from '#features/opinions/opinion-entry.ts';
import { OpinionSaving } from '#features/opinions/opinion-saving.svelte.ts';
import { TakingOver } from '#features/opinions/taking-over.svelte.ts';
import { WordsForm } from '#features/opinions/words-form.svelte.ts';
import { conventionEntity, readConvention } from '#kinds/convention.ts';
import { opinionEntity } from '#kinds/opinion.ts';
import { conventionState } from '#read-models/convention-state.ts';
import type { Hash } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import { StoreError } from '#records/phone-store.ts';
import { headsOf } from '#records/state-of.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope, type Scope } from '#records/scope.ts';
import { clock, freshAccount, opened } from '../storage/stores.ts';
import { withinEffect } from './within-effect.svelte.ts';
import { storePulled } from '../../store-pulled.ts';

const courtyard = toScope('qianmen/caochang/g3/c12');
const [door1, door2] = [toScope(`${courtyard}/h1`), toScope(`${courtyard}/h2`)];
const entity = conventionEntity(courtyard, 'conven01');
const clauses = [
	{ id: 'clause01', place: 'a0', text: '楼道不堆杂物' },
	{ id: 'clause02', place: 'a1', text: '夜里安静' }
];
const rule = { turnout: '1/2', agree: '2/3' };
const text = record('convention', entity, courtyard, {
	...{ title: '示例公约', type: 'convention', clauses, rule, stage: { name: 'deliberating' } }
});

function record(
	kind: string,
	about: string,
	scope: Scope,
	body: JsonObject,
	parents: readonly Hash[] = []
): Revision {
	const at = '2026-11-22T09:00:00.000Z';
	return seal({ kind, entity: about, scope, parents, author: 'office', device: 'desk', at, body });
}

async function workplace(...roles: readonly string[]): Promise<Workplace> {
	const account = freshAccount();
	const store = await opened(account);
	const households = [door1, door2].map((scope, index) =>
		record('household', scope.replaceAll('/', '.'), scope, { door: `${index + 1}号` })
	);
	await storePulled(store, 'zg-qianmen-caochang-g3', [text, ...households], { identity: 'one', seq: 1 });
	const place = new Workplace({ name: account, roles }, 'device', store, clock);
	onTestFinished(await place.open(['2026-11'], () => {}));
	return place;
}

const worker = 'worker:qianmen/caochang/g3';

function made<Made>(make: () => Made): Made {
	const within = withinEffect(make);
	onTestFinished(within.end);
	flushSync();
	return within.made;
}

/** A phone's memory that lasts for one test. */
function memory(): Pick<Storage, 'getItem' | 'setItem'> {
	const kept = new Map<string, string>();
	return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

function agreed(household: Scope, clause: string) {
	return clauseOpinion({ household, convention: 'conven01' }, clause, { view: 'agree', seen: text.hash });
}

test('a household counts as asked from its first answer, and the next one follows', async () => {
	const place = await workplace(worker);
	const desk = made(() => new OpinionDesk({ workplace: place, entity, memory: memory() }));
	expect([desk.household, desk.next, desk.done]).toEqual([door1, door2, 0]);
	desk.choose(door1);
	await place.save([agreed(door1, 'clause01')]);
	expect([desk.household, desk.progress(door1), desk.done]).toEqual([door1, 'some', 1]);
	await place.save([agreed(door1, 'clause02')]);
	expect([desk.progress(door1), desk.progress(door2), desk.next]).toEqual(['all', 'none', door2]);
	expect([...desk.said.keys()]).toEqual(['clause01', 'clause02']);
});

test('what a household said before can be read when it is no longer asked', async () => {
	const place = await workplace(`resident:${door1}`);
	const desk = made(() => new OpinionDesk({ workplace: place, entity, memory: memory() }));
	await place.save([agreed(door1, 'clause01')]);
	expect(desk.earlier).toEqual([]);
	const without = { ...text.body, clauses: clauses.slice(1) };
	await place.save([{ kind: 'convention', entity, scope: courtyard, body: without }]);
	expect(desk.earlier).toMatchObject([{ topic: 'clause01', body: { view: 'agree' } }]);
	const doubtful = [{ name: 'drafting' }, { name: 'collecting' }].map((stage) => ({ ...text.body, stage }));
	const seen = headsOf(place.records.state('convention', entity));
	for (const body of doubtful)
		await place.save([{ kind: 'convention', entity, scope: courtyard, body, seen }]);
	expect([desk.asked.clauses, desk.earlier]).toMatchObject([false, [{ topic: 'clause01' }]]);
});

test('a tap does not replace what another phone noted and nobody here has read', async () => {
	const place = await workplace(worker);
	const desk = made(() => new OpinionDesk({ workplace: place, entity, memory: memory() }));
	desk.choose(door1);
	const shown = desk.said.get('clause01');
	await place.save([agreed(door1, 'clause01')]);
	const no = clauseOpinion({ household: door1, convention: 'conven01' }, 'clause01', {
		...{ view: 'disagree', seen: text.hash }
	});
	await place.save([over(shown, no)]);
	expect(desk.said.get('clause01')).toMatchObject({ status: 'doubtful' });
	await place.save([over(desk.said.get('clause01'), no)]);
	expect(desk.said.get('clause01')).toMatchObject({ status: 'standing', body: { view: 'disagree' } });
});

test('the household asked last is asked for again on this phone', async () => {
	const place = await workplace(worker);
	const kept = memory();
	made(() => new OpinionDesk({ workplace: place, entity, memory: kept })).choose(door2);
	expect(made(() => new OpinionDesk({ workplace: place, entity, memory: kept })).household).toBe(door2);
});

test('a resident speaks for the own household alone', async () => {
	const desk = await workplace(`resident:${door2}`).then((place) =>
		made(() => new OpinionDesk({ workplace: place, entity, memory: memory() }))
	);
	expect([desk.own, desk.households, desk.household]).toEqual([true, [door2], door2]);
});

test('all clauses are agreed to in one save, and taken back in one', async () => {
	const place = await workplace(worker);
	const saving = new OpinionSaving({ workplace: place, undoReason: 'by mistake' });
	const undo = await saving.save([agreed(door1, 'clause01'), agreed(door1, 'clause02')]);
	expect(await place.store.own('waiting', 10)).toHaveLength(2);
	await place.save(undo ?? []);
	const states = ['clause01', 'clause02'].map((clause) =>
		place.records.state('opinion', opinionEntity(door1, 'conven01', clause))
	);
	expect(states.map(({ status }) => status)).toEqual(['withdrawn', 'withdrawn']);
});

test('a tap made while the one before is still being saved is saved after it', async () => {
	const place = await workplace(worker);
	const saving = new OpinionSaving({ workplace: place, undoReason: 'by mistake' });
	const taps = [saving.save([agreed(door1, 'clause01')]), saving.save([agreed(door1, 'clause02')])];
	expect(saving.saving).toBe(true);
	expect((await Promise.all(taps)).map((undo) => undo?.length)).toEqual([1, 1]);
	expect(saving.saving).toBe(false);
	const own = await place.store.own('waiting', 10);
	expect(own.map(({ revision }) => revision.entity).sort()).toEqual(
		['clause01', 'clause02'].map((clause) => opinionEntity(door1, 'conven01', clause))
	);
});

test('the same tap twice writes one record, and another one stands over it without a doubt', async () => {
	const place = await workplace(worker);
	const saving = new OpinionSaving({ workplace: place, undoReason: 'by mistake' });
	const yes = over(undefined, agreed(door1, 'clause01'));
	const no = clauseOpinion({ household: door1, convention: 'conven01' }, 'clause01', {
		...{ view: 'disagree', seen: text.hash }
	});
	const twice = await Promise.all([saving.save([yes]), saving.save([yes])]);
	expect(twice[1]).toEqual(twice[0]);
	expect(await place.store.own('waiting', 10)).toHaveLength(1);
	await Promise.all([
		saving.save([over(undefined, no)]),
		saving.save([yes]),
		saving.save([over(undefined, no)])
	]);
	expect(place.records.state('opinion', yes.entity)).toMatchObject({
		...{ status: 'present', body: { view: 'disagree' }, doubts: [], heads: { length: 1 } }
	});
	expect(await place.store.own('waiting', 10)).toHaveLength(4);
});

test('a tap that could not be saved says so, whatever is saved after it', async () => {
	const place = await workplace(worker);
	const saving = new OpinionSaving({ workplace: place, undoReason: 'by mistake' });
	const full = () => Promise.reject(new StoreError('full', 'no room left'));
	const taps = [saving.save([agreed(door1, 'clause01')], full), saving.save([agreed(door1, 'clause02')])];
	expect((await Promise.all(taps)).map((undo) => undo?.length)).toEqual([undefined, 1]);
	expect(saving.trouble).toBe('full');
	await saving.save([agreed(door1, 'clause01')]);
	expect(saving.trouble).toBeUndefined();
});

test('taken back, what stood before stands again', async () => {
	const place = await workplace(worker);
	const saving = new OpinionSaving({ workplace: place, undoReason: 'by mistake' });
	await saving.save([agreed(door1, 'clause01')]);
	const no = clauseOpinion({ household: door1, convention: 'conven01' }, 'clause01', {
		...{ view: 'disagree', words: 'too strict', seen: text.hash }
	});
	await place.save((await saving.save([no])) ?? []);
	const state = place.records.state('opinion', no.entity);
	expect(state).toMatchObject({ status: 'present', body: { view: 'agree' }, doubts: [] });
});

test('words are a draft from the first keystroke, and are not saved where they say nothing new', async () => {
	const place = await workplace(worker);
	const saving = new OpinionSaving({ workplace: place, undoReason: 'by mistake' });
	const about = opinionEntity(door1, 'conven01', 'clause02');
	const words = made(
		() =>
			new WordsForm(place, saving, {
				draft: `opinion:${about}:suggest`,
				entity: about,
				start: '夜里安静',
				unchanged: '夜里安静',
				optional: false,
				entryOf: (wording) =>
					clauseOpinion({ household: door1, convention: 'conven01' }, 'clause02', {
						...{ view: 'suggest', words: wording, seen: text.hash }
					})
			})
	);
	expect([await words.save(), words.trouble]).toEqual([undefined, 'unchanged']);
	words.form.value = { words: ' ' };
	expect([await words.save(), words.trouble]).toEqual([undefined, 'missing']);
	words.form.value = { words: '夜里十点以后安静' };
	flushSync();
	await expect
		.poll(() => place.store.draft(`opinion:${about}:suggest`))
		.toMatchObject({ value: { words: '夜里十点以后安静' } });
	expect(await words.save()).toHaveLength(1);
	expect(await place.store.draft(`opinion:${about}:suggest`)).toBeUndefined();
	expect(place.records.state('opinion', about)).toMatchObject({ body: { words: '夜里十点以后安静' } });
});

function takeOver(place: Workplace): TakingOver {
	const about = { workplace: place, convention: entity, clause: 'clause02', household: door1 };
	return made(() => new TakingOver({ ...about, words: '夜里十点以后安静', reason: 'as door 1 suggested' }));
}

test('a suggestion taken over rewords its clause alone, and credits its household', async () => {
	const place = await workplace(worker);
	const taking = takeOver(place);
	taking.set({ text: '夜里安静' });
	expect([await taking.save(), taking.trouble]).toEqual([false, 'unchanged']);
	taking.set({ text: '夜里十点以后要安静' });
	expect(await taking.save()).toBe(true);
	const [own] = await place.store.own('waiting', 10);
	expect(own?.revision).toMatchObject({ entity, parents: [text.hash], reason: 'as door 1 suggested' });
	expect(readConvention(own?.revision.body ?? {}).clauses).toEqual([
		clauses[0],
		{ ...clauses[1], text: '夜里十点以后要安静', credits: [door1] }
	]);
});

test('a second household that suggested what is in the text already is credited, once', async () => {
	const place = await workplace(worker);
	expect(await takeOver(place).save()).toBe(true);
	const about = { workplace: place, convention: entity, clause: 'clause02', household: door2 };
	const again = made(() => new TakingOver({ ...about, words: '夜里十点以后安静', reason: 'door 2, too' }));
	expect([again.creditsOnly, await again.save()]).toEqual([true, true]);
	const [, clause] = conventionState(place.records, entity)?.read.clauses ?? [];
	expect(clause).toEqual({ ...clauses[1], text: '夜里十点以后安静', credits: [door1, door2] });
	const third = made(() => new TakingOver({ ...about, words: '夜里十点以后安静', reason: 'once more' }));
	expect([await third.save(), third.trouble]).toEqual([false, 'unchanged']);
});

/** What someone wrote elsewhere on top of the text arrives. */
async function arrives(place: Workplace, second: string): Promise<void> {
	const reworded = clauses.map((clause) => (clause.id === 'clause02' ? { ...clause, text: second } : clause));
	const other = record('convention', entity, courtyard, { ...text.body, clauses: reworded }, [text.hash]);
	const store = await opened(place.account.name);
	await storePulled(store, 'zg-qianmen-caochang-g3', [other], { identity: 'one', seq: 2 });
	await expect.poll(() => place.records.revision('convention', entity, other.hash)).toBeDefined();
}

test('words that arrive while a suggestion is taken over are joined with it, or both stand in doubt', async () => {
	const [apart, touching] = [await workplace(worker), await workplace(worker)];
	const [joined, doubtful] = [takeOver(apart), takeOver(touching)];
	await arrives(apart, '夜里安静，白天也轻声');
	expect(joined.newer).toMatchObject({ author: 'office' });
	expect(await joined.save()).toBe(true);
	const [, clause] = conventionState(apart.records, entity)?.read.clauses ?? [];
	expect(clause).toMatchObject({ text: '夜里十点以后安静，白天也轻声', credits: [door1] });
	await arrives(touching, '夜里九点安静');
	expect(await doubtful.save()).toBe(true);
	const words = conventionState(touching.records, entity)?.doubts.flatMap(({ candidates }) => candidates);
	expect(JSON.stringify(words)).toContain('夜里九点安静');
	expect(JSON.stringify(words)).toContain('夜里十点以后安静');
});

test('nothing is taken over into a text that only a later version reads whole', async () => {
	const place = await workplace(worker);
	await place.save([
		{ kind: 'convention', entity, scope: courtyard, body: { ...text.body, seal: 'later' }, seen: [text.hash] }
	]);
	const taking = takeOver(place);
	expect([taking.clause, await taking.save()]).toEqual([undefined, false]);
});

test('nothing is taken over into a text that is in doubt', async () => {
	const place = await workplace(worker);
	const taking = takeOver(place);
	const both = ['甲公约', '乙公约'].map((title) =>
		record('convention', entity, courtyard, { ...text.body, title }, [text.hash])
	);
	await storePulled(await opened(place.account.name), 'zg-qianmen-caochang-g3', both, {
		identity: 'one',
		seq: 2
	});
	await expect.poll(() => taking.clause).toBeUndefined();
	expect(await taking.save()).toBe(false);
	expect(await place.store.own('waiting', 10)).toEqual([]);
});
