import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handedOver, type HandedOver } from '#access/devices-api.ts';
import { contentOf, seal, type Revision } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { couchClient, type CouchClient } from '../../contract/couch-client.ts';
import { checkInRecord, gridDatabase, gridRole, photoOf, webpBytes } from '../../contract/field-records.ts';
import { basic, createAccount, startServer, type Login, type TestServer } from '../../serve.ts';
import { matching } from '../../contract/matching.ts';
import { sampleRecord } from '../../contract/rights/sample-records.ts';
import { ask, changeAccount } from '../api-request.ts';
import { askWith, authorizationOf, signInOn, type SignedInDevice } from './signed-in-device.ts';

const listed = v.object({ handovers: v.array(handedOver) });
let server: TestServer;
let admin: CouchClient;
let caochang: Login;
let dajiang: Login;
let li: Login;
let phone: SignedInDevice;

beforeAll(async () => {
	server = await startServer({ env: { TRUST_PROXY: '1', LOG_LEVEL: 'trace' } });
	await server.setup();
	admin = couchClient(server, server.admin);
	await admin.send('PUT', gridDatabase);
	caochang = await createAccount(server, 'caochang', ['office:qianmen/caochang']);
	dajiang = await createAccount(server, 'dajiang', ['office:qianmen/dajiang']);
	li = await createAccount(server, 'li', [gridRole]);
	phone = await signInOn(server, li, { id: 'phone-1', label: '手机' });
});
afterAll(() => server.remove());

/** A check-in with a photo, and the photo as it is handed over. */
function withPhoto(number: number): {
	readonly record: Revision;
	readonly photo: object;
	readonly id: string;
} {
	const bytes = webpBytes(number);
	const { _id } = photoOf(bytes);
	const hash = _id.slice('photo:'.length);
	const content = contentOf(checkInRecord(number, 'li'));
	const record = seal({ ...content, body: { observed: { quality: 'correct', photos: [hash] } } });
	return { record, photo: { hash, type: 'image/webp', data: bytes.toString('base64') }, id: _id };
}

function handOver(device: SignedInDevice, records: readonly unknown[], photos: readonly object[] = []) {
	return device.ask('POST', 'handover', { records, photos });
}

/** `stage` undefined: the meeting is withdrawn. */
function meetingRecord(
	stage: 'ended' | 'filed' | undefined,
	parents: readonly Revision[],
	chair = '李建国'
): Revision {
	const courtyard = toScope('qianmen/caochang/g3/c12');
	const sample = sampleRecord('meeting', courtyard, 'li', 'phone-1');
	if (!sample) throw new Error('no sample');
	const at = '2026-11-20T11:02:03.004Z';
	const ended = { name: 'ended', began: at, ended: at };
	const signed = { name: chair, signature: [[1, 2, 3, 4]] };
	const filing = {
		...{ text: parents[0]?.hash ?? '', minutes: [], matters: [], chair: signed, recorder: signed },
		...{ day: '2026-11-20', until: '2026-11-27' }
	};
	const body = stage && {
		...sample.body,
		stage: stage === 'ended' ? ended : { ...ended, name: stage, filing }
	};
	return seal({
		...contentOf(sample),
		body: body ?? null,
		...(!body && { reason: '记错了' }),
		parents: parents.map(({ hash }) => hash).sort()
	});
}

async function waiting(by: Login): Promise<readonly HandedOver[]> {
	return v.parse(listed, (await ask(server, by, 'GET', 'handovers')).body).handovers;
}

async function handoverOf(record: Revision): Promise<HandedOver> {
	const found = (await waiting(caochang)).find((one) => JSON.stringify(one.record).includes(record.hash));
	if (!found) throw new Error('not handed over');
	return found;
}

function decide(by: Login, id: string, decision: string) {
	return ask(server, by, 'POST', `handovers/${id}`, { decision });
}

