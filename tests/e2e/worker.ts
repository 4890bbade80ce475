import { expect, type Page } from '@playwright/test';
import type { Login } from '../serve.ts';
import type { Device } from './device.ts';
import { heldOnDevice } from './held-records.ts';

/** What a grid worker does on a phone, by the words on its screen. */
export class Worker {
	readonly device: Device;
	readonly login: Login;

	constructor(device: Device, login: Login) {
		this.device = device;
		this.login = login;
	}

	get page(): Page {
		return this.device.page;
	}

	/** Signs in and waits until the round is on the phone and the app would start without a network. */
	async signIn(): Promise<void> {
		await this.page.goto(this.device.link.url);
		await this.page.getByLabel('账号').fill(this.login.name);
		await this.page.getByLabel('密码').fill(this.login.password);
		await this.page.getByRole('button', { name: '登录' }).click();
		await this.allDelivered();
		await expect
			.poll(async () => (await heldOnDevice(this.page, this.login.name)).records.length, { timeout: 60_000 })
			.toBeGreaterThan(0);
		await this.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
	}

	async allDelivered(): Promise<void> {
		await expect(this.mark).toHaveAttribute('data-work', 'delivered', { timeout: 60_000 });
	}

	/** The mark of the state of one's work. */
	get mark() {
		return this.page.locator('[data-work]');
	}

	async openCourtyard(name: string): Promise<void> {
		const button = this.page.getByRole('button', { name: new RegExp(`^${name}`) });
		await expect(button).toBeVisible({ timeout: 30_000 });
		if ((await button.getAttribute('aria-expanded')) !== 'true') await button.click();
	}

	/** The row of a door in the open courtyard. */
	row(door: number) {
		return this.page.getByRole('button', { name: new RegExp(`^${door}号，`) });
	}

	get sheet() {
		return this.page.getByRole('dialog');
	}

	async openSheet(door: number): Promise<void> {
		await this.row(door).click();
		await expect(this.sheet).toBeVisible();
	}

	async tap(quality: '分对了' | '混投' | '未分'): Promise<void> {
		await this.sheet.getByRole('button', { name: quality, exact: true }).click();
	}

	/** Checks a household in and waits until its row says so. */
	async checkIn(door: number, quality: '分对了' | '混投' | '未分' = '分对了'): Promise<void> {
		await this.openSheet(door);
		await this.tap(quality);
		await expect(this.row(door)).toHaveAccessibleName(new RegExp(quality));
	}

	async takePhoto(jpeg: Buffer): Promise<void> {
		const photos = this.sheet.getByRole('img');
		const before = await photos.count();
		await this.sheet
			.locator('input[type=file]')
			.setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: jpeg });
		await expect(photos).toHaveCount(before + 1);
	}
}
