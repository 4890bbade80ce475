import { afterEach, beforeEach, expect, test } from 'vitest';
import * as v from 'valibot';
import { joined } from '#access/cards-api.ts';
import { erasure, erasureOutlook, type Erasure } from '#access/erasure-api.ts';
import { toDay } from '#kinds/day.ts';
import { matterEntity } from '#kinds/matter.ts';
import { publicationEntity } from '#kinds/publication.ts';
import { checkInOn } from '#read-models/check-ins.ts';
import { daysOfMonth } from '#read-models/household-month.ts';
import { participation } from '#read-models/participation.ts';
import { householdPoints } from '#read-models/points.ts';
import { balanceOf } from '#read-models/redemptions.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope, type Scope } from '#records/scope.ts';
import { checkInOf, household, setOf, subdistrict } from '../../read-models/points-records.ts';
import { photoOf, webpBytes, type Photo } from '../../contract/field-records.ts';
import { createAccount, startServer, type TestServer } from '../../serve.ts';
import { matching } from '../../contract/matching.ts';
import { askWith, authorizationOf, signInOn } from '../devices/signed-in-device.ts';
import { gridDatabase, heldIn, neighbour, onDisk, send, tell, type Told } from './erased-household.ts';

let server: TestServer;
let told: Told;

beforeEach(async () => {
	server = await startServer();
	told = await tell(server);
});
afterEach(() => server.remove());

async function begin(): Promise<Erasure> {
	const answer = await send(server, '/api/erasures', 'POST', { household }, told.office);
	expect(answer.status).toBe(202);
	return v.parse(erasure, await answer.json());
}

async function latest(): Promise<Erasure | undefined> {
	const answer = await send(server, '/api/erasures', 'GET', undefined, told.office);
	return v.parse(v.object({ erasures: v.array(erasure) }), await answer.json()).erasures[0];
}

async function done(): Promise<void> {
	await expect.poll(async () => (await latest())?.step).toBe('done');
}

async function counts() {
	const held = [...(await heldIn(server, 'zg-qianmen')), ...(await heldIn(server, gridDatabase))];
	const records = setOf(held);
	const { earned, redeemed, balance } = balanceOf(records, household, toDay('2026-11-30'));
	const period = { from: toDay('2026-11-01'), to: toDay('2026-11-30') };
	return {
		balance: { earned, redeemed, balance },
		points: householdPoints(records, household, '2026-11'),
		days: daysOfMonth('2026-11').map((day) => checkInOn(records, household, day).status),
		report: participation(records, [subdistrict], period)
	};
}

async function push(docs: readonly unknown[], login = told.worker): Promise<unknown> {
	const path = `/db/${gridDatabase}/_bulk_docs`;
	return await (await send(server, path, 'POST', { docs, new_edits: false }, login)).json();
}

const photoBytes = () => Buffer.from(told.photo._attachments.photo.data, 'base64');

test('leaves every count as it was, and on the disk not a word, a name, a telephone or a photo', async () => {
	const before = await counts();
	expect(before.balance).toEqual({ earned: 7, redeemed: 1, balance: 6 });
	const personal = [...told.words, photoBytes()];
	expect(await onDisk(server.dataDir, personal)).toEqual(personal.map((_, index) => index));

	const looked = await send(
		server,
		`/api/erasures/outlook?household=${household}`,
		'GET',
		undefined,
		told.office
	);
	expect(v.parse(erasureOutlook, await looked.json())).toEqual({
		household,
		...{ records: 8, anew: 4, stay: 1, photos: 1, matters: 1, accounts: 1, cards: 1, handovers: 0 }
	});
	await begin();
	await done();
	expect(await latest()).toMatchObject({ by: 'office1', records: 8, photos: 1, accounts: 1 });
	expect(await counts()).toEqual(before);
	expect(await onDisk(server.dataDir, personal)).toEqual([]);
	expect(JSON.stringify(await heldIn(server, gridDatabase))).toContain(told.stays);
});

