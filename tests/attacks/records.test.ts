import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkInEntity } from '#kinds/check-in.ts';
import { toDay } from '#kinds/day.ts';
import { hashOfBytes } from '#records/hash.ts';
import { revOf, seal, type Revision, type RevisionContent } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { couchClient, type CouchClient } from '../contract/couch-client.ts';
import { gridDatabase, gridRole, photoOf, webpBytes } from '../contract/field-records.ts';
import { containing, matching } from '../contract/matching.ts';
import { createAccount, startServer, type TestServer } from '../serve.ts';

let server: TestServer;
let admin: CouchClient;
let worker: CouchClient;
let resident: CouchClient;

beforeAll(async () => {
	server = await startServer();
	await server.setup();
	admin = couchClient(server, server.admin);
	worker = couchClient(server, await createAccount(server, 'li', [gridRole]));
	resident = couchClient(
		server,
		await createAccount(server, 'home-one', ['resident:qianmen/caochang/g3/c1/h1'])
	);
	for (const name of ['zg-qianmen', 'zg-qianmen-caochang', gridDatabase, 'zg-qianmen-caochang-g4'])
		await admin.send('PUT', name);
});
afterAll(() => server.remove());

function checkIn(changes: Partial<RevisionContent> & { readonly household?: string } = {}): Revision {
	const { household = 'qianmen/caochang/g3/c1/h1', ...others } = changes;
	const scope = toScope(household);
	return seal({
		kind: 'check-in',
		entity: checkInEntity(scope, toDay('2026-11-23')),
		parents: [],
		scope,
		author: 'li',
		device: 'phone1',
		at: '2026-11-23T01:02:03.004Z',
		body: { observed: { quality: 'correct' } },
		...others
	});
}

const own = checkIn();
const byResident = (changes: Partial<RevisionContent>) => checkIn({ author: 'home-one', ...changes });

describe('a record', () => {
	it.each<[string, 'li' | 'home-one', object, RegExp]>([
		['altered on the way', 'li', { ...own, body: { observed: { quality: 'unsorted' } } }, /^hash: /],
		['with another time', 'li', { ...own, at: '2026-11-24T01:02:03.004Z' }, /^hash: /],
		['under an id of its own', 'li', { ...own, _id: own._id.replace('h1', 'h2') }, /^shape: /],
		['in another’s name', 'li', checkIn({ author: 'admin' }), /^author: /],
		['in another’s name that looks alike', 'li', checkIn({ author: 'Ii' }), /^author: /],
		['of another grid', 'li', checkIn({ household: 'qianmen/caochang/g4/c1/h1' }), /^scope: /],
		['of a kind that is an office’s', 'li', rule(), /^(?:rights|scope): /],
		['of the neighbours', 'home-one', reported('qianmen/caochang/g3/c1/h2'), /^scope: /],
		['that claims what a worker saw', 'home-one', byResident({}), /^rights: .*\(\/body\/observed\)$/],
		[
			'that takes back what a worker saw',
			'home-one',
			byResident({ parents: [own.hash], body: null, reason: 'no' }),
			/^rights: .*\(\/parents\)$/
		]
	])('%s is refused to %s', async (_what, who, record, reason) => {
		const client = who === 'li' ? worker : resident;
		expect((await worker.send('POST', `${gridDatabase}/_bulk_docs`, bulk(own))).body).toEqual([]);
		const answer = await client.send('POST', `${gridDatabase}/_bulk_docs`, bulk(record));
		expect(answer).toMatchObject({ status: 201, body: [{ error: 'forbidden', reason: matching(reason) }] });
		const { body } = await admin.send('POST', `${gridDatabase}/_all_docs?include_docs=true`, {});
		expect(body).toMatchObject({ rows: [containing({ id: own._id })], total_rows: 1 });
	});

	it('is not smuggled past the checks by any other way of writing', async () => {
		const foreign = checkIn({ author: 'admin' });
		const path = `${gridDatabase}/${encodeURIComponent(foreign._id)}`;
		for (const attempt of [
			() => worker.send('PUT', path, foreign),
			() => worker.send('PUT', `${path}?new_edits=false`, foreign),
			() => worker.send('POST', gridDatabase, foreign),
			() => worker.send('PUT', `${path}/photo`, 'x', { 'Content-Type': 'image/webp' }),
			() => worker.send('DELETE', `${gridDatabase}/${encodeURIComponent(own._id)}?rev=${own._rev}`),
			() => worker.send('PUT', `${gridDatabase}/_design/x`, { _id: '_design/x', views: {} }),
			() => worker.send('PUT', `${gridDatabase}/_security`, { admins: { names: ['li'] } }),
			() => worker.send('PUT', '_users/org.couchdb.user:li', { ...user('li'), roles: ['_admin'] }),
			() => worker.send('PUT', '_users/org.couchdb.user:new', { ...user('new'), password: 'long enough' }),
			() => worker.send('DELETE', gridDatabase),
			() => worker.send('POST', `${gridDatabase}/_compact`, {})
		]) {
			const { status } = await attempt();
			expect([401, 403, 404, 409]).toContain(status);
		}
		expect((await admin.get(path)).status).toBe(404);
		expect((await worker.get('_session')).body).toMatchObject({ userCtx: { roles: [gridRole] } });
	});
});

describe('a stored file', () => {
	const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
	const page = Buffer.from('<!doctype html><script>alert(1)</script>');
	const disguised = Buffer.concat([Buffer.of(0xff, 0xd8, 0xff), page]);

	it.each([
		['SVG', svg, 'image/svg+xml'],
		['SVG that calls itself WebP', svg, 'image/webp'],
		['a page', page, 'text/html'],
		['a page that calls itself JPEG', page, 'image/jpeg'],
		['a page behind JPEG’s first bytes, called a page', disguised, 'text/html']
	])('is not %s', async (_what, bytes, type) => {
		const answer = await worker.send('POST', `${gridDatabase}/_bulk_docs`, bulk(photoOf(bytes, type)));
		expect(answer).toMatchObject({ body: [{ error: 'forbidden', reason: matching(/^shape: /) }] });
	});

	it('of a photo’s type is given out as that and nothing else, and runs nothing', async () => {
		const photo = photoOf(disguised, 'image/jpeg');
		await worker.send('POST', `${gridDatabase}/_bulk_docs`, bulk(photo, photoOf(webpBytes(1))));
		const response = await worker.raw(`${gridDatabase}/${encodeURIComponent(photo._id)}/photo`, {});
		expect(response.status).toBe(200);
		expect(Object.fromEntries(response.headers)).toMatchObject({
			'content-type': 'image/jpeg',
			'x-content-type-options': 'nosniff',
			'content-security-policy': matching(/default-src 'none'/)
		});
		expect(photo._rev).toBe(revOf(hashOfBytes(disguised)));
	});
});

function reported(household: string): Revision {
	return checkIn({ household, author: 'home-one', body: { reported: { quality: 'correct' } } });
}

function rule(): Revision {
	const scope = toScope('qianmen');
	return checkIn({ kind: 'points-rule', scope, entity: 'qianmen.2026-12-01', body: { sorted: 1000 } });
}

function bulk(...docs: readonly object[]) {
	return { docs, new_edits: false };
}

function user(name: string) {
	return { _id: `org.couchdb.user:${name}`, type: 'user', name, roles: [gridRole] };
}
