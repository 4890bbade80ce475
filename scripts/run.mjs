import { spawn } from 'node:child_process';
import { root } from './root.mjs';

/**
 * Runs a script of Node's in a process group of its own, so that nothing it started outlives its time.
 * @param {string} node
 * @param {readonly string[]} args
 * @param {{ env: NodeJS.ProcessEnv, deadline: number, quiet?: boolean }} how `deadline`: milliseconds since the epoch.
 *   `quiet`: what it prints is kept until it has ended.
 * @returns {Promise<{ ok: boolean, late: boolean, output: string }>} `late`: it was ended for want of time.
 */
export function run(node, args, { env, deadline, quiet = false }) {
	return new Promise((resolve, reject) => {
		const out = quiet ? 'pipe' : 'inherit';
		const child = spawn(node, args, { cwd: root, env, stdio: ['ignore', out, out], detached: true });
		let output = '';
		let late = false;
		for (const stream of [child.stdout, child.stderr])
			stream?.setEncoding('utf8').on('data', (chunk) => (output += chunk));
		const timer = setTimeout(() => {
			late = true;
			// First in good manners, so that browsers are closed: they have process groups of their own.
			end('SIGTERM');
			setTimeout(() => end('SIGKILL'), 10_000).unref();
		}, deadline - Date.now());
		const interrupted = (/** @type {NodeJS.Signals} */ signal) => {
			end(signal);
			process.exit(130);
		};
		process.on('SIGINT', interrupted).on('SIGTERM', interrupted);
		child.on('error', reject).on('close', (code) => {
			clearTimeout(timer);
			process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
			resolve({ ok: code === 0 && !late, late, output });
		});

		/** @param {NodeJS.Signals} signal */
		function end(signal) {
			if (child.pid === undefined) return;
			try {
				if (process.platform === 'win32') child.kill(signal);
				else process.kill(-child.pid, signal);
			} catch {
				// All of them have ended already.
			}
		}
	});
}
