import { flushSync } from 'svelte';
import { expect, onTestFinished, test } from 'vitest';
import { Workplace } from '#app/workplace.svelte.ts';
import { CheckInEditing } from '#features/check-ins/check-in-editing.svelte.ts';
import { emptyForm } from '#features/check-ins/check-in-form.ts';
import { Withdrawing } from '#features/check-ins/withdrawing.svelte.ts';
import { checkInEntity } from '#kinds/check-in.ts';
import { toDay } from '#kinds/day.ts';
import { checkRecord } from '#kinds/check-record.ts';
import { checkInOn } from '#read-models/check-ins.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { headsOf } from '#records/state-of.ts';
import { clock, freshAccount, opened } from '../storage/stores.ts';
import { withinEffect } from './within-effect.svelte.ts';
import { storePulled } from '../../store-pulled.ts';

const household = toScope('qianmen/caochang/g3/c12/h04');
const day = toDay('2026-11-23');
const entity = checkInEntity(household, day);

async function workplace(): Promise<Workplace> {
	const account = freshAccount();
	const store = await opened(account);
	const place = new Workplace({ name: account, roles: [] }, 'device', store, clock);
	onTestFinished(await place.open(['2026-11'], () => {}));
	return place;
}

/** The sheet, opened as a component would: within an effect. */
function openSheet(place: Workplace) {
	const opened = withinEffect(
		() => new CheckInEditing({ workplace: place, household, day, undoReason: 'by mistake' })
	);
	flushSync();
	return opened;
}

/** One that stays open until the test ends. */
function sheet(place: Workplace): CheckInEditing {
	const { made, end } = openSheet(place);
	onTestFinished(end);
	return made;
}

/** What another phone wrote on top of `first` arrives. */
async function correctedElsewhere(place: Workplace, first: Revision, observed: JsonObject): Promise<void> {
	const { kind, scope } = first;
	const correction = seal({
		...{ kind, entity, scope, parents: [first.hash] },
		...{ author: 'li', device: 'other', at: '2026-11-23T09:00:00.000Z', body: { observed } }
	});
	const checkpoint = { identity: 'one', seq: 1 };
	await storePulled(await opened(place.account.name), 'zg-qianmen-caochang-g3', [correction], checkpoint);
	await expect.poll(() => place.records.revision(kind, entity, correction.hash)).toBeDefined();
}

function revisionsOf(place: Workplace) {
	return [...place.records.revisions('check-in', entity)];
}

test('tapped twice before the disk answers, it is one record', async () => {
	const place = await workplace();
	const editing = sheet(place);
	const answers = await Promise.all([editing.record('correct'), editing.record('correct')]);
	expect(answers.map(({ status }) => status)).toEqual(['recorded', 'stayed']);
	expect(revisionsOf(place)).toHaveLength(1);
	expect(await place.store.own('waiting', 10)).toHaveLength(1);
});

test('what was noted is a draft from the first keystroke, and saved with the tap', async () => {
	const place = await workplace();
	const editing = sheet(place);
	editing.form.value = { ...editing.form.value, note: 'two bags', weight: '１，5 公斤', guided: true };
	flushSync();
	await expect
		.poll(() => place.store.draft(`check-in:${entity}`))
		.toMatchObject({ value: { note: 'two bags' } });
	expect((await editing.record('mixed')).status).toBe('recorded');
	const [revision] = revisionsOf(place);
	expect(revision?.body).toEqual({
		observed: { quality: 'mixed', note: 'two bags', weightKg: 1.5, guided: true }
	});
	expect(checkRecord(revision)).toMatchObject({ ok: true });
	expect(await place.store.draft(`check-in:${entity}`)).toBeUndefined();
});

test('a photo is on the disk before its name is in the form, and goes out with the record', async () => {
	const place = await workplace();
	const editing = sheet(place);
	const picture = await new OffscreenCanvas(2000, 1000).getContext('2d')?.canvas.convertToBlob();
	if (!picture) throw new Error('no picture');
	const adding = editing.photos.add([picture]);
	const recording = editing.record('correct');
	await adding;
	await recording;
	const [hash] = editing.form.value.photos;
	expect(hash).toBeDefined();
	expect(revisionsOf(place)[0]?.body).toMatchObject({ observed: { photos: [hash] } });
	expect([...(await (await opened(place.account.name)).photosWaiting())]).toEqual([hash]);
});

test('a second tap another time is a correction on top of the first, which stays readable', async () => {
	const place = await workplace();
	await sheet(place).record('correct');
	await sheet(place).record('unsorted');
	const [first, second] = revisionsOf(place);
	expect(second?.parents).toEqual([first?.hash]);
	expect(checkInOn(place.records, household, day)).toMatchObject({ quality: 'unsorted', doubts: [] });
});

test('the same answer again is no new record', async () => {
	const place = await workplace();
	await sheet(place).record('correct');
	expect(await sheet(place).record('correct')).toEqual({ status: 'unchanged' });
	expect(revisionsOf(place)).toHaveLength(1);
});

