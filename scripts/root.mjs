import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder, whatever folder a command was given in. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * The environment for children: the locked tools, Node among them, come before the system's.
 * @type {NodeJS.ProcessEnv}
 */
export const environment = {
	...process.env,
	PATH: [join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter)
};

/**
 * The script behind an installed command, to be run by the project's Node on any system.
 * @param {string} command
 * @param {string} [name] The package, where it is not called like its command.
 */
export function tool(command, name = command) {
	const folder = join(root, 'node_modules', name);
	/** @type {{ bin: string | Record<string, string> }} */
	const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	const script = typeof bin === 'string' ? bin : bin[command];
	if (script === undefined) throw new Error(`${name} has no command ${command}`);
	return join(folder, script);
}
