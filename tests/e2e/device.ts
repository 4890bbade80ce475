import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumFlags, chromiumPath } from '../chromium.ts';
import { Link } from './link.ts';

export interface Screen {
	readonly width: number;
	readonly height: number;
}

export const phoneScreen: Screen = { width: 360, height: 740 };
export const deskScreen: Screen = { width: 1280, height: 800 };

/**
 * A person's device: a Chromium of its own with a profile on disk and a network link that can be
 * cut. Its browser can be closed, killed and started again on the same profile.
 */
export class Device {
	readonly name: string;
	readonly link: Link;
	readonly #screen: Screen;
	readonly #profile: string;
	#process: ChildProcess | undefined;
	#browser: Browser | undefined;
	#page: Page | undefined;

	private constructor(name: string, link: Link, screen: Screen, profile: string) {
		this.name = name;
		this.link = link;
		this.#screen = screen;
		this.#profile = profile;
	}

	static async start(name: string, serverPort: number, screen: Screen): Promise<Device> {
		const link = new Link(serverPort);
		await link.up();
		const profile = await mkdtemp(join(tmpdir(), 'zhonggeng-device-'));
		const device = new Device(name, link, screen, profile);
		await device.open();
		return device;
	}

	/** The folder of everything its browser keeps on the disk. */
	get profile(): string {
		return this.#profile;
	}

	get page(): Page {
		if (!this.#page) throw new Error(`the browser of ${this.name} is closed`);
		return this.#page;
	}

	/** Starts the browser on this device's profile. */
	async open(): Promise<Page> {
		const child = spawn(
			chromiumPath,
			[
				...chromiumFlags,
				'--headless=new',
				'--lang=zh-CN',
				'--accept-lang=zh-CN',
				'--remote-debugging-port=0',
				`--user-data-dir=${this.#profile}`,
				`--window-size=${this.#screen.width},${this.#screen.height}`,
				'about:blank'
			],
			{ stdio: ['ignore', 'ignore', 'pipe'], detached: true }
		);
		this.#process = child;
		this.#browser = await chromium.connectOverCDP(await debuggingAddress(child));
		const context = this.#context();
		this.#page = context.pages()[0] ?? (await context.newPage());
		await this.#page.setViewportSize(this.#screen);
		return this.#page;
	}

	/** No signal: connections break and no new ones come about; the browser knows. */
	async goOffline(): Promise<void> {
		await this.link.cut();
		await this.#context().setOffline(true);
	}

	async goOnline(): Promise<void> {
		await this.link.up();
		await this.#context().setOffline(false);
	}

	async close(): Promise<void> {
		const child = this.#process;
		if (!child || child.exitCode !== null || child.signalCode !== null) return;
		const exited = once(child, 'exit');
		const session = await this.#browser?.newBrowserCDPSession();
		// The answer is lost with the browser; that it ended is awaited below.
		session?.send('Browser.close').catch(() => {});
		await exited;
		this.#forget();
	}

	/** SIGKILL to the browser and all its processes, as a dead battery would. */
	async kill(): Promise<void> {
		const child = this.#process;
		if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
		const exited = once(child, 'exit');
		process.kill(-child.pid, 'SIGKILL');
		await exited;
		this.#forget();
	}

	/** Ends the browser and deletes the profile. */
	async remove(): Promise<void> {
		await this.kill();
		await this.link.cut();
		await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
	}

	#forget(): void {
		this.#process = undefined;
		this.#browser = undefined;
		this.#page = undefined;
	}

	#context(): BrowserContext {
		const context = this.#browser?.contexts()[0];
		if (!context) throw new Error(`the browser of ${this.name} is closed`);
		return context;
	}
}

function debuggingAddress(child: ChildProcess): Promise<string> {
	return new Promise((resolve, reject) => {
		let output = '';
		child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
			output += chunk;
			const address = /DevTools listening on (ws:\/\/\S+)/.exec(output)?.[1];
			if (address) resolve(address);
		});
		child.once('exit', (code) => reject(new Error(`Chromium ended with ${code}:\n${output}`)));
		child.once('error', reject);
	});
}
