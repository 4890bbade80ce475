import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { environment, root } from './root.mjs';

/** The package of what the benchmark puts beside this project. */
export const peers = join(root, 'tests/bench/peers');

/**
 * Installs it where it is not. What only the server is put beside, some of which has to be compiled, may fail to install:
 * it is left out then.
 */
export function installPeers() {
	if (existsSync(join(peers, 'node_modules/rxdb'))) return;
	console.log('Installing what is compared with …');
	const { status } = spawnSync('npm', ['ci'], {
		cwd: peers,
		env: environment,
		stdio: ['ignore', 'inherit', 'inherit'],
		shell: process.platform === 'win32'
	});
	if (status !== 0) throw new Error('npm ci in tests/bench/peers failed');
}
