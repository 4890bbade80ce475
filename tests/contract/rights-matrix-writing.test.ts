import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Grant } from '#access/grant.ts';
import { writeRefusal } from '#access/rights.ts';
import { databaseOf } from '#records/database-name.ts';
import { hashOfBytes } from '#records/hash.ts';
import { revOf, type Revision } from '#records/revision.ts';
import { isWithin, toScope } from '#records/scope.ts';
import { parsedJson } from '../parsed-json.ts';
import { photoOf, webpBytes } from './field-records.ts';
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
import { photoBytes, places, sampleRecord, samples } from './rights/sample-records.ts';

let matrix: Matrix;
let accounts: readonly MatrixAccount[];
let records: readonly Revision[];

beforeAll(async () => {
	matrix = await startMatrix();
	({ accounts, records } = matrix);
});
afterAll(() => matrix.server.remove());

it('records: takes what one may write about a place, each in its database, and says why not', async () => {
	const expected = new Set(records.map(({ _id }) => _id));
	const cases = accounts.flatMap((account) => databases.map((database) => ({ account, database })));
	await inParallel(cases, async ({ account, database }) => {
		for (const [newEdits, device] of [
			[false, `bulk-${database}`],
			[true, `edits-${database}`]
		] as const) {
			const docs = freshRecords(account, device);
			const body = { docs, new_edits: newEdits };
			const answer = await matrix.ask(account, `${database}/_bulk_docs`, { method: 'POST', body });
			const what = `${account.who} into ${database}, ${device}`;
			if (!mayOpen(account, database)) expect([what, answer.status]).toEqual([what, refusedStatus(account)]);
			else {
				const refused = docs.map((doc) => refusalOf(account, database, doc));
				expect([what, refusalsIn(answer.text)]).toEqual([what, refused.filter((code) => code !== undefined)]);
				docs.forEach(({ _id }, index) => refused[index] === undefined && expected.add(_id));
			}
		}
	});
	await inParallel(accounts, async (account) => {
		for (const [device, write] of singleWrites) {
			for (const doc of freshRecords(account, device)) {
				const database = databaseOf(doc.scope);
				const { status, text } = await write(account, database, doc);
				const code = refusalOf(account, database, doc);
				const what = `${account.who}: ${device} ${doc.kind} ${doc.scope}`;
				if (!mayOpen(account, database)) expect([what, status]).toEqual([what, refusedStatus(account)]);
				else if (code === undefined) expect([what, status]).toEqual([what, 201]);
				else {
					expect([what, status]).toEqual([what, 403]);
					expect(text).toContain(`"${code}: `);
				}
				if (status === 201) expected.add(doc._id);
			}
		}
	});
	expect(await storedRecords()).toEqual([...expected].sort());
});

it('records in another’s name: from server admins only', async () => {
	const before = await storedRecords();
	for (const account of accounts.filter(({ isAdmin, name }) => !isAdmin && name !== undefined)) {
		const docs = freshRecords({ ...account, name: 'someone' }, 'forged');
		for (const database of databases.filter((name) => mayOpen(account, name))) {
			const inside = docs.filter(({ scope }) => databaseOf(scope) === database);
			const body = { docs: inside, new_edits: false };
			const { text } = await matrix.ask(account, `${database}/_bulk_docs`, { method: 'POST', body });
			expect(refusalsIn(text)).toEqual(inside.map(() => 'author'));
		}
	}
	expect(await storedRecords()).toEqual(before);
});

it('photos: takes them from those who write records that name photos there', async () => {
	for (const account of accounts) {
		for (const database of databases) {
			const bytes = Buffer.concat([webpBytes(2, 100), Buffer.from(`${account.who} ${database}`)]);
			const photo = photoOf(bytes);
			const body = { docs: [photo], new_edits: false };
			const answer = await matrix.ask(account, `${database}/_bulk_docs`, { method: 'POST', body });
			const may = account.isAdmin || account.grants.some((grant) => addsPhotos(grant, database));
			const what = `${account.who} into ${database}`;
			if (!mayOpen(account, database)) expect([what, answer.status]).toEqual([what, refusedStatus(account)]);
			else expect([what, refusalsIn(answer.text)]).toEqual([what, may ? [] : ['rights']]);
			const put = await matrix.ask(account, `${database}/${photo._id}?new_edits=false`, {
				method: 'PUT',
				body: photo
			});
			expect([what, put.status]).toEqual([what, may ? 201 : refusedStatus(account)]);
			const { status } = await matrix.ask(matrix.admin, `${database}/${photo._id}`, { method: 'HEAD' });
			expect([what, status]).toEqual([what, may ? 200 : 404]);
		}
	}
});

