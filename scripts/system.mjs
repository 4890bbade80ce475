import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Where a program of the system lies, or undefined.
 * @param {string} name
 */
export function programAt(name) {
	const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];
	return folders.map((folder) => join(folder, name)).find(isProgram);
}

/** @param {string} path */
export function isProgram(path) {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		// Not there, or not ours to run: both mean no.
		return false;
	}
}

/**
 * Installs packages of the distribution where that is ours to do: as root, with apt. Tells whether it went well.
 * @param {readonly string[]} packages
 */
export function installPackages(packages) {
	if (process.getuid?.() !== 0 || programAt('apt-get') === undefined) return false;
	console.log(`Installing ${packages.join(' ')} with apt-get …`);
	return [['update'], ['install', '-y', '--no-install-recommends', ...packages]].every((args) => {
		const { status } = spawnSync('apt-get', ['-qq', ...args], {
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
			stdio: ['ignore', 'inherit', 'inherit'],
			timeout: 10 * 60_000
		});
		return status === 0;
	});
}