test('tells every feed what is gone, and itself as a record without the data', async () => {
	const { before } = await begin();
	await done();
	const feed = await (await send(server, `/db/${gridDatabase}/_changes`, 'GET')).text();
	for (const { _id, scope, entity } of told.records) {
		const gone = scope === household && !entity.endsWith('.2026-11-03');
		expect(feed.includes(`"id":"${_id}"`)).toBe(true);
		const doc = await send(server, `/db/${gridDatabase}/${encodeURIComponent(_id)}`, 'GET');
		expect(doc.status).toBe(gone ? 404 : 200);
		const [rev = ''] = told.records.flatMap((record) => (record._id === _id ? [record._rev] : []));
		const old = `/db/${gridDatabase}/${encodeURIComponent(_id)}?rev=${rev}`;
		expect((await send(server, old, 'GET')).status).toBe(gone ? 404 : 200);
	}
	const erased = (await heldIn(server, gridDatabase)).filter(({ kind }) => kind === 'erasure');
	expect(erased).toMatchObject([{ scope: household, author: 'office1', device: 'server', body: { before } }]);
});

test('closes the household’s accounts and cards, and leaves its neighbours theirs', async () => {
	const other = await createAccount(server, 'home-2', [`resident:${neighbour}`]);
	await begin();
	await done();
	const session = async (login: Told['resident']) =>
		(await send(server, '/db/_session', 'GET', undefined, login)).status;
	expect(await session(told.resident)).toBe(401);
	expect(await session(other)).toBe(200);
	const join = { code: told.card, device: { id: 'phone9' } };
	expect((await send(server, '/api/join', 'POST', join)).status).toBe(404);
});

test('takes nothing personal of before back in, from nobody, also after a restart; what is written later it takes', async () => {
	const { before } = await begin();
	await done();
	const own = told.records.filter(({ kind, scope }) => kind !== 'household' && scope === household);
	const late = checkInOf(household, '2026-11-07', { observed: { quality: 'correct', note: 'late' } });
	const isPlain = ({ entity }: Revision) => entity.endsWith('.2026-11-03');
	async function refusesAll(): Promise<void> {
		for (const login of [told.worker, server.admin]) {
			const answers = v.parse(
				v.array(v.object({ id: v.string(), reason: v.string() })),
				await push([...own, late], login)
			);
			expect(answers.length).toBeGreaterThan(5);
			for (const { reason } of answers) expect(reason).toMatch(/^erased: /);
		}
		const held = await heldIn(server, gridDatabase);
		expect(JSON.stringify(held)).not.toContain(told.words[0]);
		for (const record of own) {
			const isThere = held.some(({ _id }) => _id === record._id);
			expect(isThere).toBe(isPlain(record));
		}
	}
	await refusesAll();
	await server.kill();
	server = await server.restart();
	await refusesAll();
	const plain = checkInOf(household, '2026-11-08', { observed: { quality: 'correct' } });
	const after = checkInOf(
		household,
		'2026-11-09',
		{ observed: { quality: 'correct', note: 'later' } },
		{ at: new Date(Date.parse(before) + 1).toISOString() }
	);
	expect(await push([plain, after])).toEqual([]);
	expect(await onDisk(server.dataDir, [...told.words])).toEqual([]);
});