test('what a revoked device hands over is kept apart, until an office takes it in unchanged', async () => {
	const lost = await signInOn(server, li, { id: 'lost' });
	await ask(server, caochang, 'POST', 'devices/li/lost/revoke', {});
	const { record, photo, id } = withPhoto(1);
	expect(await handOver(lost, [record], [photo])).toEqual({
		status: 200,
		body: { kept: [record._id, id], refused: [] }
	});
	expect((await admin.get(`${gridDatabase}/${encodeURIComponent(record._id)}`)).status).toBe(404);
	const handover = await handoverOf(record);
	expect(handover).toMatchObject({ account: 'li', device: 'lost', record });
	expect(handover).not.toHaveProperty('decided');
	expect(await decide(caochang, handover.id, 'accept')).toMatchObject({
		status: 200,
		body: { id: handover.id, record, decided: { decision: 'accept', by: 'caochang' } }
	});
	expect((await admin.get(`${gridDatabase}/${encodeURIComponent(record._id)}`)).body).toEqual(record);
	const shown = await admin.raw(`${gridDatabase}/${encodeURIComponent(id)}/photo`, {});
	expect(Buffer.from(await shown.arrayBuffer()).equals(webpBytes(1))).toBe(true);
	expect((await decide(caochang, handover.id, 'accept')).status).toBe(200);
	expect(await decide(caochang, handover.id, 'drop')).toMatchObject({
		status: 409,
		body: { error: 'conflict' }
	});
});

test('what an office drops enters nowhere, and is not lost', async () => {
	const { record, photo } = withPhoto(2);
	await handOver(phone, [record], [photo]);
	const { id } = await handoverOf(record);
	expect((await decide(caochang, id, 'drop')).status).toBe(200);
	expect(await decide(caochang, id, 'accept')).toMatchObject({ status: 409 });
	expect(await handoverOf(record)).toMatchObject({ decided: { decision: 'drop', by: 'caochang' }, record });
	expect((await admin.get(`${gridDatabase}/${encodeURIComponent(record._id)}`)).status).toBe(404);
	await handOver(phone, [record], [photo]);
	expect(await handoverOf(record)).toMatchObject({ decided: { decision: 'drop' } });
});

test('what nobody may write no office takes in: filed minutes stay as they were filed', async () => {
	const ended = meetingRecord('ended', []);
	const filed = meetingRecord('filed', [ended]);
	const pushed = await couchClient(server, li).send('POST', `${gridDatabase}/_bulk_docs`, {
		docs: [ended, filed],
		new_edits: false
	});
	expect(pushed.body).toEqual([]);
	const { body: before } = await admin.get(`${gridDatabase}/_all_docs`);
	const attempts = [
		meetingRecord('filed', [filed], '别人'),
		meetingRecord('ended', [filed]),
		meetingRecord('ended', [ended, filed]),
		meetingRecord(undefined, [filed])
	];
	expect(await handOver(phone, attempts)).toMatchObject({ body: { refused: [] } });
	for (const record of attempts) {
		const { id } = await handoverOf(record);
		for (const by of [caochang, server.admin]) {
			expect(await decide(by, id, 'accept')).toMatchObject({
				status: 409,
				body: { error: 'conflict', reason: matching(/^rights: what was filed of a meeting/) }
			});
		}
		expect(await handoverOf(record)).not.toHaveProperty('decided');
	}
	const { id } = await handoverOf(meetingRecord('ended', [filed]));
	expect((await decide(caochang, id, 'drop')).status).toBe(200);
	expect((await admin.get(`${gridDatabase}/_all_docs`)).body).toEqual(before);
});

test('what an author may no longer write their office still takes in', async () => {
	const moved = await createAccount(server, 'moved', [gridRole]);
	const device = await signInOn(server, moved, { id: 'm1' });
	await ask(server, caochang, 'PATCH', 'accounts/moved', { roles: ['worker:qianmen/caochang/g4'] });
	const record = checkInRecord(13, 'moved');
	await handOver(device, [record]);
	const { id } = await handoverOf(record);
	expect((await decide(caochang, id, 'accept')).status).toBe(200);
});

test('of two who decide differently at once one is told no, and what stands is what was done', async () => {
	const records = [3, 4, 5].map((number) => checkInRecord(number, 'li'));
	await handOver(phone, records);
	for (const record of records) {
		const { id } = await handoverOf(record);
		const answers = await Promise.all([decide(caochang, id, 'accept'), decide(server.admin, id, 'drop')]);
		expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
		const stands = (await handoverOf(record)).decided?.decision;
		const { status } = await admin.get(`${gridDatabase}/${encodeURIComponent(record._id)}`);
		expect([stands, status]).toEqual(answers[0].status === 200 ? ['accept', 200] : ['drop', 404]);
	}
});

