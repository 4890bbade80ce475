import { afterAll, beforeAll, expect, test } from 'vitest';
import { photoOf, webpBytes } from '../contract/field-records.ts';
import { basic, startServer, type TestServer } from '../serve.ts';
import { gridDatabase, send } from './erasure/erased-household.ts';

const photo = photoOf(webpBytes(11));
const inGrid = `/db/${gridDatabase}`;
const path = `${inGrid}/${photo._id}/photo`;
let server: TestServer;

beforeAll(async () => {
	server = await startServer();
	await server.setup();
	await send(server, inGrid, 'PUT');
	await send(server, `${inGrid}/_bulk_docs`, 'POST', { docs: [photo], new_edits: false });
});
afterAll(() => server.remove());

test.each([
	'/db/',
	'/db/_all_dbs',
	'/db/_dbs_info',
	'/db/_uuids',
	'/db/_session',
	inGrid,
	`${inGrid}/_all_docs?include_docs=true`,
	`${inGrid}/_changes?include_docs=true`,
	`${inGrid}/_changes?feed=longpoll&heartbeat=1000`,
	`${inGrid}/_changes?feed=continuous&timeout=0`,
	`${inGrid}/${photo._id}`,
	`${inGrid}/${photo._id}?attachments=true`,
	path,
	`${inGrid}/no-such-record`,
	'/db/no-such-database',
	'/api/accounts',
	'/api/devices',
	'/api/setup',
	'/api/no-such-path'
])('no browser keeps the answer to %s', async (asked) => {
	const headers = { ...basic(server.admin), Accept: 'multipart/related, application/json, */*' };
	const known = await fetch(server.url + asked, { headers });
	expect(known.headers.get('Cache-Control')).toBe('no-store');
	await known.body?.cancel();
	const anonymous = await fetch(server.url + asked);
	expect(anonymous.headers.get('Cache-Control')).toBe('no-store');
	await anonymous.body?.cancel();
});

test('a part of a photo, and that it is still the same, are kept by no browser either', async () => {
	const whole = await send(server, path, 'GET');
	const headers = basic(server.admin);
	const part = await fetch(server.url + path, { headers: { ...headers, Range: 'bytes=0-3' } });
	const same = await fetch(server.url + path, {
		headers: { ...headers, 'If-None-Match': whole.headers.get('ETag') ?? '' }
	});
	expect([part.status, same.status]).toEqual([206, 304]);
	for (const answer of [part, same]) expect(answer.headers.get('Cache-Control')).toBe('no-store');
});
