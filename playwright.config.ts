import { defineConfig } from '@playwright/test';
import { chromiumFlags, chromiumPath } from './tests/chromium.ts';

/** What people do with it from the first day on, for `npm test`. All else is in `npm run test:all`. */
const journeys = ['conventions', 'first-day', 'join', 'lost-phone', 'offline-check-ins', 'resident'].map(
	(name) => `**/${name}.test.ts`
);

export default defineConfig({
	testDir: 'tests/e2e',
	projects: [
		{ name: 'journeys', testMatch: journeys },
		{ name: 'corners', testMatch: '**/*.test.ts', testIgnore: journeys }
	],
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
	// The file is named by scripts/test.mjs.
	reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] === undefined ? 'list' : [['list'], ['json']],
	use: {
		browserName: 'chromium',
		headless: true,
		trace: 'off',
		launchOptions: { executablePath: chromiumPath, args: [...chromiumFlags] }
	}
});
