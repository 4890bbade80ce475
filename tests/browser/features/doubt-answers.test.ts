import { flushSync } from 'svelte';
import { expect, onTestFinished, test } from 'vitest';
import { Workplace } from '#app/workplace.svelte.ts';
import { DoubtAnswers } from '#features/doubts/doubt-answers.svelte.ts';
import type { Clause } from '#kinds/clause.ts';
import { checkRecord } from '#kinds/check-record.ts';
import { conventionEntity } from '#kinds/convention.ts';
import type { ConventionDoubt } from '#read-models/convention-doubts.ts';
import { conventionState } from '#read-models/convention-state.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { clock, freshAccount, opened } from '../storage/stores.ts';
import { withinEffect } from './within-effect.svelte.ts';
import { storePulled } from '../../store-pulled.ts';

const scope = toScope('qianmen/caochang/g3/c12');
const entity = conventionEntity(scope, 'sorting1');
const ids = ['clause01', 'clause02'] as const;

function bodyOf(texts: readonly (string | null)[], more: JsonObject = {}): JsonObject {
	const clauses = texts.flatMap((text, index): readonly Clause[] =>
		text === null ? [] : [{ id: ids[index] ?? '', place: `a${index}`, text }]
	);
	return {
		...{ title: '示例公约', type: 'convention', clauses: clauses.map((clause) => ({ ...clause })) },
		...{ rule: { turnout: '1/2', agree: '2/3' }, stage: { name: 'drafting' } },
		...more
	};
}

function savedBy(author: string, minute: number, on: readonly Revision[], body: JsonObject | null): Revision {
	return seal({
		...{ kind: 'convention', entity, scope, author, device: `phone-${author}`, body },
		parents: on.map(({ hash }) => hash).sort(),
		at: `2026-11-23T07:${String(minute).padStart(2, '0')}:00.000Z`,
		...(body === null && { reason: '写错了院子' })
	});
}

const start = savedBy('jia', 0, [], bodyOf(['每天早晨投放。', '门口不堆放杂物。']));
const left = savedBy(
	'jia',
	5,
	[start],
	bodyOf(['每天六点到八点投放。', '门口不堆放杂物。'], { title: '甲的公约' })
);
const right = savedBy(
	'yi',
	6,
	[start],
	bodyOf(['早上投放，晚上不投放。', '门口不堆放杂物。'], { title: '乙的公约' })
);

/** A phone to which `revisions` came from the server. */
async function phoneWith(...revisions: readonly Revision[]): Promise<Workplace> {
	const account = freshAccount();
	const store = await opened(account);
	const place = new Workplace({ name: account, roles: [] }, 'device', store, clock);
	onTestFinished(await place.open([''], () => {}));
	await arrive(place, ...revisions);
	return place;
}

async function arrive(place: Workplace, ...revisions: readonly Revision[]): Promise<void> {
	const checkpoint = { identity: 'one', seq: revisions.length };
	await storePulled(await opened(place.account.name), 'zg-qianmen-caochang-g3', revisions, checkpoint);
	for (const { hash } of revisions)
		await expect.poll(() => place.records.revision('convention', entity, hash)).toBeDefined();
}

function screen(place: Workplace): { readonly made: DoubtAnswers; readonly end: () => void } {
	let ids = 0;
	const newId = () => `newclause${(ids += 1)}`;
	const made = withinEffect(() => new DoubtAnswers({ workplace: place, entity, newId }));
	flushSync();
	return made;
}

function answersOn(place: Workplace): DoubtAnswers {
	const { made, end } = screen(place);
	onTestFinished(end);
	return made;
}

function doubtAt(answers: DoubtAnswers, path: string): ConventionDoubt {
	const doubt = answers.doubts.find((one) => one.path === path);
	if (!doubt) throw new Error(`no doubt at ${path}`);
	return doubt;
}

/** The version of a doubt that `author` wrote. */
function versionBy(doubt: ConventionDoubt, author: string): string {
	return doubt.versions.find(({ by }) => by.some((one) => one.author === author))?.key ?? '';
}

const clausePath = `/clauses/${ids[0]}`;
const key = `convention-doubts:${entity}`;

test('all answers are one revision on top of all heads, with the line why, and the draft is gone', async () => {
	const place = await phoneWith(start, left, right);
	const answers = answersOn(place);
	expect(answers.doubts.map(({ path }) => path)).toEqual([clausePath, '/title']);
	const [clause, title] = [doubtAt(answers, clausePath), doubtAt(answers, '/title')];
	answers.choose(clause, versionBy(clause, 'yi'));
	expect([answers.answered, answers.complete, await answers.save()]).toEqual([1, false, false]);
	answers.writeAnew(title, { text: '  十二号院公约 ' });
	answers.why = '两位都同意';
	expect([answers.answered, answers.complete]).toEqual([2, true]);
	flushSync();
	await expect.poll(() => place.store.draft(key)).toBeDefined();
	const saved = await Promise.all([answers.save(), answers.save()]);
	expect(saved).toEqual([true, false]);
	const [revision, ...more] = (await place.store.own('waiting', 10)).map((own) => own.revision);
	expect(more).toEqual([]);
	expect(revision).toMatchObject({ parents: [left.hash, right.hash].sort(), reason: '两位都同意' });
	expect(revision?.body).toEqual(
		bodyOf(['早上投放，晚上不投放。', '门口不堆放杂物。'], { title: '十二号院公约' })
	);
	expect(checkRecord(revision)).toMatchObject({ ok: true });
	expect(conventionState(place.records, entity)?.doubts).toEqual([]);
	expect(await place.store.draft(key)).toBeUndefined();
});

