import { chromium } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { arch, cpus, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'vite';
import { findBrowser } from './browser.mjs';
import { root } from './root.mjs';

/** Opens tests/bench/page.html in a headless Chromium, and says in what it runs. */
export async function openBenchPage() {
	const server = await createServer({
		root,
		configFile: false,
		logLevel: 'error',
		server: { host: '127.0.0.1', port: 0, watch: null },
		optimizeDeps: { entries: ['tests/bench/page.html'] }
	});
	await server.listen();
	const address = server.httpServer?.address();
	if (typeof address !== 'object' || address === null) throw new Error('the page has no address');
	const browser = await openBrowser();
	const close = async () => {
		await browser.close();
		await server.close();
	};
	try {
		await browser.page.goto(`http://127.0.0.1:${address.port}/tests/bench/page.html`);
		await browser.page.waitForFunction(() => 'searchBench' in window);
		return { ...browser, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** A headless Chromium, and in what it runs. */
export async function openBrowser() {
	// A profile of its own on the disk: in a private window IndexedDB would keep to memory.
	const profile = mkdtempSync(join(process.env['BENCH_DIR'] ?? tmpdir(), 'zhonggeng-bench-'));
	const context = await chromium.launchPersistentContext(profile, {
		executablePath: findBrowser(process.execPath),
		args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking']
	});
	const close = async () => {
		await context.close();
		rmSync(profile, { recursive: true, force: true });
	};
	try {
		const page = await context.newPage();
		const browser = `Chromium ${context.browser()?.version() ?? ''}`;
		const about = {
			browser,
			node: process.version,
			machine: `${platform()} ${arch()}, ${cpus().length} cores`
		};
		return { page, devtools: await context.newCDPSession(page), about, close };
	} catch (error) {
		await close();
		throw error;
	}
}
