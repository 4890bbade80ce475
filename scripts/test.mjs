import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from './browser.mjs';
import { build, generate } from './build.mjs';
import { checks } from './checks.mjs';
import { install } from './install.mjs';
import { casesOf, table } from './report.mjs';
import { environment, root } from './root.mjs';
import { run } from './run.mjs';
import { installPackages, programAt } from './system.mjs';

const started = Date.now();
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => name !== 'all' && checks.every((check) => check.name !== name));
if (unknown.length > 0) {
	console.error(
		`No check ${unknown.join(', ')}. There are: ${checks.map(({ name }) => name).join(', ')}; all.`
	);
	process.exit(2);
}
const chosen = asked.includes('all')
	? checks
	: checks.filter(({ name, long }) => (asked.length === 0 ? !long : asked.includes(name)));

/** @type {{ title: string, ok: boolean, seconds: number, cases: import('./report.mjs').Cases }[]} */
const results = [];
const node = prepare('Dependencies', install);
if (node !== undefined) {
	prepare('Build', () => {
		build(node);
		generate(node);
	});
	const chromium = chosen.some(({ name }) => ['browser', 'journeys', 'corners'].includes(name))
		? prepare('Browser', () => findBrowser(node))
		: undefined;
	// One test counts what the server has written to the disk; it says so where this cannot be had.
	if (process.platform === 'linux' && programAt('strace') === undefined) installPackages(['strace']);
	const env = { ...environment, ...(chromium === undefined ? {} : { CHROMIUM_PATH: chromium }) };
	// What keeps one core busy runs beside another such, what uses all of them alone.
	const waiting = chosen.filter(({ alone }) => !alone);
	const lane = async () => {
		for (let check = waiting.shift(); check; check = waiting.shift()) await tried(check, node, env);
	};
	await Promise.all([lane(), lane()]);
	for (const check of chosen.filter(({ alone }) => alone)) await tried(check, node, env);
}

const minutes = ((Date.now() - started) / 60_000).toFixed(1);
const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ what) =>
	results.reduce((all, { cases }) => all + cases[what], 0);
console.log(`\n${table(results)}\n\n${minutes} minutes`);
if (sum('skipped') > 0) console.log(`${sum('skipped')} skipped`);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;

/**
 * Something the checks stand on. What cannot run without it fails by itself.
 * @template T
 * @param {string} title
 * @param {() => T} work
 * @returns {T | undefined}
 */
function prepare(title, work) {
	const from = Date.now();
	heading(title);
	try {
		return work();
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		results.push({ title, ok: false, seconds: since(from), cases: casesOf(undefined, false) });
		return undefined;
	}
}

/**
 * @param {import('./checks.mjs').Check} check
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 */
async function tried({ title, alone, minutes, commands, report }, node, env) {
	const from = Date.now();
	if (alone) heading(title);
	const file = report === undefined ? undefined : join(root, report);
	const reporting = file === undefined ? env : { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
	if (file !== undefined) rmSync(file, { force: true });
	const deadline = from + minutes * 60_000;
	let printed = '';
	let ok = true;
	for (const args of commands()) {
		if (!ok) break;
		const ended = await run(node, args, { env: reporting, deadline, quiet: !alone });
		printed += ended.output + (ended.late ? 'Out of time.\n' : '');
		ok = ended.ok;
	}
	results.push({ title, ok, seconds: since(from), cases: casesOf(file, ok) });
	if (!alone) heading(title);
	process.stdout.write(printed);
	console.log(`${ok ? 'ok' : 'FAILED'}, ${since(from).toFixed(1)} s`);
}

/** @param {string} title */
function heading(title) {
	console.log(`\n── ${title} ${'─'.repeat(Math.max(0, 76 - title.length))}`);
}

/** @param {number} from */
function since(from) {
	return (Date.now() - from) / 1000;
}