test('both stay as clauses, the second right behind the first', async () => {
	const place = await phoneWith(start, left, right);
	const answers = answersOn(place);
	answers.keepAll(doubtAt(answers, clausePath));
	const title = doubtAt(answers, '/title');
	answers.choose(title, versionBy(title, 'jia'));
	expect(await answers.save()).toBe(true);
	const texts = conventionState(place.records, entity)?.read.clauses.map(({ text }) => text) ?? [];
	expect(texts.slice(0, 2).toSorted()).toEqual(['早上投放，晚上不投放。', '每天六点到八点投放。']);
	expect(texts[2]).toBe('门口不堆放杂物。');
	const [own] = await place.store.own('waiting', 10);
	expect(checkRecord(own?.revision)).toMatchObject({ ok: true });
});

test('answers are kept from the first tap and offered again, and a new version asks for that one again', async () => {
	const place = await phoneWith(start, left, right);
	const before = screen(place);
	const [clause, title] = [doubtAt(before.made, clausePath), doubtAt(before.made, '/title')];
	before.made.choose(title, versionBy(title, 'yi'));
	before.made.writeAnew(clause, { text: '早上六点到八点投放，晚上不投放。' });
	flushSync();
	await expect.poll(() => place.store.draft(key)).toMatchObject({ value: { words: { [clausePath]: {} } } });
	before.end();

	await arrive(place, savedBy('bing', 9, [start], bodyOf(['中午投放。', '门口不堆放杂物。'])));
	const answers = answersOn(place);
	await answers.form.restore();
	expect(answers.form.restoredAt).toBeDefined();
	expect(answers.news).toEqual({ added: 0, changed: 1, gone: 0 });
	expect(answers.answered).toBe(1);
	const again = doubtAt(answers, clausePath);
	expect(answers.changed(again)).toBe(true);
	expect(answers.answer(doubtAt(answers, '/title'))).toEqual({
		how: 'version',
		version: versionBy(title, 'yi')
	});
	expect(answers.answer(again)).toBeUndefined();
	expect(answers.words(again).text).toBe('早上六点到八点投放，晚上不投放。');
	answers.writeAnew(again);
	expect(answers.complete).toBe(true);
	expect(await answers.save()).toBe(true);
	expect(conventionState(place.records, entity)).toMatchObject({ doubts: [], read: { title: '乙的公约' } });
});

test('what someone else settled meanwhile is told, and the other answers stand', async () => {
	const place = await phoneWith(start, left, right);
	const answers = answersOn(place);
	const clause = doubtAt(answers, clausePath);
	answers.choose(clause, versionBy(clause, 'yi'));
	const settled = bodyOf(['早上投放，晚上不投放。', '门口不堆放杂物。'], { title: '乙的公约' });
	await arrive(place, savedBy('ding', 10, [left, right], settled));
	expect(answers.doubts).toEqual([]);
	expect(answers.news).toEqual({ added: 0, changed: 0, gone: 2 });
	expect([answers.complete, await answers.save()]).toEqual([false, false]);
});

test('a text left empty is no answer', async () => {
	const place = await phoneWith(start, left, right);
	const answers = answersOn(place);
	const title = doubtAt(answers, '/title');
	answers.writeAnew(title, { text: '  ' });
	expect(answers.answered).toBe(0);
	answers.writeAnew(title, { text: '公约' });
	expect(answers.answered).toBe(1);
});

test('taking the convention back needs no other answer, and a line why', async () => {
	const gone = savedBy('ding', 8, [start], null);
	const place = await phoneWith(start, left, right, gone);
	const answers = answersOn(place);
	const existence = doubtAt(answers, '');
	answers.choose(existence, versionBy(existence, 'ding'));
	expect([answers.complete, answers.withdraws]).toEqual([true, true]);
	expect(await answers.save()).toBe(false);
	expect(answers.trouble).toBe('why');
	answers.why = '另写一份';
	expect(await answers.save()).toBe(true);
	const [own] = await place.store.own('waiting', 10);
	expect(own?.revision).toMatchObject({ body: null, reason: '另写一份' });
	expect(own?.revision.parents).toEqual([left.hash, right.hash, gone.hash].sort());
	expect(checkRecord(own?.revision)).toMatchObject({ ok: true });
});

test('together too long, it is said so and nothing is written', async () => {
	const place = await phoneWith(start, left, right);
	const answers = answersOn(place);
	const [clause, title] = [doubtAt(answers, clausePath), doubtAt(answers, '/title')];
	answers.choose(clause, versionBy(clause, 'yi'));
	answers.writeAnew(title, { text: '长'.repeat(201) });
	expect(await answers.save()).toBe(false);
	expect(answers.trouble).toBe('too-much');
	expect(await place.store.own('waiting', 10)).toEqual([]);
});
