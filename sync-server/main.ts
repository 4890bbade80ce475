import { formatProblem, readConfig } from './config.ts';
import { openLog } from './observe/log.ts';
import { StartError } from './start-error.ts';
import { startServer } from './start-server.ts';

const shutdownMs = 10_000;

/** What this process writes belongs to its user alone, LevelDB's files included. */
process.umask(0o077);

const read = readConfig(process.env);
if (!read.ok) {
	for (const problem of read.problems) console.error(formatProblem(problem));
	process.exit(1);
}
const log = openLog(read.config.logLevel);

try {
	const server = await startServer(read.config, log);
	if (server.setupUrl) console.log(`Make the first administrator, once, within 24 hours: ${server.setupUrl}`);
	console.log(`Zhonggeng is listening on ${server.url}`);

	let stopping = false;
	const stop = (signal: NodeJS.Signals) => {
		if (stopping) {
			log.warn({ signal }, 'stopped at once');
			process.exit(1);
		}
		stopping = true;
		log.info({ signal }, 'stopping');
		setTimeout(() => {
			log.error({ ms: shutdownMs }, 'did not stop in time');
			process.exit(1);
		}, shutdownMs).unref();
		server.stop().then(
			() => process.exit(0),
			(error: unknown) => {
				log.error({ error }, 'could not stop cleanly');
				process.exit(1);
			}
		);
	};
	process.on('SIGTERM', stop);
	process.on('SIGINT', stop);
} catch (error) {
	if (!(error instanceof StartError)) throw error;
	console.error(error.message);
	process.exit(1);
}
