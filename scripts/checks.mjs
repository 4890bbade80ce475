import { tool } from './root.mjs';

/**
 * One part of `npm test`: commands for the project's Node, each run only if the one before it went well.
 * @typedef {object} Check
 * @property {string} name As in `npm test -- lint unit`.
 * @property {string} title
 * @property {number} minutes After which it counts as failed.
 * @property {boolean} alone Whether it uses all cores; the others run beside each other.
 * @property {() => string[][]} commands
 * @property {string} [report] Where it writes its cases as JSON.
 * @property {boolean} [long] Left out of `npm test`, which is to take a quarter of an hour; in `npm run test:all`.
 */

const components = '**/*.svelte';

/** @type {readonly Check[]} In the order they run: what fails soonest first. */
export const checks = [
	{
		name: 'format',
		title: 'Format (prettier)',
		minutes: 3,
		alone: false,
		commands: () => [[tool('prettier'), '--check', '--log-level=warn', '.']]
	},
	{
		name: 'types',
		title: 'Types (svelte-check, tsc)',
		minutes: 8,
		alone: false,
		commands: () => [
			[tool('svelte-check'), '--tsconfig=tsconfig.json', '--fail-on-warnings'],
			[tool('tsc', 'typescript'), '--project', 'src/service-worker']
		]
	},
	{
		name: 'lint',
		title: 'Lint and layers (eslint)',
		minutes: 15,
		alone: false,
		commands: () => [[tool('eslint'), '--max-warnings=0', '--ignore-pattern', components, '.']]
	},
	{
		name: 'lint-components',
		title: 'Lint of components (eslint)',
		minutes: 15,
		alone: false,
		// The rules that need types have TypeScript look at the whole project anew for each of them.
		commands: () => [[tool('eslint'), '--max-warnings=0', components]],
		long: true
	},
	{
		name: 'unused',
		title: 'Nothing unused, nothing undeclared (knip)',
		minutes: 3,
		alone: false,
		commands: () => [[tool('knip'), '--no-progress']]
	},
	{
		name: 'size',
		title: 'JavaScript of the first screen',
		minutes: 1,
		alone: false,
		commands: () => [['scripts/first-load.mjs']]
	},
	{
		name: 'browser',
		title: 'Storage in a real browser (vitest, Chromium)',
		minutes: 20,
		alone: false,
		commands: () => [vitest('browser', 'browser')],
		report: 'test-results/browser.json'
	},
	{
		name: 'unit',
		title: 'Unit, property and contract tests (vitest, Node)',
		minutes: 30,
		alone: true,
		commands: () => [vitest('node', 'unit')],
		report: 'test-results/unit.json'
	},
	{
		name: 'journeys',
		title: 'End to end, what people do in a day (playwright)',
		minutes: 20,
		alone: true,
		commands: () => [playwright('journeys')],
		report: 'test-results/journeys.json'
	},
	{
		name: 'corners',
		title: 'End to end, every screen and the rest (playwright)',
		minutes: 40,
		alone: true,
		commands: () => [playwright('corners')],
		report: 'test-results/corners.json',
		long: true
	}
];

/** @param {string} project */
function playwright(project) {
	return [tool('playwright', '@playwright/test'), 'test', '--project', project];
}

/**
 * @param {string} project
 * @param {string} report
 */
function vitest(project, report) {
	return [
		...[tool('vitest'), 'run', '--project', project],
		...['--reporter=default', '--reporter=json', `--outputFile.json=test-results/${report}.json`]
	];
}