test('it works without an account or a session, and the same record is kept once', async () => {
	const gone = await createAccount(server, 'gone', [gridRole]);
	const device = await signInOn(server, gone, { id: 'g1' });
	const record = checkInRecord(10, 'gone');
	expect((await handOver(device, [record])).status).toBe(200);
	await changeAccount(server, caochang, 'gone', { disabled: true });
	expect((await handOver(device, [record, checkInRecord(11, 'gone')])).status).toBe(200);
	const { body } = await admin.get('_users/org.couchdb.user:gone');
	const { _rev } = v.parse(v.looseObject({ _rev: v.string() }), body);
	await admin.send('DELETE', `_users/org.couchdb.user:gone?rev=${_rev}`);
	expect((await handOver(device, [record, record, checkInRecord(12, 'gone')])).body).toMatchObject({
		refused: []
	});
	const own = (await waiting(caochang)).filter(({ account }) => account === 'gone');
	expect(own).toHaveLength(3);
	await server.kill();
	server = await server.restart();
	admin = couchClient(server, server.admin);
	expect((await waiting(caochang)).filter(({ account }) => account === 'gone')).toEqual(own);
});

test('what is broken is refused alone, each with its reason', async () => {
	const good = checkInRecord(20, 'li');
	const content = contentOf(checkInRecord(21, 'li'));
	const erasure = seal({
		...content,
		kind: 'erasure',
		entity: 'qianmen.caochang.g3.c1.h1',
		scope: toScope('qianmen/caochang/g3/c1/h1'),
		body: { before: '2026-11-23T00:00:00.000Z' }
	});
	const { record, photo, id } = withPhoto(22);
	const text = Buffer.from('<script>').toString('base64');
	const answer = await handOver(
		phone,
		[good, { ...good, body: null }, checkInRecord(23, 'wang'), 7, { a: { b: [] } }, erasure, record],
		[
			photo,
			{ hash: 'f'.repeat(64), type: 'image/webp', data: text },
			{ ...photo, data: text },
			{ ...photo, type: 'image/jpeg' }
		]
	);
	expect(answer.status).toBe(200);
	const { kept, refused } = v.parse(
		v.object({
			kept: v.array(v.string()),
			refused: v.array(v.object({ id: v.string(), reason: v.string() }))
		}),
		answer.body
	);
	expect(kept).toEqual([good._id, record._id, id]);
	expect(refused.map((one) => [one.id, one.reason.split(':')[0]])).toEqual([
		[good._id, 'shape'],
		[checkInRecord(23, 'wang')._id, 'author'],
		['#3', 'shape'],
		['#4', 'shape'],
		[erasure._id, expect.stringMatching(/^(rights|body|scope|shape)$/)],
		[`photo:${'f'.repeat(64)}`, 'shape'],
		[id, 'shape'],
		[id, 'shape']
	]);
	expect((await waiting(caochang)).some((one) => JSON.stringify(one.record).includes('erasure:'))).toBe(
		false
	);
});

test.each<[string, () => Login, string, number]>([
	['its own worker', () => li, 'accept', 403],
	['the office of another community', () => dajiang, 'accept', 403],
	['the office of another community, to drop it', () => dajiang, 'drop', 403],
	['its office, with a third answer', () => caochang, 'merge', 400]
])('%s decides nothing', async (_who, by, decision, status) => {
	const record = checkInRecord(30, 'li');
	await handOver(phone, [record]);
	const { id } = await handoverOf(record);
	expect((await decide(by(), id, decision)).status).toBe(status);
	expect((await waiting(dajiang)).length + (await waiting(li)).length).toBe(0);
	expect(await handoverOf(record)).not.toHaveProperty('decided');
});

test('there is nothing to decide where nothing was handed over, nor without a session', async () => {
	expect((await decide(caochang, 'a-b', 'accept')).status).toBe(404);
	expect((await decide(caochang, `photo:${'f'.repeat(64)}`, 'accept')).status).toBe(404);
	expect((await ask(server, undefined, 'GET', 'handovers')).status).toBe(401);
	expect((await ask(server, undefined, 'POST', 'handovers/a-b', { decision: 'drop' })).status).toBe(401);
});

test('a record for a place without a database waits until there is one', async () => {
	const content = contentOf(checkInRecord(31, 'li'));
	const record = seal({
		...content,
		entity: content.entity.replace('.g3.', '.g9.'),
		scope: toScope(content.scope.replace('/g3/', '/g9/'))
	});
	await handOver(phone, [record]);
	const { id } = await handoverOf(record);
	expect(await decide(caochang, id, 'accept')).toMatchObject({ status: 409 });
	await admin.send('PUT', 'zg-qianmen-caochang-g9');
	expect(await decide(caochang, id, 'accept')).toMatchObject({ status: 200 });
});

