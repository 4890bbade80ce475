import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatProblem, readConfig, type Config } from '../config.ts';
import { openLog } from '../observe/log.ts';
import { StartError } from '../start-error.ts';
import { startServer } from '../start-server.ts';
import { demonstration } from './demonstration.ts';
import { fill } from './fill.ts';
import { shownAccounts, welcome } from './welcome.ts';

const shutdownMs = 5000;

process.umask(0o077);
const folder = await mkdtemp(join(tmpdir(), 'zhonggeng-demo-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
// A terminal and npm may each pass the same signal on: a second one must not end us before the folder is gone.
const signalled = new Promise((resolve) => {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, resolve);
});

const read = readConfig({
	LOG_LEVEL: 'warn',
	// Random passwords for one afternoon need no slow hash.
	ZG_PBKDF2_ITERATIONS: '10000',
	...process.env,
	DATA_DIR: folder
});
if (!read.ok) {
	for (const problem of read.problems) console.error(formatProblem(problem));
	process.exit(1);
}
try {
	await run(read.config);
} catch (error) {
	if (!(error instanceof StartError)) throw error;
	console.error(error.message);
	process.exit(1);
}

/** Until a signal comes; the folder goes with the process. */
async function run(config: Config): Promise<never> {
	const demo = demonstration('zhonggeng', new Date());
	const passwords = new Map(demo.accounts.map(({ name }) => [name, randomBytes(6).toString('hex')]));
	const passwordOf = ({ name }: { readonly name: string }) => passwords.get(name) ?? '';
	await fill(folder, demo, passwordOf, config.pbkdf2Iterations);
	const server = await startServer(config, openLog(config.logLevel));
	console.log(
		welcome(
			server.url,
			shownAccounts.map(({ name }) => ({ name, password: passwordOf({ name }) }))
		)
	);
	await signalled;
	setTimeout(() => process.exit(1), shutdownMs).unref();
	await server.stop();
	process.exit(0);
}