test('words that are carried on from an erased record stay out, whenever and by whichever way they are sent', async () => {
	const { before } = await begin();
	await done();
	const since = new Date(Date.parse(before) + 60_000).toISOString();
	const [word = ''] = told.words;
	const onTop = (of: Revision, day: string, words: string) =>
		checkInOf(
			household,
			day,
			{ observed: { quality: 'correct', note: words } },
			{ at: since, parents: [of.hash] }
		);
	const erasedOne = told.records.find(
		({ entity }) => entity.endsWith('.2026-11-02') && entity.includes('h1')
	);
	if (!erasedOne) throw new Error('nothing was erased');
	const second = onTop(erasedOne, '2026-11-02', word);
	const third = onTop(second, '2026-11-02', `${word} `);
	const neverHere = checkInOf(household, '2026-11-12', { observed: { quality: 'correct', note: word } });
	const onNeverHere = onTop(neverHere, '2026-11-12', word);
	const refusedAsErased = (docs: readonly Revision[]) =>
		docs.map(({ _id }) => ({ id: _id, error: 'forbidden', reason: matching(/^erased: /) }));
	for (const docs of [[third, second], [third], [second], [neverHere], [onNeverHere]]) {
		for (const login of [told.worker, server.admin])
			expect(await push(docs, login)).toEqual(refusedAsErased(docs));
	}
	const session = await signInOn(server, told.worker, { id: 'phone1' });
	const handed = await session.ask('POST', 'handover', { records: [third, second, onNeverHere], photos: [] });
	expect(handed).toMatchObject({ status: 200, body: { kept: [] } });
	const anew = (await heldIn(server, gridDatabase)).find(({ entity }) => entity === second.entity);
	if (!anew) throw new Error('nothing was put in its place');
	expect(await push([onTop(anew, '2026-11-02', '新住户')])).toEqual([]);
	expect(await onDisk(server.dataDir, told.words)).toEqual([]);
});

test('what was published of its matters goes, also where it is public further out, and a neighbour’s stays', async () => {
	const [words, community] = ['我家门口的灯坏了，公开', toScope('qianmen/caochang')];
	const courtyard = toScope('qianmen/caochang/g3/c1');
	const publication = (scope: Scope, subject: string, text: string, parents: readonly Revision[] = []) =>
		seal({
			...{ kind: 'publication', entity: publicationEntity(scope, subject, 'matter'), scope },
			...{ author: 'worker1', device: 'phone1', at: '2026-11-02T02:00:00.000Z' },
			parents: parents.map(({ hash }) => hash),
			body: { about: 'matter', words: text, raised: '2026-11-01', stage: 'raised' }
		});
	const others = seal({
		...{ kind: 'matter', entity: matterEntity(neighbour, 'dddddddd'), scope: neighbour, parents: [] },
		...{ author: 'worker1', device: 'phone1', at: '2026-11-01T02:00:00.000Z', body: { text: '邻居的事' } }
	});
	const first = publication(courtyard, 'cccccccc', words);
	const second = publication(courtyard, 'cccccccc', `${words} 改`, [first]);
	const theirs = publication(courtyard, 'dddddddd', '邻居的事');
	// Whoever raises something under the id of another's cannot have that one's publication erased.
	const sameId = seal({ ...others, entity: matterEntity(household, 'dddddddd'), scope: household });
	const wide = publication(community, 'cccccccc', words);
	expect(await push([first, second, others, theirs, sameId], server.admin)).toEqual([]);
	await send(server, '/db/zg-qianmen-caochang', 'PUT');
	const body = { docs: [wide], new_edits: false };
	await send(server, '/db/zg-qianmen-caochang/_bulk_docs', 'POST', body);
	await begin();
	await done();
	const held = [
		...(await heldIn(server, gridDatabase)),
		...(await heldIn(server, 'zg-qianmen-caochang'))
	].filter(({ kind }) => kind === 'publication');
	expect(held.map(({ _id }) => _id)).toEqual([theirs._id]);
	expect(await onDisk(server.dataDir, [words])).toEqual([]);
	const again = publication(courtyard, 'cccccccc', `${words} 再改`, [second]);
	expect(await push([again])).toMatchObject([{ id: again._id, reason: matching(/^erased: /) }]);
});

test('goes on where a power cut stopped it, as often as it does', async () => {
	const before = await counts();
	await begin();
	for (let cut = 0; cut < 4; cut += 1) {
		await server.kill();
		server = await server.restart();
		await latest();
	}
	await done();
	expect(await counts()).toEqual(before);
	expect(await onDisk(server.dataDir, [...told.words, photoBytes()])).toEqual([]);
	const erased = (await heldIn(server, gridDatabase)).filter(({ kind }) => kind === 'erasure');
	expect(erased).toHaveLength(1);
});

