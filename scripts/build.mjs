import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, root, tool } from './root.mjs';

/** All that the built app depends on. */
const inputs = [
	...['src', 'static', 'messages', 'project.inlang/settings.json'],
	...['svelte.config.js', 'vite.config.ts', 'package.json', 'package-lock.json', 'scripts/build.mjs']
];
/** Made while building. */
const made = 'src/paraglide';
/** The digest of the inputs of this very build: whoever builds anew takes it away. */
const stamp = join(root, 'build', '.built-from');
/** Also left by a build, for the size check. */
const manifest = join(root, '.svelte-kit', 'output', 'client', '.vite', 'manifest.json');

/**
 * Builds the app into `build/` unless it was made from these very files.
 * @param {string} node
 */
export function build(node) {
	const digest = digestOf(inputs);
	if (existsSync(stamp) && existsSync(manifest) && readFileSync(stamp, 'utf8') === digest) return;
	console.log('Building the app …');
	done(node, [tool('vite'), 'build', '--logLevel', 'warn']);
	writeFileSync(stamp, digest);
}

/**
 * What types and lint read besides the sources: messages as code, types of routes.
 * @param {string} node
 */
export function generate(node) {
	const paraglide = tool('paraglide-js', '@inlang/paraglide-js');
	done(node, [paraglide, 'compile', '--project=project.inlang', '--outdir=src/paraglide']);
	done(node, [tool('svelte-kit', '@sveltejs/kit'), 'sync']);
}

/**
 * @param {string} node
 * @param {readonly string[]} args
 */
function done(node, args) {
	const { status, error } = spawnSync(node, args, {
		cwd: root,
		env: environment,
		stdio: ['ignore', 'inherit', 'inherit']
	});
	if (error) throw error;
	if (status !== 0) throw new Error(`${args[0]} ended with ${status}`);
}

/** @param {readonly string[]} paths */
function digestOf(paths) {
	const hash = createHash('sha256');
	for (const path of paths.flatMap(filesUnder)) {
		const bytes = readFileSync(join(root, path));
		hash.update(`${path}\0${bytes.length}\0`).update(bytes);
	}
	return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(path) {
	if (path === made) return [];
	if (!statSync(join(root, path)).isDirectory()) return [path];
	return readdirSync(join(root, path))
		.sort()
		.flatMap((name) => filesUnder(`${path}/${name}`));
}
