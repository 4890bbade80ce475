import { expect, type Page } from '@playwright/test';
import type { Login } from '../serve.ts';
import type { Device } from './device.ts';

/** What a resident does on a phone, by the words on its screen. */
export class Resident {
	readonly device: Device;
	readonly login: Login;

	constructor(device: Device, login: Login) {
		this.device = device;
		this.login = login;
	}

	get page(): Page {
		return this.device.page;
	}

	/** Signs in and waits until the household is on the phone and the app would start without a network. */
	async signIn(home: string): Promise<void> {
		await this.page.goto(this.device.link.url);
		await this.page.getByLabel('账号').fill(this.login.name);
		await this.page.getByLabel('密码').fill(this.login.password);
		await this.page.getByRole('button', { name: '登录', exact: true }).click();
		await expect(this.page.getByRole('heading', { level: 1, name: home })).toBeVisible({ timeout: 60_000 });
		await this.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
	}

	get button() {
		return this.page.getByRole('button', { name: '今天分好了' });
	}

	async tap(): Promise<void> {
		await this.button.click();
		await expect(this.page.getByText('今天分好了，已记下')).toBeVisible();
	}

	async delivered(): Promise<void> {
		await expect(this.page.getByText('已送达', { exact: true })).toBeVisible({ timeout: 60_000 });
	}
}
