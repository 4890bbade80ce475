import { defineConfig } from '@playwright/test';
import { chromiumFlags, chromiumPath } from './tests/chromium.ts';

export default defineConfig({
	testDir: 'tests/e2e',
	testMatch: '**/*.test.ts',
	outputDir: 'test-results/e2e',
	// One after the other: each starts servers and browsers of its own and measures nothing else's.
	workers: 1,
	fullyParallel: false,
	retries: 0,
	forbidOnly: true,
	timeout: 180_000,
	reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
	use: {
		browserName: 'chromium',
		headless: true,
		trace: 'off',
		launchOptions: { executablePath: chromiumPath, args: [...chromiumFlags] }
	}
});
