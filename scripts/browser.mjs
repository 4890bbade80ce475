import { spawnSync } from 'node:child_process';
import { environment, root, tool } from './root.mjs';
import { installPackages, isProgram, programAt } from './system.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * A Chromium to test with: the one named, the system's, the distribution's package, or the test
 * tool's own download.
 * @param {string} node
 */
export function findBrowser(node) {
	const named = process.env['CHROMIUM_PATH'];
	if (named !== undefined) {
		if (isProgram(named)) return named;
		throw new Error(`CHROMIUM_PATH is ${named}, which is no program`);
	}
	const browser = onSystem() ?? fromDistribution() ?? downloaded(node);
	if (browser !== undefined) return browser;
	throw new Error(
		'No Chromium for the tests that need a browser, and none could be installed. Install Chromium or Google Chrome ' +
			'(on Debian and Ubuntu: apt-get install chromium fonts-noto-cjk), or name one in CHROMIUM_PATH.'
	);
}

function onSystem() {
	return names.map(programAt).find((path) => path !== undefined);
}

function fromDistribution() {
	return installPackages(['chromium', 'fonts-noto-cjk']) ? onSystem() : undefined;
}

/** @param {string} node */
function downloaded(node) {
	const path = playwrightsOwn(node);
	if (isProgram(path)) return path;
	console.log('Downloading a browser for the tests …');
	const { status } = spawnSync(node, [tool('playwright', '@playwright/test'), 'install', 'chromium'], {
		cwd: root,
		env: environment,
		stdio: ['ignore', 'inherit', 'inherit'],
		timeout: 10 * 60_000
	});
	return status === 0 && isProgram(path) ? path : undefined;
}

/** @param {string} node */
function playwrightsOwn(node) {
	const ask = "import { chromium } from '@playwright/test'; console.log(chromium.executablePath());";
	const args = ['--input-type=module', '--eval', ask];
	return spawnSync(node, args, { cwd: root, encoding: 'utf8' }).stdout.trim();
}