test('takes a photo out again that came before its refused record, also from the disk', async () => {
	await begin();
	await done();
	const photo = photoOf(webpBytes(200));
	const shared = photoOf(webpBytes(201));
	const photos = [photo, shared].map(({ _id }) => _id.slice('photo:'.length));
	const late = checkInOf(household, '2026-11-07', { observed: { quality: 'correct', photos } });
	const other = checkInOf(neighbour, '2026-11-07', {
		observed: { quality: 'correct', photos: photos.slice(1) }
	});
	expect(await push([photo, shared])).toEqual([]);
	expect(await push([other, late])).toMatchObject([{ id: late._id, error: 'forbidden' }]);
	const status = async ({ _id }: Photo) =>
		(await send(server, `/db/${gridDatabase}/${_id}/photo`, 'GET', undefined, told.worker)).status;
	await expect.poll(() => status(photo)).toBe(404);
	expect(await status(shared)).toBe(200);
	const bytes = Buffer.from(photo._attachments.photo.data, 'base64');
	await expect.poll(() => onDisk(server.dataDir, [bytes])).toEqual([]);
	await push([photo]);
	expect(await status(photo)).toBe(404);
});

test('leaves of the phones that joined only what they need to hand over', async () => {
	const label = `示例手机 ${told.stays}`;
	const answer = await send(server, '/api/join', 'POST', {
		code: told.card,
		device: { id: 'phone9', label }
	});
	const phone = v.parse(joined, await answer.json());
	const login = { name: phone.name, password: phone.secret };
	const local = `/db/${gridDatabase}/_local/checkpoint`;
	expect((await send(server, local, 'PUT', { seq: 7 }, login)).status).toBe(201);
	await begin();
	await done();
	const device = `/db/devices/device:${phone.name}:phone9`;
	const doc = v.parse(v.looseObject({}), await (await send(server, device, 'GET')).json());
	expect(doc).toMatchObject({ label: '', firstSeen: '', lastContact: '' });
	const cards = await (await send(server, '/db/cards/_all_docs?include_docs=true', 'GET')).text();
	expect(cards).not.toContain(phone.name);
	expect(cards).not.toContain('verifier');
	const ofAdmin = `/db/${gridDatabase}/_local/~${phone.name}%2Fcheckpoint`;
	expect((await send(server, ofAdmin, 'GET')).status).toBe(404);
	const secret = authorizationOf(phone.name, 'phone9', phone.handover);
	expect(await askWith(server, secret, 'GET', 'device')).toEqual({
		status: 200,
		body: { standing: 'closed', erased: [] }
	});
	const own = checkInOf(
		household,
		'2026-11-08',
		{ reported: { quality: 'correct' } },
		{ author: phone.name }
	);
	expect(await askWith(server, secret, 'POST', 'handover', { records: [own], photos: [] })).toMatchObject({
		status: 200,
		body: { kept: [own._id] }
	});
	expect(await (await send(server, device, 'GET')).json()).toEqual(doc);
	expect(await onDisk(server.dataDir, ['示例手机'])).toEqual([]);
});

test('nobody joins the household by a request that was under way', async () => {
	const codes = await Promise.all(
		Array.from({ length: 4 }, async () => {
			const made = await send(server, '/api/cards', 'POST', { scope: household, uses: 10 }, told.office);
			return v.parse(v.object({ code: v.string() }), await made.json()).code;
		})
	);
	const joining = codes.flatMap((code, card) =>
		[1, 2].map((number) =>
			send(server, '/api/join', 'POST', { code, device: { id: `phone-${card}-${number}` } })
		)
	);
	await begin();
	await Promise.all(joining);
	await done();
	const users = await (await send(server, '/db/_users/_all_docs?include_docs=true', 'GET')).text();
	expect(users).not.toContain(`resident:${household}`);
	const path = `/api/cards?scope=${household}`;
	const { cards } = v.parse(
		v.object({ cards: v.array(v.looseObject({ joined: v.array(v.string()) })) }),
		await (await send(server, path, 'GET', undefined, told.office)).json()
	);
	expect(cards).toHaveLength(5);
	for (const card of cards) {
		expect(card).toHaveProperty('revoked');
		expect(card.joined).toEqual([]);
	}
});

