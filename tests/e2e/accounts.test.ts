import { expect, test } from '@playwright/test';
import type { Login } from '../serve.ts';
import { courtyardNames, startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { newPage, signedIn, squares, squaresOf } from './office-desk.ts';

test.describe('an office that keeps accounts', () => {
	let place: Neighbourhood;

	test.beforeAll(async () => {
		place = await startNeighbourhood();
	});
	test.afterAll(() => place.server.remove());

	test('makes a worker, whose one-time link sets a password once, and sees who did what', async ({
		browser
	}) => {
		const desk = await signedIn(browser, place, place.office);
		await desk.goto('/office/accounts');
		await expect(desk.getByRole('button', { name: 'worker1' })).toBeVisible();
		await desk.getByRole('link', { name: '新建账号' }).click();
		await desk.getByRole('textbox', { name: '账号' }).fill('示例新人');
		await desk.getByLabel('姓名').fill('示例甲');
		await desk.getByLabel('社区').selectOption({ label: '草厂' });
		await desk.getByLabel('网格').selectOption({ label: '第三网格' });
		await desk.getByLabel('截止日期').fill('2099-12-31');
		await desk.getByRole('button', { name: '建立账号' }).click();
		const link = desk.getByText(/\/password#/);
		await expect(link).toBeVisible();
		const url = await link.innerText();
		expect(await squaresOf(desk, '示例新人 的一次性链接二维码')).toBe(squares(url));

		const phone = await newPage(browser, place);
		await phone.goto(url);
		await expect(phone.getByText('示例新人')).toBeVisible();
		await phone.getByLabel('密码', { exact: true }).fill('short');
		await phone.getByRole('button', { name: '设好并登录' }).click();
		await expect(phone.getByText('密码至少要 8 个字。')).toBeVisible();
		await phone.getByLabel('密码', { exact: true }).fill('sorghum and bricks');
		await phone.getByLabel('再填一次密码').fill('sorghum and bricks');
		await phone.getByRole('button', { name: '设好并登录' }).click();
		await expect(phone.getByText(courtyardNames[0]).first()).toBeVisible({ timeout: 60_000 });
		expect(new URL(phone.url()).hash).toBe('');

		const later = await newPage(browser, place);
		await later.goto(url);
		await expect(later.getByText('这个链接不能用了')).toBeVisible();

		await desk.goto('/office/accounts');
		const row = desk.getByRole('row', { name: /示例新人/ });
		await expect(row).toContainText('网格员：草厂 第三网格（到2099-12-31）');
		await expect(row).toContainText('在用');
		await expect(row).not.toContainText('没有过');
		await desk.getByRole('link', { name: '变更记录' }).click();
		const made = desk.getByRole('row', { name: /示例新人.*新建账号/ });
		await expect(made).toContainText(place.office.name);
		await expect(made).toContainText('网格员：草厂 第三网格');
		await expect(desk.getByRole('row', { name: /示例新人.*设了密码/ })).toBeVisible();
		for (const page of [desk, phone, later]) await page.context().close();
	});

	test('shuts an account out, and lets it in again', async ({ browser }) => {
		const desk = await signedIn(browser, place, place.office);
		await desk.goto('/office/accounts');
		await desk.getByRole('button', { name: 'worker2' }).click();
		await desk.getByRole('button', { name: '停用', exact: true }).click();
		await desk.getByRole('button', { name: '停用这个账号' }).click();
		await expect(desk.getByRole('dialog')).toContainText('已停用');
		expect(await signInStatus(place, place.workers[1])).toBe(401);
		await desk.getByRole('button', { name: '恢复使用' }).click();
		await desk.getByRole('button', { name: '恢复使用' }).click();
		await expect(desk.getByRole('dialog')).toContainText('在用');
		expect(await signInStatus(place, place.workers[1])).toBe(200);
		await desk.context().close();
	});

	test('takes a sheet of workers in, row by row, and does nothing the second time', async ({ browser }) => {
		const desk = await signedIn(browser, place, place.office);
		await desk.goto('/office/accounts/import');
		const sheet = [
			'姓名,账号,角色,地方,截止日期',
			'示例乙,sheet-b,网格员,草厂 第三网格,',
			'示例丙,sheet-c,社会组织,草厂,2099-06-30',
			'示例丁,sheet-d,网格员,没有的网格,'
		].join('\n');
		const file = { name: '账号.csv', mimeType: 'text/csv', buffer: Buffer.from(sheet) };
		await desk.locator('input[type=file]').setInputFiles(file);
		await expect(desk.getByRole('row', { name: /sheet-d/ })).toContainText('您的范围里没有“没有的网格”');
		await desk.getByRole('button', { name: '建立或修改 2 个账号' }).click();
		await expect(desk.getByText('2 个里做好了 2 个。')).toBeVisible();
		await expect(desk.getByText(/\/password#/)).toHaveCount(2);

		desk.on('dialog', (dialog) => void dialog.accept());
		await desk.getByRole('link', { name: '批量导入' }).click();
		await desk.reload();
		await desk.locator('input[type=file]').setInputFiles(file);
		await expect(desk.getByText('没有要做的')).toBeVisible();
		await desk.context().close();
	});

	test('shuts one of a worker’s devices out', async ({ browser }) => {
		const phone = await signedIn(browser, place, place.workers[0]);
		const desk = await signedIn(browser, place, place.office);
		await desk.goto('/office/devices');
		await desk
			.getByRole('button', { name: /^停掉 worker1 的/ })
			.first()
			.click();
		await expect(desk.getByRole('dialog')).toContainText('先把还没送到的记录交给办公室');
		await desk.getByRole('button', { name: '停掉这台设备' }).click();
		await expect(desk.getByRole('row', { name: /worker1.*已停掉/ })).toBeVisible();
		// Its session ended with it.
		const session = await phone.evaluate(async () => {
			const body: unknown = await (await fetch('/db/_session')).json();
			return body;
		});
		expect(session).toMatchObject({ userCtx: { name: null } });
		await phone.context().close();
		await desk.context().close();
	});

	test('without a network says so, and keeps what was typed', async ({ browser }) => {
		const desk = await signedIn(browser, place, place.office);
		await desk.goto('/office/devices');
		await expect(desk.getByRole('cell', { name: place.office.name }).first()).toBeVisible();
		await desk.getByRole('link', { name: '变更记录' }).click();
		await expect(desk.getByRole('heading', { level: 1, name: '变更记录' })).toBeVisible();
		await desk.getByRole('link', { name: '账号', exact: true }).last().click();
		await expect(desk.getByRole('button', { name: 'worker1' })).toBeVisible();
		await desk.getByRole('link', { name: '新建账号' }).click();
		await expect(desk.getByRole('textbox', { name: '账号' })).toBeVisible();

		await desk.context().setOffline(true);
		await desk.getByRole('textbox', { name: '账号' }).fill('offline-worker');
		await desk.getByRole('button', { name: '建立账号' }).click();
		await expect(desk.getByRole('alert')).toContainText('连不上服务器');
		// What the server told a moment ago is shown with its time.
		await desk.getByRole('link', { name: '返回' }).click();
		await expect(desk.getByText(/连不上服务器.*下面是 .* 的情况/)).toBeVisible();
		await expect(desk.getByRole('button', { name: 'worker1' })).toBeVisible();

		await desk.context().setOffline(false);
		await desk.getByRole('button', { name: '再试一次' }).click();
		await expect(desk.getByText(/连不上服务器/)).toBeHidden();
		await desk.reload();
		await desk.getByRole('link', { name: '新建账号' }).click();
		await expect(desk.getByRole('textbox', { name: '账号' })).toHaveValue('offline-worker');
		await desk.context().close();
	});
});

async function signInStatus({ server }: Neighbourhood, { name, password }: Login): Promise<number> {
	const answer = await fetch(`${server.url}/db/_session`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ name, password })
	});
	return answer.status;
}
