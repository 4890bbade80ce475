import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holderOf, holders, tabledKinds } from '#access/rights-table.ts';
import { readsAllOf } from '#access/rights.ts';
import { kinds } from '#kinds/kinds.ts';
import { databaseOf } from '#records/database-name.ts';
import { hashOfBytes } from '#records/hash.ts';
import { isJsonObject } from '#records/json.ts';
import type { Revision } from '#records/revision.ts';
import { attachment } from '../../sync-server/api/attachment.ts';
import { document } from '../../sync-server/api/document.ts';
import { databaseEndpoints, serverEndpoints } from '../../sync-server/api/endpoints.ts';
import { localDoc } from '../../sync-server/api/local-docs.ts';
import { parsedJson } from '../parsed-json.ts';
import type { MatrixAccount } from './rights/matrix-accounts.ts';
import {
	databases,
	hasPhoto,
	inParallel,
	mayOpen,
	maySee,
	nodeOf,
	refusedStatus,
	startMatrix,
	type Answer,
	type Matrix
} from './rights/matrix.ts';
import { databaseProbes, documentProbes, type ReadProbe } from './rights/read-probes.ts';
import { photoBytes, samples } from './rights/sample-records.ts';

let matrix: Matrix;
let accounts: readonly MatrixAccount[];
let records: readonly Revision[];

beforeAll(async () => {
	matrix = await startMatrix();
	({ accounts, records } = matrix);
});
afterAll(() => matrix.server.remove());

const recordsIn = (database: string) => records.filter(({ scope }) => databaseOf(scope) === database);

describe('the matrix is whole', () => {
	it('has every kind, about some place', () => {
		const known = [...kinds.keys()].sort();
		expect(Object.keys(samples).sort()).toEqual(known);
		expect([...tabledKinds].sort()).toEqual(known);
		expect([...new Set(records.map(({ kind }) => kind))].sort()).toEqual(known);
		const confirming = known.filter((kind) => (kinds.get(kind)?.confirming.length ?? 0) > 0);
		expect(
			Object.keys(samples)
				.filter((kind) => samples[kind]?.confirmed)
				.sort()
		).toEqual(confirming);
	});

	it('has every holder of rights', () => {
		const seen = new Set(accounts.flatMap(({ grants }) => grants.map(holderOf)));
		expect([...seen].sort()).toEqual([...holders].sort());
	});

	it('has every endpoint and method of the database API', () => {
		const endpoints = [...databaseEndpoints].flatMap(([path, endpoint]) =>
			Object.keys(endpoint).map((method) => `${method} ${path}`)
		);
		expect([...databaseProbes([]).keys(), ...writingEndpoints].sort()).toEqual(endpoints.sort());
		expect([...serverEndpoints.keys()].sort()).toEqual(serverProbes.map(({ path }) => path).sort());
		for (const endpoint of serverEndpoints.values()) expect(Object.keys(endpoint)).toEqual(['GET']);
		// Each of these methods is tried below.
		expect(Object.keys(document)).toEqual(['GET', 'PUT', 'DELETE']);
		expect(Object.keys(attachment)).toEqual(['GET', 'PUT', 'DELETE']);
		expect(Object.keys(localDoc)).toEqual(['GET', 'PUT', 'DELETE']);
	});
});

/** Endpoints below a database that change something: tried under “writing”. */
const writingEndpoints = ['POST ', 'POST _bulk_docs', 'POST _compact', 'PUT _security'];

const serverProbes = [
	{ path: '', open: true },
	{ path: '_up', open: true },
	{ path: '_uuids', open: true },
	{ path: '_all_dbs', open: false },
	{ path: '_dbs_info', open: false },
	{ path: '_db_updates', open: false }
];

