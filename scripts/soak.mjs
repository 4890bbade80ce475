import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { install } from './install.mjs';
import { environment, root, tool } from './root.mjs';
import { run } from './run.mjs';

/*
 * Looks for counterexamples that `npm test` does not come by: file after file of property tests, each with a seed of
 * its own and more runs, until the time is over or one fails.
 *
 *     npm run soak                          ten minutes, everything in Node that has laws
 *     npm run soak -- 60 records merging    an hour, files with one of these words in their paths
 */
const [minutes, ...words] = wanted(process.argv.slice(2));
const runs = process.env['FC_RUNS'] ?? '30000';
const files = readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
	.map((file) => join('tests', file))
	.filter((file) => file.endsWith('.test.ts') && !/^tests.(browser|e2e)/.test(file))
	.filter((file) => readFileSync(join(root, file), 'utf8').includes("'fast-check'"))
	.filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
if (files.length === 0) {
	console.error(`No property tests with ${words.join(' or ')} in their paths.`);
	process.exit(2);
}

const node = install();
const deadline = Date.now() + minutes * 60_000;
/** @type {Map<string, number>} How often each went well. */
const passed = new Map();
while (process.exitCode === undefined && Date.now() < deadline) {
	for (const file of shuffled(files)) {
		const seed = Math.floor(Math.random() * 2 ** 31);
		const from = Date.now();
		const { ok, late, output } = await run(node, [tool('vitest'), 'run', '--project', 'node', file], {
			env: { ...environment, FC_RUNS: runs, FC_SEED: `${seed}` },
			deadline,
			quiet: true
		});
		if (late) break;
		console.log(
			`${ok ? 'ok    ' : 'FAILED'} ${file}, seed ${seed}, ${((Date.now() - from) / 1000).toFixed(1)} s`
		);
		if (ok) passed.set(file, (passed.get(file) ?? 0) + 1);
		else {
			console.error(
				`${output}\nAgain: FC_SEED=${seed} FC_RUNS=${runs} npx vitest run --project node ${file}`
			);
			process.exitCode = 1;
			break;
		}
	}
}
const times = [...passed.values()].reduce((all, count) => all + count, 0);
console.log(`${passed.size} of ${files.length} files, ${times} times in all, ${runs} runs of each law`);

/**
 * @param {readonly string[]} given
 * @returns {[number, ...string[]]}
 */
function wanted(given) {
	const [first = '', ...rest] = given;
	return /^\d+$/.test(first) ? [Number(first), ...rest] : [10, ...given];
}

/**
 * @template T
 * @param {readonly T[]} all
 * @returns {T[]}
 */
function shuffled(all) {
	return all
		.map((one) => ({ one, at: Math.random() }))
		.sort((a, b) => a.at - b.at)
		.map(({ one }) => one);
}