test('undone, a first check-in is withdrawn and a correction goes back to what stood', async () => {
	const place = await workplace();
	const first = await sheet(place).record('correct');
	const corrected = await sheet(place).record('unsorted');
	if (first.status !== 'recorded' || corrected.status !== 'recorded') throw new Error('not recorded');
	await place.save([corrected.recorded.undo]);
	expect(checkInOn(place.records, household, day)).toMatchObject({ quality: 'correct', doubts: [] });
	await place.save([{ ...first.recorded.undo, seen: headsOf(place.records.state('check-in', entity)) }]);
	expect(checkInOn(place.records, household, day)).toMatchObject({ status: 'none', withdrawn: true });
	for (const revision of revisionsOf(place)) expect(checkRecord(revision)).toMatchObject({ ok: true });
	expect(revisionsOf(place)).toHaveLength(4);
});

test('what another phone noted while the sheet was open is a doubt, not overwritten', async () => {
	const place = await workplace();
	const editing = sheet(place);
	const others = seal({
		kind: 'check-in',
		entity,
		parents: [],
		scope: household,
		author: 'li',
		device: 'other',
		at: '2026-11-23T02:00:00.000Z',
		body: { observed: { quality: 'mixed' } }
	});
	await storePulled(await opened(place.account.name), 'zg-qianmen-caochang-g3', [others], {
		identity: 'one',
		seq: 1
	});
	await expect.poll(() => revisionsOf(place).length).toBe(1);
	await editing.record('correct');
	expect(checkInOn(place.records, household, day)).toMatchObject({ quality: 'doubtful' });
});

test('a draft restored over what another phone corrected meanwhile is a doubt, not overwritten', async () => {
	const place = await workplace();
	await sheet(place).record('correct');
	const [first] = revisionsOf(place);
	if (!first) throw new Error('nothing recorded');
	const morning = openSheet(place);
	morning.made.form.value = { ...morning.made.form.value, note: 'two bags' };
	flushSync();
	morning.end();
	await expect.poll(() => place.store.draft(`check-in:${entity}`)).toMatchObject({ seen: [first.hash] });
	await correctedElsewhere(place, first, { quality: 'mixed', note: 'plastic in it' });

	const evening = sheet(place);
	await evening.form.restore();
	expect(evening.form.value.note).toBe('two bags');
	expect(evening.newer).toBe('mixed');
	expect((await evening.record('unsorted')).status).toBe('recorded');
	const state = place.records.state('check-in', entity);
	if (state.status !== 'present') throw new Error(state.status);
	const values = state.doubts.map(({ path, candidates }) => [
		path,
		candidates.map(({ value }) => value).sort()
	]);
	expect(Object.fromEntries(values)).toEqual({
		'/observed/quality': ['mixed', 'unsorted'],
		'/observed/note': ['plastic in it', 'two bags']
	});
});

test('a discarded draft is typed over what stands now', async () => {
	const place = await workplace();
	await place.store.keepDraft({
		key: `check-in:${entity}`,
		at: clock().toISOString(),
		value: { ...emptyForm, note: 'old' },
		seen: []
	});
	await place.save([
		{ kind: 'check-in', entity, scope: household, body: { observed: { quality: 'mixed' } } }
	]);
	const editing = sheet(place);
	await editing.form.restore();
	expect(editing.newer).toBe('mixed');
	await editing.form.discard();
	expect(editing.newer).toBeUndefined();
	await editing.record('correct');
	expect(checkInOn(place.records, household, day)).toMatchObject({ quality: 'correct', doubts: [] });
});

test('a withdrawal begun before another phone’s correction does not take the correction away', async () => {
	const place = await workplace();
	await sheet(place).record('correct');
	const [first] = revisionsOf(place);
	if (!first) throw new Error('nothing recorded');
	const about = { workplace: place, entity, household };
	const morning = withinEffect(() => new Withdrawing(about));
	morning.made.form.value = { reason: 'wrong door' };
	flushSync();
	morning.end();
	await expect.poll(() => place.store.draft(`withdraw:${entity}`)).toBeDefined();
	await correctedElsewhere(place, first, { quality: 'mixed' });
	const evening = withinEffect(() => new Withdrawing(about));
	onTestFinished(evening.end);
	await evening.made.form.restore();
	expect(await evening.made.withdraw()).toBe(true);
	expect(place.records.state('check-in', entity)).toMatchObject({
		status: 'present',
		doubts: [{ path: '' }]
	});
});

test('the household’s own report stays beside what the worker saw', async () => {
	const place = await workplace();
	const about = { kind: 'check-in', entity, scope: household };
	await place.save([{ ...about, body: { reported: { quality: 'correct' } } }]);
	await sheet(place).record('mixed');
	expect(place.records.state('check-in', entity)).toMatchObject({
		body: { observed: { quality: 'mixed' }, reported: { quality: 'correct' } },
		doubts: []
	});
});

test('a weight that is no number keeps the sheet open and says so', async () => {
	const place = await workplace();
	const editing = sheet(place);
	editing.form.value = { ...editing.form.value, weight: 'heavy' };
	expect(await editing.record('correct')).toEqual({ status: 'stayed' });
	expect(editing.trouble).toBe('weight');
	expect(revisionsOf(place)).toHaveLength(0);
	editing.form.value = { ...editing.form.value, weight: '2' };
	expect((await editing.record('correct')).status).toBe('recorded');
});
