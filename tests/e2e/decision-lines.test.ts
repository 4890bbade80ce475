import { expect, test } from '@playwright/test';
import type { Scope } from '#records/scope.ts';
import { householdsIn } from './held-households.ts';
import { delivered, visit } from './looks.ts';
import { putRaised } from './matters-put.ts';
import { putFiled } from './minutes-put.ts';
import { courtyardNames, startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';

test('a decision rests on a resolution: from the matter to its line in the minutes, and back', async ({
	browser
}) => {
	const place: Neighbourhood = await startNeighbourhood({}, 4);
	const homes = await householdsIn(place.server, courtyardNames[0]);
	const [first] = homes;
	if (!first) throw new Error('the roster made no household');
	const on = { server: place.server, by: place.workers[0], scope: first.courtyard };
	const households: readonly Scope[] = homes.map(({ scope }) => scope);
	const resolution = '过道不放东西，旧家具登记后清走。';
	const meeting = await putFiled(on, households, 'huiyi0021', resolution);
	const matter = await putRaised(on, 'minshi0021', '院门口的旧沙发没人搬');

	const page = await visit(browser, place.server, place.workers[0]);
	await page.goto(`/matters/${matter.entity}`);
	await page.getByRole('button', { name: '记下怎么定的' }).click();
	const sheet = page.getByRole('dialog');
	await sheet.getByRole('textbox').first().fill('登记后请物业清走');
	await sheet.getByRole('combobox').selectOption(meeting);
	await sheet.getByRole('checkbox', { name: new RegExp(resolution) }).check();
	await sheet.locator('summary', { hasText: '会上的其他记录' }).click();
	await sheet.getByRole('checkbox', { name: /同意统一清理过道/ }).check();
	await page.screenshot({ path: test.info().outputPath('choosing.png') });
	await sheet.getByRole('button', { name: '记下怎么定的' }).click();
	await expect(sheet).toBeHidden();

	const card = page.getByRole('region', { name: /依据的会议记录（2 条）/ });
	await expect(card).toContainText(resolution);
	await expect(card).toContainText('赞成 9，反对 1，弃权 1');
	await card.screenshot({ path: test.info().outputPath('resting.png') });
	await delivered(page);
	await card.getByRole('listitem').filter({ hasText: resolution }).getByRole('link').click();
	const line = page.getByRole('article').getByRole('listitem').filter({ hasText: resolution });
	await expect(line).toBeInViewport();
	await page.screenshot({ path: test.info().outputPath('line.png') });
	await line.getByRole('link', { name: '院门口的旧沙发没人搬' }).click();
	await expect(page).toHaveURL(new RegExp(`/matters/${matter.entity}$`));
	await page.context().close();

	const other = await visit(browser, place.server, place.workers[1]);
	await other.goto('/settings');
	await other.getByRole('switch', { name: '大字模式' }).setChecked(true);
	await other.goto(`/matters/${matter.entity}`);
	await expect(other.getByText(resolution)).toBeVisible({ timeout: 60_000 });
	await other.getByText(resolution).scrollIntoViewIfNeeded();
	await other.screenshot({ path: test.info().outputPath('large.png') });
	await other.context().close();
	await place.server.remove();
});
