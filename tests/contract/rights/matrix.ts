import { mayRead, mayReadNode, readsAllOf } from '#access/rights.ts';
import { databaseOf, scopeOfDatabase } from '#records/database-name.ts';
import { namedHashes } from '#records/named-hashes.ts';
import type { Revision } from '#records/revision.ts';
import { toScope, type Scope } from '#records/scope.ts';
import { startServer, type TestServer } from '../../serve.ts';
import { photoOf } from '../field-records.ts';
import { matrixAccounts, type MatrixAccount } from './matrix-accounts.ts';
import { photoBytes, places, samples, seededRecords } from './sample-records.ts';

/*
 * Every account × endpoint × kind × place. What may be seen and written follows from the one table of rights; the
 * tests of src/access say by examples that the table and its rules mean what they should.
 */

export interface Answer {
	readonly status: number;
	readonly text: string;
}

export interface Asking {
	readonly method?: string;
	/** Bytes, or what is sent as JSON. */
	readonly body?: unknown;
}

/** A server with a record of every kind about every place, and one of each account. */
export interface Matrix {
	readonly server: TestServer;
	readonly accounts: readonly MatrixAccount[];
	readonly admin: MatrixAccount;
	readonly records: readonly Revision[];
	/** Below `/db/`. */
	ask(account: MatrixAccount, path: string, asking?: Asking): Promise<Answer>;
}

export const databases: readonly string[] = [...new Set(places.map(databaseOf))];
export const nodeOf = (database: string): Scope => scopeOfDatabase(database) ?? toScope('none');
export const hasPhoto = ({ kind, body }: Revision) =>
	samples[kind]?.withPhoto !== undefined && namedHashes(body).length > 0;

export async function startMatrix(): Promise<Matrix> {
	const server = await startServer();
	await server.setup();
	const accounts = await matrixAccounts(server, new Date());
	const records = seededRecords('admin');
	const admin = accounts.find(({ isAdmin }) => isAdmin);
	if (!admin) throw new Error('no server admin');

	async function ask(
		account: MatrixAccount,
		path: string,
		{ method = 'GET', body }: Asking = {}
	): Promise<Answer> {
		const response = await fetch(`${server.url}/db/${path}`, {
			method,
			headers: { ...account.headers, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
			...(body !== undefined && {
				body: body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body)
			})
		});
		return { status: response.status, text: await response.text() };
	}

	for (const database of databases) {
		await ask(admin, database, { method: 'PUT' });
		const inside = records.filter(({ scope }) => databaseOf(scope) === database);
		const photos = inside.filter(hasPhoto).map(({ kind, scope }) => photoOf(photoBytes(kind, scope)));
		const body = { docs: [...inside, ...photos], new_edits: false };
		const { text } = await ask(admin, `${database}/_bulk_docs`, { method: 'POST', body });
		if (text !== '[]') throw new Error(`not seeded: ${text}`);
	}
	return { server, accounts, admin, records, ask };
}

export function mayOpen({ isAdmin, grants }: MatrixAccount, database: string): boolean {
	return isAdmin || mayReadNode(grants, nodeOf(database));
}

export function maySee({ isAdmin, grants }: MatrixAccount, { kind, scope }: Revision): boolean {
	return isAdmin || readsAllOf(grants, nodeOf(databaseOf(scope))) || mayRead(grants, kind, scope);
}

/** What who may not even open a database is told. */
export function refusedStatus({ name }: MatrixAccount): number {
	return name === undefined ? 401 : 403;
}

/** Several at once, so that the whole takes seconds. */
export async function inParallel<Item>(
	items: readonly Item[],
	task: (item: Item) => Promise<void>
): Promise<void> {
	const rest = items.values();
	const worker = async () => {
		for (const item of rest) await task(item);
	};
	await Promise.all(Array.from({ length: 8 }, worker));
}
