import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumFlags, chromiumPath } from './tests/chromium.ts';
import { seedOf } from './tests/property-settings.ts';

// How often each law is put to the test; more by FC_RUNS=100000 npm test.
const propertyRuns = process.env['FC_RUNS'] ?? '10000';
// One seed for all of them: the suite says the same twice. `npm run soak` looks for what other seeds find.
const seed = seedOf(process.env['FC_SEED'], Math.random);
console.log(`Property tests: ${propertyRuns} runs of each law (FC_RUNS), seed ${seed} (FC_SEED).`);

const shared = {
	// Real servers, and thousands of runs a property, on machines that may be slow.
	testTimeout: 300_000,
	hookTimeout: 300_000,
	expect: { poll: { timeout: 30_000 } },
	env: { FC_RUNS: propertyRuns, FC_SEED: String(seed) },
	setupFiles: ['tests/property-seed.ts']
};

export default defineConfig({
	plugins: [svelte()],
	// The build that the app ships: vite.config.ts.
	resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
	test: {
		projects: [
			{
				extends: true,
				test: {
					...shared,
					name: 'node',
					environment: 'node',
					pool: 'forks',
					// Vitest leaves a core to itself; on two that would be one file at a time.
					maxWorkers: 2,
					include: ['tests/**/*.test.ts'],
					exclude: ['tests/browser/**', 'tests/e2e/**']
				}
			},
			{
				extends: true,
				// Found late, a dependency would make Vite reload the page in the middle of a test.
				optimizeDeps: {
					include: [
						...['@noble/hashes/sha2.js', 'dexie', 'fast-check', 'valibot'],
						...['docx', 'fflate', 'fractional-indexing', 'papaparse', 'read-excel-file/universal', 'uqr'],
						...['events', 'pouchdb-adapter-http', 'pouchdb-core', 'signature_pad', 'workbox-window'],
						...['svelte', 'svelte/events', 'svelte/reactivity']
					]
				},
				test: {
					...shared,
					name: 'browser',
					include: ['tests/browser/**/*.test.ts'],
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						instances: [{ browser: 'chromium' }],
						provider: playwright({
							launchOptions: { executablePath: chromiumPath, args: [...chromiumFlags] }
						})
					}
				}
			}
		]
	}
});
