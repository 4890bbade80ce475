import { flushSync } from 'svelte';
import { expect, onTestFinished, test } from 'vitest';
import { Workplace } from '#app/workplace.svelte.ts';
import { HouseholdDay } from '#features/resident-home/household-day.svelte.ts';
import { ReportForm } from '#features/resident-home/report-form.svelte.ts';
import { checkInEntity } from '#kinds/check-in.ts';
import { checkRecord } from '#kinds/check-record.ts';
import { dayAt } from '#kinds/day.ts';
import { seal } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { clock, freshAccount, opened } from '../storage/stores.ts';
import { withinEffect } from './within-effect.svelte.ts';
import { storePulled } from '../../store-pulled.ts';

const household = toScope('qianmen/caochang/g3/c12/h04');

interface Phone {
	readonly workplace: Workplace;
	readonly day: HouseholdDay;
	/** Sets the phone's clock. */
	at(time: string): void;
}

async function phone(account = freshAccount()): Promise<Phone> {
	const store = await opened(account);
	let now = clock();
	const workplace = new Workplace({ name: account, roles: [] }, 'device', store, () => now);
	onTestFinished(await workplace.open(['2026-11'], () => {}));
	const today = () => dayAt(workplace.now());
	const day = new HouseholdDay({ workplace, household, today, undoReason: 'by mistake' });
	return { workplace, day, at: (time) => (now = new Date(time)) };
}

function revisionsOf({ workplace, day }: Phone) {
	return [...workplace.records.revisions('check-in', checkInEntity(household, day.day))];
}

test('tapped again and again, before and after it is on the disk, it is one record', async () => {
	const own = await phone();
	expect(await Promise.all([own.day.tap('correct'), own.day.tap('correct')])).toEqual([true, false]);
	expect(await own.day.tap('correct')).toBe(true);
	expect(revisionsOf(own)).toHaveLength(1);
	expect(own.day.delivery).toBe('waiting');
	expect(checkRecord(revisionsOf(own)[0])).toMatchObject({ ok: true });
	expect(await own.workplace.store.own('waiting', 10)).toHaveLength(1);
});

test('tapped in two windows of one phone, it is one record', async () => {
	const account = freshAccount();
	const [one, other] = [await phone(account), await phone(account)];
	await one.day.tap('correct');
	await expect.poll(() => other.day.own.status).toBe('done');
	await other.day.tap('correct');
	expect(await one.workplace.store.own('waiting', 10)).toHaveLength(1);
});

test('before and after midnight in Beijing are two days', async () => {
	const own = await phone();
	own.at('2026-11-23T15:59:59.000Z');
	await own.day.tap('correct');
	own.at('2026-11-23T16:00:00.000Z');
	expect(own.day.own.status).toBe('none');
	await own.day.tap('correct');
	const entities = (await own.workplace.store.own('waiting', 10)).map(({ revision }) => revision.entity);
	expect(entities).toEqual([`${prefix}.2026-11-23`, `${prefix}.2026-11-24`]);
});

test('what a worker saw is shown beside the tap, and a tap then still counts as the household’s own', async () => {
	const own = await phone();
	const visit = seal({
		...{ kind: 'check-in', entity: `${prefix}.2026-11-23`, scope: household, parents: [] },
		...{ author: 'wang', device: 'other', at: '2026-11-23T07:00:00.000Z' },
		body: { observed: { quality: 'mixed' } }
	});
	const store = await opened(own.workplace.account.name);
	await storePulled(store, 'zg-qianmen-caochang-g3', [visit], { identity: 'one', seq: 1 });
	await expect.poll(() => own.day.checkIn.status).toBe('done');
	expect(own.day.own.status).toBe('none');
	await own.day.tap('correct');
	expect(own.day.checkIn).toMatchObject({
		body: { observed: { quality: 'mixed' }, reported: { quality: 'correct' } },
		quality: 'mixed'
	});
	// The worker's was not seen by the tap, so there is nothing that hinders taking it back.
	expect(own.day.undoable).toBe(true);
	await own.day.undo();
	expect(own.day.own.status).toBe('none');
	expect(own.day.checkIn).toMatchObject({ status: 'done', body: { observed: { quality: 'mixed' } } });
});

test('a sheet that was opened before midnight is about that day, though it is sent after', async () => {
	const own = await phone();
	own.at('2026-11-23T15:59:00.000Z');
	const { made: report, end } = withinEffect(() => new ReportForm(own.workplace, own.day));
	onTestFinished(end);
	report.set({ quality: 'mixed' });
	own.at('2026-11-23T16:01:00.000Z');
	expect(await report.save()).toBe(true);
	const saved = await own.workplace.store.own('waiting', 10);
	expect(saved.map(({ revision }) => revision.entity)).toEqual([`${prefix}.2026-11-23`]);
	expect(own.day.own.status).toBe('none');
});

test('a photo that a household takes goes out with its check-in, and waits to be sent', async () => {
	const own = await phone();
	const { made: report, end } = withinEffect(() => new ReportForm(own.workplace, own.day));
	onTestFinished(end);
	const picture = await new OffscreenCanvas(2000, 1000).getContext('2d')?.canvas.convertToBlob();
	if (!picture) throw new Error('no picture');
	report.set({ quality: 'correct' });
	await report.photos.add([picture]);
	expect(await report.save()).toBe(true);
	const [hash] = report.form.value.photos;
	const [revision] = revisionsOf(own);
	expect(hash).toBeDefined();
	expect(revision?.body).toEqual({ reported: { quality: 'correct', photos: [hash] } });
	expect(checkRecord(revision)).toMatchObject({ ok: true });
	expect([...(await (await opened(own.workplace.account.name)).photosWaiting())]).toEqual([hash]);
});

test('what is said besides the tap is a draft until it is noted, and one record then', async () => {
	const own = await phone();
	await own.day.tap('correct');
	const { made: report, end } = withinEffect(() => new ReportForm(own.workplace, own.day));
	onTestFinished(end);
	report.set({ streams: ['recyclable', 'food'] });
	flushSync();
	const key = `report:${prefix}.2026-11-23`;
	await expect.poll(() => own.workplace.store.draft(key)).toMatchObject({ value: { quality: 'correct' } });
	expect(await report.save()).toBe(true);
	expect(await own.workplace.store.draft(key)).toBeUndefined();
	expect(own.day.own).toEqual({
		status: 'done',
		view: { quality: 'correct', streams: ['food', 'recyclable'] }
	});
	expect(revisionsOf(own)).toHaveLength(2);
});

const prefix = 'qianmen.caochang.g3.c12.h04';