it('nothing is changed, deleted or attached, by nobody', async () => {
	const before = await storedRecords();
	const cases = accounts.flatMap((account) => records.map((record) => ({ account, record })));
	await inParallel(cases, async ({ account, record }) => {
		const { _id, _rev, scope } = record;
		const database = databaseOf(scope);
		const open = mayOpen(account, database);
		const unseen = open ? (maySee(account, record) ? undefined : 404) : refusedStatus(account);
		const tries = [
			[`${_id}?rev=${_rev}`, 'DELETE', undefined, unseen ?? 403],
			[_id, 'DELETE', undefined, unseen ?? 409],
			[`${_id}?rev=${_rev}`, 'PUT', { ...record, body: null }, open ? 403 : refusedStatus(account)],
			[`${_id}/photo?rev=${_rev}`, 'PUT', webpBytes(1), unseen === 404 ? 409 : (unseen ?? 403)],
			[`${_id}/photo?rev=${_rev}`, 'DELETE', undefined, unseen === 404 ? 409 : (unseen ?? 404)]
		] as const;
		for (const [path, method, body, expected] of tries) {
			const init = { method, ...(body && { body }) };
			const { status } = await matrix.ask(account, `${database}/${path}`, init);
			const what = `${account.who}: ${method} ${path}`;
			expect([what, status]).toEqual([what, expected]);
		}
		for (const { kind } of [record].filter(hasPhoto)) {
			const hash = hashOfBytes(photoBytes(kind, scope));
			const path = `photo:${hash}/photo?rev=${revOf(hash)}`;
			const { status } = await matrix.ask(account, `${database}/${path}`, { method: 'DELETE' });
			expect([401, 403, 409]).toContain(status);
		}
	});
	expect(await storedRecords()).toEqual(before);
	for (const { kind, scope } of records.filter(hasPhoto)) {
		const path = `${databaseOf(scope)}/photo:${hashOfBytes(photoBytes(kind, scope))}/photo`;
		expect((await matrix.ask(matrix.admin, path)).status).toBe(200);
	}
});

it('databases, design documents, security and compaction: for server admins, and new places for their office', async () => {
	for (const account of accounts) {
		const refused = account.isAdmin ? undefined : refusedStatus(account);
		for (const database of databases) {
			const unopened = mayOpen(account, database) ? undefined : refusedStatus(account);
			const office = account.grants.some(
				({ role, scope }) => role === 'office' && isWithin(nodeOf(database), scope)
			);
			const tries = [
				['PUT', database, undefined, account.isAdmin || office ? 412 : refusedStatus(account)],
				['DELETE', account.isAdmin ? 'shelf' : database, undefined, refused ?? 404],
				['POST', `${database}/_compact`, {}, refused ?? 202],
				['PUT', `${database}/_security`, { admins: { names: ['mallory'] } }, refused ?? 200],
				['PUT', `${database}/_design/x${account.isAdmin ? 1 : ''}`, {}, unopened ?? refused ?? 201],
				['POST', `${database}/_bulk_docs`, { docs: [{ _id: '_design/y', _rev: '1-a' }] }, unopened ?? 201]
			] as const;
			for (const [method, path, body, expected] of tries) {
				const { status } = await matrix.ask(account, path, { method, ...(body && { body }) });
				const what = `${account.who}: ${method} ${path}`;
				expect([what, status]).toEqual([what, expected]);
			}
			if (account.isAdmin) continue;
			const { text } = await matrix.ask(account, `${database}/_security`);
			expect(text).not.toContain('mallory');
			expect((await matrix.ask(matrix.admin, `${database}/_design/x`)).status).toBe(404);
		}
	}
	for (const account of accounts.filter(({ isAdmin }) => !isAdmin)) {
		for (const scope of ['qianmen/caochang/g8', 'qianmen/dajiang/g8', 'elsewhere'].map(toScope)) {
			const office = account.grants.some((grant) => grant.role === 'office' && isWithin(scope, grant.scope));
			const { status } = await matrix.ask(account, databaseOf(scope), { method: 'PUT' });
			expect([account.who, scope, status]).toEqual([
				account.who,
				scope,
				office ? 201 : refusedStatus(account)
			]);
			if (office) await matrix.ask(matrix.admin, databaseOf(scope), { method: 'DELETE' });
		}
	}
});

