import { randomUUID } from 'node:crypto';
import type { Scope } from '#records/scope.ts';
import packageJson from '../package.json' with { type: 'json' };
import { UserDocuments } from './accounts/user-documents.ts';
import { defaultLimits } from './api/limits.ts';
import { createApp } from './app.ts';
import { authenticator, type Authenticate } from './auth/authenticate.ts';
import { loginLimit } from './auth/login-limit.ts';
import { prepareUserDoc } from './auth/prepare-user-doc.ts';
import { endSetup, issueSetupToken } from './auth/setup-token.ts';
import { accountsIn } from './auth/user-database.ts';
import type { Config } from './config.ts';
import { openDataDir } from './data-dir.ts';
import { Devices } from './devices/devices.ts';
import { Handovers } from './devices/handovers.ts';
import { Erasures } from './erasure/erasures.ts';
import { keepHouse } from './housekeeping.ts';
import { Cards } from './join/cards.ts';
import { listen } from './listen.ts';
import type { Log } from './observe/log.ts';
import { createMetrics, type Metrics } from './observe/metrics.ts';
import { readBuildFiles } from './static/build-files.ts';
import { Databases } from './storage/databases.ts';
import type { WriteResult } from './storage/stored-doc.ts';

export interface RunningServer {
	readonly url: string;
	/** To make the first administrator with; undefined when there is one. */
	readonly setupUrl: string | undefined;
	/** What it answers, as `GET /api/accounts`; middleware is not named. */
	readonly routes: readonly string[];
	/** Lets what is under way finish, then closes everything. */
	stop(): Promise<void>;
}

/** Puts the parts together and opens the port. @throws StartError when it cannot. */
export async function startServer(config: Config, log: Log): Promise<RunningServer> {
	const now = () => Date.now();
	const files = await readBuildFiles(config.buildDir);
	const dataDir = await openDataDir(config.dataDir);
	const databases = await Databases.open(dataDir.databases, {
		newId: () => randomUUID().replaceAll('-', '')
	});
	const closeData = async () => {
		await databases.close();
		dataDir.close();
	};

	try {
		const accounts = await accountsIn(databases);
		const iterations = config.pbkdf2Iterations;
		const users = new UserDocuments({ databases, iterations, now });
		const devices = new Devices({ databases, now });
		const handovers = new Handovers({ databases, now });
		const cards = new Cards({ databases, secret: dataDir.secret, now });
		const erasures = await Erasures.open({
			databases,
			devices,
			cards,
			now,
			onTrouble: (error, id) => log.error({ error, id }, 'an erasure came to a stop')
		});
		const erasedBefore = (household: Scope) => erasures.erasedBefore(household);
		const metrics = createMetrics();
		let stopping = false;
		const app = createApp({
			config,
			files,
			log,
			metrics,
			isStopping: () => stopping,
			probe: () => accounts.find('_up'),
			session: {
				accounts,
				devices,
				authenticate: counted(authenticator(accounts, loginLimit(), iterations), metrics),
				secret: dataDir.secret,
				now
			},
			accounts: { users, now },
			devices: {
				accounts,
				devices,
				users,
				handovers,
				databases,
				erasedBefore,
				erasures: () => erasures.all()
			},
			cards,
			erasures,
			setup: { accounts, setupFile: dataDir.setupFile, iterations, now },
			couch: {
				databases,
				serverUuid: dataDir.serverUuid,
				version: packageJson.version,
				limits: { ...defaultLimits, bodyBytes: config.maxBodyBytes },
				logger: log,
				now,
				erasedBefore,
				photosRefused: (database, hashes) => erasures.photosRefused(database, hashes),
				onRecords: (results) => countRecords(results, metrics),
				prepareUserDoc: (doc, stored, by) =>
					prepareUserDoc(doc, { stored, iterations, by, at: new Date(now()).toISOString() })
			}
		});
		const listening = await listen(app.fetch, config);
		const house = keepHouse([() => users.renew(), () => cards.sweep(), () => handovers.sweep()], (error) =>
			log.error({ error }, 'a daily task was not done')
		);

		let setupUrl: string | undefined;
		if (await accounts.hasAdmin()) await endSetup(dataDir.setupFile);
		else {
			const token = await issueSetupToken(dataDir.setupFile, now());
			setupUrl = `${listening.url}/setup#${token}`;
		}
		return {
			url: listening.url,
			setupUrl,
			routes: app.routes.map(({ method, path }) => `${method} ${path}`),
			async stop() {
				stopping = true;
				// Again and again, for a request that was just about to wait.
				const ending = setInterval(() => databases.updates.end(), 50);
				await listening.close().finally(() => clearInterval(ending));
				await house.stop();
				await erasures.stop();
				await closeData();
			}
		};
	} catch (error) {
		await closeData();
		throw error;
	}
}

/** The code of a refusal stands before the colon of its reason. */
function countRecords(results: readonly WriteResult[], { records }: Metrics): void {
	for (const result of results) {
		if (result.ok) records.inc({ outcome: 'accepted', code: '' });
		else {
			const [code] = result.error === 'forbidden' ? result.reason.split(':') : [result.error];
			records.inc({ outcome: 'refused', code: code ?? result.error });
		}
	}
}

function counted(authenticate: Authenticate, { logins }: Metrics): Authenticate {
	return async (credentials, address) => {
		const result = await authenticate(credentials, address);
		logins.inc({ outcome: result.outcome });
		return result;
	};
}
