import { expect, test } from '@playwright/test';
import { parentScope } from '#records/scope.ts';
import { heldOnServer } from './held-records.ts';
import { courtyardNames, startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { signedIn, squares, squaresOf } from './office-desk.ts';

test.describe('an office that issues cards', () => {
	let place: Neighbourhood;

	test.beforeAll(async () => {
		place = await startNeighbourhood();
	});
	test.afterAll(() => place.server.remove());

	test('issues a card for a household, whose code is the link’s, and revokes it', async ({ browser }) => {
		const records = await heldOnServer(place.server);
		const yard = records.find(
			({ kind, body }) => kind === 'courtyard' && body?.['name'] === courtyardNames[0]
		);
		const household = records.find(
			({ kind, body, scope }) =>
				kind === 'household' && body?.['door'] === '1号' && parentScope(scope) === yard?.scope
		)?.scope;
		const desk = await signedIn(browser, place, place.workers[1]);
		await desk.goto(`/households/${household}`);
		await desk.getByRole('link', { name: '打印入户卡' }).click();
		await desk.getByLabel('一张卡给几台手机用').selectOption('3');
		await desk.getByRole('button', { name: '发卡', exact: true }).click();
		const shown = desk.getByText(/^[2-9A-HJKMNP-Z]{4} [2-9A-HJKMNP-Z]{4}$/);
		await expect(shown).toBeVisible();
		const spoken = await shown.innerText();
		const link = `${new URL(desk.url()).origin}/join#${spoken.replace(' ', '')}`;
		expect(await squaresOf(desk, `入户码 ${spoken} 的二维码`)).toBe(squares(link));
		await expect(desk.getByText('已有 0 台加入，共可 3 台。')).toBeVisible();

		await desk.getByRole('button', { name: '作废', exact: true }).click();
		await desk.getByRole('button', { name: '作废这张卡' }).click();
		await expect(desk.getByText('已作废')).toBeVisible();
		await desk.context().close();
	});

	test('issues a courtyard’s cards in one go, eight to a sheet of A4', async ({ browser }) => {
		const records = await heldOnServer(place.server);
		const yard = records.find(
			({ kind, body }) => kind === 'courtyard' && body?.['name'] === courtyardNames[1]
		);
		const desk = await signedIn(browser, place, place.office);
		await desk.goto(`/cards/${yard?.scope}`);
		await desk.getByRole('button', { name: '给 30 户发卡' }).click();
		await expect(desk.getByRole('button', { name: '打印 30 张' })).toBeVisible({ timeout: 60_000 });
		const codes = await desk.getByText(/^[2-9A-HJKMNP-Z]{4} [2-9A-HJKMNP-Z]{4}$/).allInnerTexts();
		expect(new Set(codes).size).toBe(30);
		const pdf = await desk.pdf({ preferCSSPageSize: true });
		expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(4);
		await desk.context().close();
	});
});