it('checkpoints: each account has its own', async () => {
	for (const database of databases) {
		const able = accounts.filter((account) => mayOpen(account, database));
		const path = `${database}/_local/checkpoint`;
		for (const account of able) {
			const body = { of: account.who };
			expect((await matrix.ask(account, path, { method: 'PUT', body })).status).toBe(201);
		}
		for (const account of accounts) {
			const { status, text } = await matrix.ask(account, path);
			if (!able.includes(account)) expect(status).toBe(refusedStatus(account));
			else
				expect([status, parsedJson(text)]).toEqual([
					200,
					{ _id: '_local/checkpoint', _rev: '0-1', of: account.who }
				]);
			if (!account.isAdmin) {
				const others = await matrix.ask(account, `${database}/_local/~m0/checkpoint`);
				expect([404, refusedStatus(account)]).toContain(others.status);
			}
		}
		for (const account of able) {
			const { status } = await matrix.ask(account, `${path}?rev=0-1`, { method: 'DELETE' });
			expect([status, (await matrix.ask(account, path)).status]).toEqual([200, 404]);
		}
	}
});

it('accounts: by server admins, and one’s own', async () => {
	for (const account of accounts.filter(({ isAdmin }) => !isAdmin)) {
		for (const path of [
			'',
			'/_all_docs',
			'/_changes',
			'/org.couchdb.user:admin',
			'/_local/x',
			'/_design/x'
		]) {
			const { status, text } = await matrix.ask(account, `_users${path}`);
			expect([account.who, path, status]).toEqual([account.who, path, refusedStatus(account)]);
			expect(text).not.toContain('derived_key');
		}
	}
});

type SingleWrite = (account: MatrixAccount, database: string, doc: Revision) => Promise<Answer>;
const singleWrites: readonly (readonly [string, SingleWrite])[] = [
	[
		'put',
		(account, database, doc) => matrix.ask(account, `${database}/${doc._id}`, { method: 'PUT', body: doc })
	],
	[
		'put-replicated',
		(account, database, doc) =>
			matrix.ask(account, `${database}/${doc._id}?new_edits=false`, { method: 'PUT', body: doc })
	],
	['post', (account, database, doc) => matrix.ask(account, database, { method: 'POST', body: doc })]
];

/** Of every kind about every place, plain and with what only some may confirm. */
function freshRecords({ name = 'nobody' }: MatrixAccount, device: string): readonly Revision[] {
	return Object.entries(samples).flatMap(([kind, { body, confirmed }]) =>
		places.flatMap((scope) =>
			[body, confirmed].flatMap((one) => (one && sampleRecord(kind, scope, name, device, one)) ?? [])
		)
	);
}

function refusalOf({ isAdmin, grants }: MatrixAccount, database: string, doc: Revision): string | undefined {
	if (databaseOf(doc.scope) !== database) return 'scope';
	return isAdmin ? undefined : writeRefusal(grants, doc, [])?.code;
}

/** The codes of what an answer of `_bulk_docs` says was refused, in their order. */
function refusalsIn(text: string): readonly string[] {
	return [...text.matchAll(/"error":"forbidden","reason":"([a-z]+):/g)].map(([, code]) => code ?? '');
}

function addsPhotos({ role, scope }: Grant, database: string): boolean {
	if (role === 'resident') return databaseOf(scope) === database;
	const staff = role === 'office' || role === 'worker';
	return staff && (isWithin(nodeOf(database), scope) || databaseOf(scope) === database);
}

async function storedRecords(): Promise<readonly string[]> {
	const lists = await Promise.all(
		databases.map((database) => matrix.ask(matrix.admin, `${database}/_all_docs`))
	);
	const ids = lists.flatMap(({ text }) => [...text.matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id ?? ''));
	return ids.filter((id) => !id.startsWith('photo:') && !id.startsWith('_design/')).sort();
}
