import { mount, unmount } from 'svelte';
import { page, userEvent } from 'vitest/browser';
import { expect, onTestFinished, test } from 'vitest';
import { Workplace } from '#app/workplace.svelte.ts';
import { checkInEntity } from '#kinds/check-in.ts';
import { toDay } from '#kinds/day.ts';
import { entityOfScope } from '#kinds/kind.ts';
import { overwriteGetLocale } from '#paraglide/runtime.js';
import { StoreError } from '#records/phone-store.ts';
import { childScope, toScope, type Scope } from '#records/scope.ts';
import { clock, freshAccount, opened } from '../storage/stores.ts';
import RoundHost from './RoundHost.svelte';

const grid = toScope('qianmen/caochang/g3');
const [near, far] = [childScope(grid, 'c01'), childScope(grid, 'c02')];
const day = toDay('2026-11-23');

function place(kind: string, scope: Scope, body: Readonly<Record<string, string>>) {
	return { kind, entity: entityOfScope(scope), scope, body };
}

/** The round of two courtyards with two households each. */
async function round(memory: Storage = sessionStorage): Promise<Workplace> {
	overwriteGetLocale(() => 'zh-CN');
	const name = freshAccount();
	const store = await opened(name);
	const workplace = new Workplace({ name, roles: [`worker:${grid}`] }, 'device', store, clock);
	onTestFinished(await workplace.open(['2026-11'], () => {}));
	await workplace.save([
		place('courtyard', near, { name: '草厂三条1号' }),
		place('courtyard', far, { name: '草厂三条2号' }),
		place('household', childScope(near, 'h01'), { door: '东1', head: '甲' }),
		place('household', childScope(near, 'h02'), { door: '东2', head: '乙' }),
		place('household', childScope(far, 'h01'), { door: '西1', head: '丙' })
	]);
	show(workplace, memory);
	return workplace;
}

function show(workplace: Workplace, memory: Storage): void {
	const target = document.body.appendChild(document.createElement('div'));
	const host = mount(RoundHost, { target, props: { workplace, memory, day } });
	onTestFinished(async () => {
		await unmount(host);
		target.remove();
	});
}

function recorded(workplace: Workplace, household: Scope) {
	return [...workplace.records.revisions('check-in', checkInEntity(household, day))];
}

const row = (name: RegExp) => page.getByRole('button', { name });

test('a household row and one tap make a check-in, and the row says so', async () => {
	const workplace = await round();
	await row(/东1，甲，还没打卡/).click();
	await row(/^分对了$/).click();
	await expect.element(row(/东1，甲，分对了，待传/)).toBeVisible();
	expect(recorded(workplace, childScope(near, 'h01'))).toHaveLength(1);
	expect(page.getByRole('dialog').query()).toBeNull();
});

test('a double tap is one record, and opens nothing behind the sheet', async () => {
	const workplace = await round();
	await row(/东2，乙/).click();
	await userEvent.dblClick(row(/^分对了$/));
	await expect.element(row(/东2，乙，分对了/)).toBeVisible();
	expect(recorded(workplace, childScope(near, 'h02'))).toHaveLength(1);
	expect(page.getByRole('dialog').query()).toBeNull();
});

test('undone within its seconds, a check-in is withdrawn with a reason and stays in the history', async () => {
	const workplace = await round();
	await row(/东1，甲/).click();
	await row(/^混投$/).click();
	await expect.element(page.getByText('草厂三条1号 东1 甲：混投，记好了')).toBeVisible();
	await row(/^撤销$/).click();
	await expect.element(row(/东1，甲，还没打卡/)).toBeVisible();
	const revisions = recorded(workplace, childScope(near, 'h01'));
	expect(revisions).toHaveLength(2);
	expect(revisions[1]).toMatchObject({ body: null, parents: [revisions[0]?.hash] });
	expect(revisions[1]?.reason).toBeTruthy();
});

test('an undo that the disk refuses says so, and the check-in stands', async () => {
	const workplace = await round();
	await row(/东1，甲/).click();
	await row(/^混投$/).click();
	await expect.element(row(/^撤销$/)).toBeVisible();
	workplace.store.save = () => Promise.reject(new StoreError('full', new Error('no room')));
	await row(/^撤销$/).click();
	await expect.poll(() => document.querySelector('[role=status]')?.textContent).toContain('存储空间满了');
	await expect.element(row(/东1，甲，混投/)).toBeVisible();
	expect(recorded(workplace, childScope(near, 'h01'))).toHaveLength(1);
});

test('the last used courtyard is open the next time', async () => {
	sessionStorage.clear();
	const workplace = await round();
	await expect.element(row(/草厂三条1号/)).toHaveAttribute('aria-expanded', 'true');
	await row(/草厂三条2号/).click();
	document.body.lastElementChild?.remove();
	show(workplace, sessionStorage);
	await expect.element(row(/西1，丙/)).toBeVisible();
});

test('what two people noted differently is shown with both values, and a choice settles it', async () => {
	const workplace = await round();
	const household = childScope(near, 'h01');
	const about = { kind: 'check-in', entity: checkInEntity(household, day), scope: household, seen: [] };
	await workplace.save([
		{ ...about, body: { observed: { quality: 'correct', note: 'clean' } } },
		{ ...about, body: { observed: { quality: 'mixed', note: 'plastic' } } }
	]);
	await row(/东1，甲，两个人记的不一样/).click();
	await expect.element(row(/就按选的记/)).toBeDisabled();
	await page.getByRole('radio', { name: /混投/ }).click();
	await expect.element(row(/就按选的记/)).toBeDisabled();
	await page.getByRole('radio', { name: /clean/ }).click();
	await row(/就按选的记/).click();
	await expect.element(row(/东1，甲，混投/)).toBeVisible();
	const revisions = recorded(workplace, household);
	expect(revisions).toHaveLength(3);
	expect(revisions[2]?.body).toEqual({ observed: { quality: 'mixed', note: 'clean' } });
	expect(revisions[2]?.parents).toHaveLength(2);
});

test('what was begun and left is offered again, and gone once it is saved', async () => {
	const workplace = await round();
	await row(/东2，乙，还没打卡/).click();
	await page.getByLabelText('备注').fill('袋子没扎紧');
	await expect.poll(async () => (await workplace.store.drafts()).length).toBe(1);
	await row(/关上/).click();
	await expect.element(row(/东2，乙，还没打卡，草稿/)).toBeVisible();
	await row(/东2，乙/).click();
	await expect.element(page.getByLabelText('备注')).toHaveValue('袋子没扎紧');
	await row(/^未分$/).click();
	await expect.element(row(/东2，乙，未分，待传/)).toBeVisible();
	expect(await workplace.store.drafts()).toEqual([]);
	expect(recorded(workplace, childScope(near, 'h02'))[0]?.body).toEqual({
		observed: { quality: 'unsorted', note: '袋子没扎紧' }
	});
});