test.each<[string, () => string]>([
	['no secret', () => 'Device'],
	['another secret', () => authorizationOf('li', 'phone-1', 'A'.repeat(32))],
	['an empty secret', () => authorizationOf('li', 'phone-1', '')],
	['another device', () => authorizationOf('li', 'phone-2', phone.secret)],
	['another account', () => authorizationOf('caochang', 'phone-1', phone.secret)],
	['a path', () => authorizationOf('../li', 'phone-1', phone.secret)],
	['no base64', () => 'Device %%%'],
	['a password', () => basic(li).Authorization],
	['the session', () => `Device ${phone.cookie}`]
])('with %s nothing is handed over and nothing told', async (_what, authorization) => {
	for (const [method, path, body] of [
		['GET', 'device', undefined],
		['POST', 'handover', { records: [], photos: [] }]
	] as const) {
		expect((await askWith(server, authorization(), method, path, body)).status).toBe(401);
	}
});

test('the secret opens nothing else', async () => {
	const headers = { Authorization: phone.authorization };
	const session = await fetch(`${server.url}/db/_session`, { headers });
	expect(await session.json()).toMatchObject({ userCtx: { name: null } });
	for (const path of [`/db/${gridDatabase}`, '/api/devices', '/api/handovers', '/api/accounts']) {
		expect([path, (await fetch(server.url + path, { headers })).status]).toEqual([path, 401]);
	}
});

test('only the two latest secrets of a device count', async () => {
	const first = await signInOn(server, li, { id: 'often' });
	const second = await signInOn(server, li, { id: 'often' });
	expect((await first.ask('GET', 'device')).status).toBe(200);
	const third = await signInOn(server, li, { id: 'often' });
	const statuses = [first, second, third].map(async (device) => (await device.ask('GET', 'device')).status);
	expect(await Promise.all(statuses)).toEqual([401, 200, 200]);
});

test.each<[string, object | string, number]>([
	['501 records', { records: Array.from({ length: 501 }, () => 1), photos: [] }, 400],
	[
		'501 of both',
		{
			records: Array.from({ length: 300 }, () => 1),
			photos: Array.from({ length: 201 }, () => ({ hash: '', type: 'image/webp', data: '' }))
		},
		413
	],
	['a stranger’s member', { records: [], photos: [], more: 1 }, 400],
	['no records', { photos: [] }, 400],
	['another type of photo', { records: [], photos: [{ hash: '', type: 'image/svg+xml', data: '' }] }, 400],
	['more than 16 MiB', { records: ['x'.repeat(17 * 1024 * 1024)], photos: [] }, 413],
	['deep nesting', `{"records":[${'['.repeat(100_000)}${']'.repeat(100_000)}],"photos":[]}`, 200],
	['no JSON', '{', 400]
])('a request with %s is answered in order', async (_what, body, status) => {
	const response = await fetch(`${server.url}/api/handover`, {
		method: 'POST',
		headers: { Authorization: phone.authorization, 'Content-Type': 'application/json' },
		body: typeof body === 'string' ? body : JSON.stringify(body)
	});
	expect(response.status).toBe(status);
});

test('guesses at an address end after a hundred, requests of a device after a hundred and twenty a minute', async () => {
	const wang = await signInOn(server, await createAccount(server, 'wang', [gridRole]), { id: 'w1' });
	const send = async (authorization: string, address: string) =>
		(
			await fetch(`${server.url}/api/device`, {
				headers: { Authorization: authorization, 'X-Forwarded-For': address }
			})
		).status;
	const guesses = Array.from({ length: 110 }, () => send(authorizationOf('wang', 'w1', 'guess'), '10.7.0.1'));
	expect((await Promise.all(guesses)).filter((status) => status === 429)).toHaveLength(10);
	expect(await send(wang.authorization, '10.7.0.1')).toBe(429);
	const statuses: number[] = [];
	for (let index = 0; index < 122; index += 1) statuses.push(await send(wang.authorization, '10.7.0.2'));
	expect(statuses).toEqual([...Array<number>(120).fill(200), 429, 429]);
});

test('no log line holds the secret', async () => {
	await phone.ask('GET', 'device');
	await server.printed(/"\/api\/device"/);
	expect(server.output()).not.toContain(phone.secret);
	expect(server.output()).not.toContain(phone.authorization.split(' ')[1]);
});
