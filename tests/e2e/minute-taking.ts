import { expect, type Locator, type Page } from '@playwright/test';
import { drawOn, glass, signed } from './glass.ts';
import { courtyardNames } from './neighbourhood.ts';

/*
 * What whoever takes the minutes does on a phone, by the words on its screen.
 */

export const door = (page: Page, number: number): Locator =>
	page.getByRole('list', { name: '各户' }).getByRole('button', { name: new RegExp(`^${number}号 `) });
/** The way to a part of the minutes: who is there, or an item. */
export const part = (page: Page, name: RegExp): Locator =>
	page.getByRole('navigation', { name: '记录的各部分' }).getByRole('link', { name });
export const words = (page: Page): Locator => page.getByRole('textbox', { name: '说了什么' });
export const lines = (page: Page): Locator =>
	page.getByRole('listitem').filter({ has: page.getByRole('button', { name: /^改/ }) });

/** A page on which a council of the first courtyard is called. */
export async function callMeeting(page: Page, address: string): Promise<void> {
	await page.goto(`${address}/meetings/new`);
	await page.getByRole('radio', { name: courtyardNames[0] }).check();
}

/** While the meeting is held; the item is open then. */
export async function addItem(page: Page, topic: string): Promise<void> {
	// The page on which a meeting is called has a button of the same name.
	await page.waitForURL(/\/take/);
	await page.getByRole('button', { name: '加一个议题' }).click();
	await page.getByRole('dialog').getByLabel('议题').fill(topic);
	await page.getByRole('dialog').getByRole('button', { name: '加一个议题' }).click();
	await expect(part(page, new RegExp(topic))).toHaveAttribute('aria-current', 'page');
}

export async function comes(page: Page, number: number): Promise<void> {
	await door(page, number).click();
	await expect(door(page, number)).toHaveAccessibleName(/到了/);
}

export async function guestComes(page: Page, name: string): Promise<void> {
	await page.getByRole('radio', { name: '来宾' }).check();
	await page.getByRole('textbox', { name: '名字' }).fill(name);
	await page.getByRole('button', { name: '记到会' }).click();
	await expect(lines(page).filter({ hasText: name })).toHaveCount(1);
}

/** As the sort of line that is chosen; in the form as it stands. */
export async function takeDown(page: Page, said: string): Promise<void> {
	await words(page).fill(said);
	await keepLine(page);
	await expect(lines(page).filter({ hasText: said })).toHaveCount(1);
	await expect(words(page)).toHaveValue('');
}

/** A line is opened to put it right, or to take it out. */
export async function openLine(page: Page, said: string): Promise<Locator> {
	await lines(page).filter({ hasText: said }).getByRole('button', { name: /^改/ }).click();
	return page.getByRole('dialog');
}

export async function putRight(page: Page, said: string, better: string): Promise<void> {
	const sheet = await openLine(page, said);
	await sheet.getByLabel('说了什么').fill(better);
	await sheet.getByRole('button', { name: '改好' }).click();
	await expect(lines(page).filter({ hasText: better })).toHaveCount(1);
}

export async function countHands(page: Page, question: string, hands: readonly number[]): Promise<void> {
	await page.getByRole('radio', { name: '举手表决' }).check();
	await page.getByRole('textbox', { name: '表决什么' }).fill(question);
	for (const [index, name] of ['赞成', '反对', '弃权'].entries())
		await page.getByRole('textbox', { name, exact: true }).fill(String(hands[index] ?? 0));
	await keepLine(page);
	await expect(lines(page).filter({ hasText: question })).toHaveCount(1);
}

export async function resolve(page: Page, decision: string): Promise<void> {
	await page.getByRole('radio', { name: '决议' }).check();
	await page.getByRole('textbox', { name: '定了什么' }).fill(decision);
	await keepLine(page);
	await expect(lines(page).filter({ hasText: decision })).toHaveCount(1);
}

/** What someone is given to do: a matter. `owner`: by the label of whose list it is put on. */
export async function giveToDo(page: Page, task: string, owner: RegExp, due: string): Promise<void> {
	await page.getByRole('radio', { name: '交办事项' }).check();
	await page.getByRole('textbox', { name: '要办什么' }).fill(task);
	await page.getByRole('group', { name: '谁来办' }).getByRole('radio', { name: owner }).check();
	await page.getByLabel('哪天前办好').fill(due);
	await keepLine(page);
	await expect(page.getByRole('link', { name: new RegExp(task) })).toBeVisible();
}

/** Chair and recorder sign on the glass what lies before them, and it is filed. */
export async function signMinutes(page: Page): Promise<void> {
	for (const { role, from, to } of [
		{ role: '主持人', from: [0.2, 0.3], to: [0.7, 0.6] },
		{ role: '记录人', from: [0.3, 0.7], to: [0.8, 0.3] }
	] as const) {
		await page.getByLabel(`${role}姓名`).fill(`示例${role}`);
		await drawOn(glass(page, `${role}签名`), from, to);
		await expect(signed(page, `${role}签名`, 1)).toBeVisible();
	}
	await page.getByRole('button', { name: '签字存档' }).click();
	await expect(page).toHaveURL(/\/minutes$/);
	await expect(page.getByText('内容自存档后未改动')).toBeVisible();
}

async function keepLine(page: Page): Promise<void> {
	await page.getByRole('button', { name: '记下', exact: true }).click();
}