test.each(['planned', 'records'])(
	'begun again at the step %s it leaves what was written since',
	async (step) => {
		const early = { household, by: 'office1', before: '2026-11-20T03:00:00.000Z' };
		const id = 'aaaabbbbccccddddaaaabbbbccccdddd';
		const stalled = { ...early, step, records: 0, photos: 0, accounts: 0 };
		await send(server, `/db/erasures/${id}`, 'PUT', stalled);
		const since = checkInOf(
			household,
			'2026-11-21',
			{ observed: { quality: 'correct', note: 'since' } },
			{ at: '2026-11-20T04:00:00.000Z' }
		);
		expect(await push([since])).toEqual([]);
		await server.kill();
		server = await server.restart();
		await done();
		const held = await heldIn(server, gridDatabase);
		expect(held.map(({ _id }) => _id)).toContain(since._id);
		expect(JSON.stringify(held)).not.toContain(told.words[0]);
	}
);

test('what was handed over is not taken in after it, and its photos are not either', async () => {
	const photo = photoOf(webpBytes(202));
	const photos = [photo._id.slice('photo:'.length)];
	const record = checkInOf(household, '2026-11-07', { observed: { quality: 'correct', photos } });
	await begin();
	await done();
	const at = '2026-11-20T04:00:00.000Z';
	const id = '0123456789abcdef-late';
	await send(server, '/db/handovers', 'PUT');
	const handed = { account: 'worker1', device: 'phone1', at, record };
	expect((await send(server, `/db/handovers/${id}`, 'PUT', handed)).status).toBe(201);
	await send(server, '/db/handovers/_bulk_docs', 'POST', { docs: [photo], new_edits: false });
	const answer = await send(server, `/api/handovers/${id}`, 'POST', { decision: 'accept' }, told.office);
	expect(answer.status).toBe(409);
	expect(await answer.text()).toContain('"reason":"erased: ');
	expect((await send(server, `/db/${gridDatabase}/${photo._id}`, 'GET')).status).toBe(404);
});

test('is for the household’s offices alone', async () => {
	const elsewhere = await createAccount(server, 'office2', ['office:qianmen/dajiang']);
	for (const login of [told.worker, told.resident, elsewhere]) {
		expect((await send(server, '/api/erasures', 'POST', { household }, login)).status).toBe(403);
		const path = `/api/erasures/outlook?household=${household}`;
		expect((await send(server, path, 'GET', undefined, login)).status).toBe(403);
	}
	const anonymous = await fetch(`${server.url}/api/erasures`);
	expect(anonymous.status).toBe(401);
	for (const wrong of ['qianmen/caochang/g3/c1', '../x', 7]) {
		const answer = await send(server, '/api/erasures', 'POST', { household: wrong }, told.office);
		expect(answer.status).toBe(400);
	}
	expect(await latest()).toBeUndefined();
	expect(await onDisk(server.dataDir, [told.words[0] ?? ''])).toEqual([0]);
});

test('a device that nobody signs in on hears of it by its secret, within its account’s places alone', async () => {
	const near = await signInOn(server, told.worker, { id: 'near' });
	const far = await createAccount(server, 'worker4', ['worker:qianmen/caochang/g4']);
	const away = await signInOn(server, far, { id: 'away' });
	const home = await signInOn(server, told.resident, { id: 'home' });
	const standing = async (device: typeof near) => (await device.ask('GET', 'device')).body;
	expect(await standing(near)).toEqual({ standing: 'active', erased: [] });
	const { id, before } = await begin();
	await done();
	expect(await standing(near)).toEqual({ standing: 'active', erased: [{ id, household, before }] });
	expect(await standing(away)).toEqual({ standing: 'active', erased: [] });
	expect(await standing(home)).toEqual({ standing: 'closed', erased: [] });
});
