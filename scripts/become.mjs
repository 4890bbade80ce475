import { spawn } from 'node:child_process';
import { environment, root } from './root.mjs';

/**
 * Hands this process over to a program: its signals and terminal go to the program, whose exit
 * code becomes this one's.
 * @param {string} node
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env] On top of this process's own.
 */
export function become(node, args, env = {}) {
	const child = spawn(node, args, { cwd: root, env: { ...environment, ...env }, stdio: 'inherit' });
	process.on('SIGINT', () => {
		// A terminal has sent it to the program already, which may take a second one for impatience.
		if (!process.stdin.isTTY) child.kill('SIGINT');
	});
	process.on('SIGTERM', () => child.kill('SIGTERM'));
	process.on('SIGHUP', () => child.kill('SIGTERM'));
	// npm ends on SIGTERM without a word to those it started.
	const parent = process.ppid;
	if (process.env['npm_lifecycle_event'] !== undefined) {
		setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1000).unref();
	}
	child.on('error', (error) => {
		throw error;
	});
	child.on('exit', (code, signal) => {
		process.exitCode = signal === null ? (code ?? 1) : 1;
	});
}
