import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseOf } from '#records/database-name.ts';
import type { Scope } from '#records/scope.ts';
import { userDocId } from '../../../sync-server/auth/account.ts';
import { hashPassword } from '../../../sync-server/auth/password.ts';
import { signSession } from '../../../sync-server/auth/session-cookie.ts';
import { accountsIn } from '../../../sync-server/auth/user-database.ts';
import { openDataDir } from '../../../sync-server/data-dir.ts';
import { Devices } from '../../../sync-server/devices/devices.ts';
import { Databases } from '../../../sync-server/storage/databases.ts';
import { startServer, type TestServer } from '../../serve.ts';

interface BenchAccount {
	readonly name: string;
	readonly roles: readonly string[];
}

export interface PreparedServer {
	readonly server: TestServer;
	/** A cookie for each account. */
	readonly sessions: ReadonlyMap<string, string>;
}

/** Of every account here. */
export const password = 'courtyard-under-the-locust-tree';
/** The server's default. */
const iterations = 600_000;

/**
 * Our server as it runs by default, with accounts and databases made beforehand. All accounts have one salt, so that
 * their passwords are hashed once here; verifying each costs the server what it always does.
 */
export async function preparedServer(
	accounts: readonly BenchAccount[],
	grids: readonly Scope[]
): Promise<PreparedServer> {
	const dataDir = await mkdtemp(join(process.env['BENCH_DIR'] ?? tmpdir(), 'zhonggeng-bench-'));
	const sessions = await prepare(dataDir, accounts, grids);
	const env = {
		ZG_PBKDF2_ITERATIONS: `${iterations}`,
		TRUST_PROXY: '1',
		NODE_OPTIONS: process.env['BENCH_NODE_OPTIONS'] ?? ''
	};
	return { server: await startServer({ dataDir, env }), sessions };
}

async function prepare(
	folder: string,
	accounts: readonly BenchAccount[],
	grids: readonly Scope[]
): Promise<ReadonlyMap<string, string>> {
	const dataDir = await openDataDir(folder);
	const databases = await Databases.open(dataDir.databases, {
		newId: () => randomUUID().replaceAll('-', '')
	});
	try {
		for (const grid of grids) await databases.create(databaseOf(grid));
		const hash = await hashPassword(password, 'f00df00df00df00df00df00df00df00d', iterations);
		const users = await accountsIn(databases);
		const admin = { name: 'bench-admin', roles: ['_admin'] };
		const devices = new Devices({ databases, now: () => Date.now() });
		const sessions = new Map<string, string>();
		for (const { name, roles } of [admin, ...accounts]) {
			await users.create({ _id: userDocId(name), type: 'user', name, roles, ...hash });
			const { device } = await devices.signedIn(name, { id: name, label: 'bench', named: true });
			const issued = Math.floor(Date.now() / 1000);
			const cookie = signSession({ name, roles, password: hash }, device, issued, dataDir.secret);
			sessions.set(name, `AuthSession=${cookie}`);
		}
		return sessions;
	} finally {
		await databases.close();
		dataDir.close();
	}
}

/** A fresh folder on the same disk, and how to take it away again. */
export async function freshFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
	const path = await mkdtemp(join(process.env['BENCH_DIR'] ?? tmpdir(), 'zhonggeng-bench-'));
	return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
