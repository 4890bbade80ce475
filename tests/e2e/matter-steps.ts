import { expect, type Page } from '@playwright/test';

/*
 * What people do with a matter on its page, by the words on their screens.
 */

export async function photograph(page: Page): Promise<void> {
	const photos = page.locator('form').getByRole('img');
	const before = await photos.count();
	await useCamera(page);
	await expect(photos).toHaveCount(before + 1);
}

/** The photo is of the screen as it is. */
export async function useCamera(page: Page): Promise<void> {
	const buffer = await page.screenshot({ type: 'jpeg', quality: 50 });
	await page.locator('input[type=file]').setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer });
}

export async function closeIt(page: Page, result: string): Promise<void> {
	await page.getByRole('button', { name: '办结', exact: true }).click();
	await page.getByRole('textbox', { name: '办得怎么样' }).fill(result);
	await page.getByRole('dialog').getByRole('button', { name: '办结', exact: true }).click();
	await expect(page.getByText(result)).toBeVisible();
}

export async function rateAtDoor(page: Page, door: string, satisfaction: string): Promise<void> {
	await page.getByRole('button', { name: '上门记一户的评价' }).click();
	const sheet = page.getByRole('dialog');
	const option = sheet.getByRole('option', { name: new RegExp(`^${door}`) });
	await sheet.getByLabel('哪一户评的').selectOption(await option.getAttribute('value'));
	await sheet.getByRole('radio', { name: satisfaction, exact: true }).check();
	await sheet.getByRole('button', { name: '就这么评' }).click();
	await expect(sheet).toBeHidden();
	await expect(page.getByText(new RegExp(`${door} ${satisfaction}`)).first()).toBeVisible();
}

export async function rate(page: Page, satisfaction: string): Promise<void> {
	await page.getByRole('radio', { name: satisfaction, exact: true }).check();
	await page.getByRole('button', { name: '就这么评' }).click();
}

/** Shows it to residents as it would be shown. */
export async function publish(page: Page, path: string): Promise<void> {
	await page.goto(path);
	await page.getByRole('link', { name: '公开给居民看' }).click();
	await page.getByRole('button', { name: '公开', exact: true }).click();
}