describe('reading', () => {
	it('below the server: shows the databases one may read, and no others', async () => {
		for (const account of accounts) {
			for (const { path, open } of serverProbes) {
				const { status, text } = await matrix.ask(account, path);
				const expected = open || account.name !== undefined ? 200 : 401;
				expect([account.who, path, status]).toEqual([account.who, path, expected]);
				const named = databases.filter((database) => text.includes(`"${database}"`));
				const mayName = open || expected !== 200 ? [] : databases.filter((name) => mayOpen(account, name));
				expect([account.who, path, named]).toEqual([account.who, path, mayName]);
				if (!account.isAdmin) expect(text).not.toContain('_users');
			}
		}
	});

	it('below a database: shows of every answer what one may read, and nothing else', async () => {
		const cases = accounts.flatMap((account) => databases.map((database) => ({ account, database })));
		await inParallel(cases, async ({ account, database }) => {
			for (const probe of [...databaseProbes(recordsIn(database)).values()].flat()) {
				const answer = await matrix.ask(account, `${database}/${probe.path}`, toInit(probe));
				const what = `${account.who}: ${probe.method ?? 'GET'} ${database}/${probe.path}`;
				if (mayOpen(account, database)) expectShown(what, account, database, probe, answer);
				else expectRefused(what, account, answer);
			}
		});
	});

	it('of a database’s description: the count of what one may read, and another database to who reads something else', async () => {
		const seenIn = new Map<unknown, string>();
		for (const account of accounts) {
			for (const database of databases.filter((name) => mayOpen(account, name))) {
				const info = parsedJson((await matrix.ask(account, database)).text);
				if (!isJsonObject(info)) throw new TypeError('no description');
				const visible = recordsIn(database).filter((record) => maySee(account, record));
				const whole = account.isAdmin || readsAllOf(account.grants, nodeOf(database));
				if (!whole)
					expect([account.who, database, info['doc_count']]).toEqual([account.who, database, visible.length]);
				const seen = [database, whole, ...visible.map(({ _id }) => _id)].join();
				expect([account.who, database, seenIn.get(info['uuid']) ?? seen]).toEqual([
					account.who,
					database,
					seen
				]);
				seenIn.set(info['uuid'], seen);
			}
		}
	});

	it('of a document: all of it, or that it is missing', async () => {
		const cases = accounts.flatMap((account) => records.map((record) => ({ account, record })));
		await inParallel(cases, async ({ account, record }) => {
			const database = databaseOf(record.scope);
			for (const probe of documentProbes(record)) {
				const path = `${database}/${record._id}${probe.path}`;
				const answer = await matrix.ask(account, path, toInit(probe));
				const what = `${account.who}: ${probe.method ?? 'GET'} ${path}`;
				if (!mayOpen(account, database)) expectRefused(what, account, answer);
				else {
					const seen = maySee(account, record);
					// A list of revisions is answered, each of them missing.
					const status = seen || probe.path.startsWith('?open_revs=%5B') ? 200 : 404;
					const shown = answer.text.includes(record.device);
					expect([what, answer.status, shown]).toEqual([what, status, seen && probe.method !== 'HEAD']);
				}
			}
		});
	});

	it('of a photo: its bytes to who may read a record that names it', async () => {
		const naming = records.filter(hasPhoto);
		expect(naming.length).toBeGreaterThan(5);
		const cases = accounts.flatMap((account) => naming.map((record) => ({ account, record })));
		await inParallel(cases, async ({ account, record }) => {
			const database = databaseOf(record.scope);
			const bytes = photoBytes(record.kind, record.scope);
			const doc = `${database}/photo:${hashOfBytes(bytes)}`;
			const seen = maySee(account, record);
			for (const [path, method] of [
				[`${doc}/photo`, 'GET'],
				[`${doc}/photo`, 'HEAD'],
				[doc, 'GET'],
				[`${doc}?attachments=true`, 'GET']
			] as const) {
				const answer = await matrix.ask(account, path, { method });
				const what = `${account.who}: ${method} ${path}`;
				const status = mayOpen(account, database) ? (seen ? 200 : 404) : refusedStatus(account);
				expect([what, answer.status]).toEqual([what, status]);
				if (!seen) expect(answer.text).not.toContain(String(record.scope));
			}
		});
	});
});

function toInit({ method = 'GET', body }: ReadProbe): { method: string; body?: unknown } {
	return { method, ...(method === 'POST' && { body: body ?? {} }) };
}

function expectShown(
	what: string,
	account: MatrixAccount,
	database: string,
	{ shows }: ReadProbe,
	{ status, text }: Answer
): void {
	expect([what, [200, 201].includes(status)]).toEqual([what, true]);
	const visible = recordsIn(database).filter((record) => maySee(account, record));
	if (shows === 'documents' || shows === 'documents asked for') {
		const expected = what.includes('_revs_diff') ? [] : visible;
		expect([what, devicesIn(text)]).toEqual([what, devicesOf(expected)]);
	} else expect([what, devicesIn(text)]).toEqual([what, []]);
	if (shows === 'documents asked for') return;
	const named = records.filter(({ hash }) => text.includes(hash)).map(({ _id }) => _id);
	expect([what, named.sort()]).toEqual([
		what,
		shows === 'nothing' ? [] : visible.map(({ _id }) => _id).sort()
	]);
}

function expectRefused(what: string, account: MatrixAccount, { status, text }: Answer): void {
	expect([what, status]).toEqual([what, refusedStatus(account)]);
	expect([what, devicesIn(text)]).toEqual([what, []]);
	expect([what, records.filter(({ hash }) => text.includes(hash))]).toEqual([what, []]);
}

/** Devices stand in a record's body and nowhere else: where one appears, the record was given out. */
function devicesIn(text: string): readonly string[] {
	return [...new Set(text.match(/mark-\d+-\d+-end/g))].sort();
}

function devicesOf(shown: readonly Revision[]): readonly string[] {
	return shown.map(({ device }) => device).sort();
}
