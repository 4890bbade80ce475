import { defineConfig } from '@playwright/test';
import { chromiumFlags, chromiumPath } from './tests/chromium.ts';

export default defineConfig({
	testDir: 'tests/e2e',
	testMatch: '**/*.test.ts',
	outputDir: 'test-results/e2e',
	// Each file starts servers and browsers of its own on ports of their own: as many at once as there are cores
	// on the machines this is built on. Tests of one file follow one another.
	workers: 2,
	fullyParallel: false,
	retries: 0,
	forbidOnly: true,
	timeout: 300_000,
	// Nothing here asserts how fast something is: what is waited for may take long on a busy machine.
	expect: { timeout: 30_000 },
	reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
	use: {
		browserName: 'chromium',
		headless: true,
		trace: 'off',
		launchOptions: { executablePath: chromiumPath, args: [...chromiumFlags] }
	}
});
