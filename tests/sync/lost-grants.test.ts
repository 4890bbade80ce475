import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { isJsonObject } from '#records/json.ts';
import { accountServer } from '#sync/account-server.ts';
import { startServer, type TestServer } from '../serve.ts';
import { asAdmin, newPhone, type Phone } from './phone.ts';
import { checkIn, checkIns, gridDatabase, webp, workerRole } from './records.ts';

const otherGrid = 'qianmen/caochang/g4';
const otherDatabase = 'zg-qianmen-caochang-g4';
const there = `${otherGrid}/c1/h1`;
const otherRole = `worker:${otherGrid}`;

let server: TestServer;
let phones = 0;
let phone: Phone;

beforeAll(async () => {
	server = await startServer();
	await server.setup();
	await asAdmin(server, 'PUT', gridDatabase);
	await asAdmin(server, 'PUT', otherDatabase);
	const somebody = await newPhone(server, 'zhao', [otherRole]);
	somebody.store.save(checkIns(2, 500, { author: 'zhao', scope: there }));
	await somebody.sync();
});
afterAll(() => server.remove());

/** A worker of the first grid, with delivered work of its own and a colleague's on the phone. */
beforeEach(async () => {
	phones += 1;
	phone = await newPhone(server, `li${phones}`, [workerRole]);
	const page = accountServer((path, init) => fetch(`${server.url}${path}`, init));
	const device = { id: await phone.device.id() };
	const answer = await page.signIn(phone.account, `password of ${phone.account}`, device);
	if (answer.outcome !== 'signed-in') throw new Error(answer.outcome);
	await phone.device.keepHandover(phone.account, { secret: answer.handover ?? '', count: 0 });
	const other = await newPhone(server, `wang${phones}`, [workerRole]);
	other.store.save(checkIns(2, 100 * phones, { author: other.account }));
	await other.sync();
	phone.store.save(checkIns(2, 0, { author: phone.account }));
	expect(await phone.sync()).not.toHaveProperty('trouble');
	expect(scopes()).toContain('qianmen/caochang/g3/c12/h04');
});

const scopes = () => [...new Set([...phone.store.revisions.values()].map(({ scope }) => scope))].sort();

async function becomes(roles: readonly string[]): Promise<void> {
	const path = `_users/org.couchdb.user:${phone.account}`;
	const user = await asAdmin(server, 'GET', path);
	if (!isJsonObject(user)) throw new TypeError('no user document');
	await asAdmin(server, 'PUT', path, { ...user, roles });
}

async function handedOver(): Promise<number> {
	const found = await asAdmin(server, 'GET', 'handovers/_all_docs?include_docs=true').catch(() => ({
		rows: []
	}));
	return JSON.stringify(found).split(`"account":"${phone.account}"`).length - 1;
}

test('moved from one grid to another, the phone forgets the one and has the other', async () => {
	const photo = webp(phones);
	phone.store.save([checkIn(7, { author: phone.account, photos: [photo.hash] })], [photo]);
	await phone.sync();
	await becomes([otherRole]);
	phone.store.save(checkIns(3, 20, { author: phone.account }));
	expect(await phone.sync()).not.toHaveProperty('trouble');
	expect(scopes()).toEqual([there]);
	expect(await phone.store.photo(photo.hash)).toBeUndefined();
	expect(await phone.store.checkpoint(gridDatabase)).toBeUndefined();
	expect(await phone.store.counts()).toEqual({ waiting: 0, refused: 0 });
	expect(await handedOver()).toBe(3);
	expect(await phone.store.roles()).toEqual([otherRole]);
});

test('moved back, it has all of the first again, and nothing is sent twice', async () => {
	const before = new Set(phone.store.revisions.keys());
	await becomes([otherRole]);
	await phone.sync();
	await becomes([workerRole]);
	expect(await phone.sync()).not.toHaveProperty('trouble');
	expect(new Set(phone.store.revisions.keys())).toEqual(before);
	expect(await phone.store.counts()).toEqual({ waiting: 0, refused: 0 });
	expect(await handedOver()).toBe(0);
});

test('what is refused for other reasons stays, and without the secret, all of it does', async () => {
	const lost = checkIn(30, { author: phone.account });
	const foreign = checkIn(31, { author: 'somebody' });
	phone.store.save([foreign]);
	await phone.sync();
	await phone.device.forgetHandover(phone.account);
	await becomes([otherRole]);
	phone.store.save([lost]);
	await phone.sync();
	expect(await phone.store.counts()).toEqual({ waiting: 0, refused: 2 });
	expect(scopes()).toEqual([there, lost.scope].sort());
});

test('a grant that covers more takes nothing away', async () => {
	const before = new Set(phone.store.revisions.keys());
	await becomes([workerRole, otherRole]);
	await phone.sync();
	expect([...before].every((id) => phone.store.revisions.has(id))).toBe(true);
	expect(phone.seen.filter(({ path }) => path.includes('/api/handover'))).toEqual([]);
});

test('a list of databases that are not those of the roles takes nothing away', async () => {
	const before = new Set(phone.store.revisions.keys());
	await becomes([otherRole]);
	phone.weather = async (request, send) =>
		request.url.endsWith('/_dbs_info')
			? Response.json([{ key: gridDatabase, info: { db_name: gridDatabase, update_seq: 0 } }])
			: await send();
	await phone.sync();
	expect([...before].every((id) => phone.store.revisions.has(id))).toBe(true);
	expect(await phone.store.roles()).toEqual([workerRole]);
});

test.each(['/_session', '/_dbs_info'])('with no answer from %s nothing is taken away', async (path) => {
	const before = new Set(phone.store.revisions.keys());
	await becomes([otherRole]);
	phone.weather = async (request, send) =>
		request.url.endsWith(path) ? Response.json({}, { status: 500 }) : await send();
	expect(await phone.sync()).toHaveProperty('trouble');
	expect(new Set(phone.store.revisions.keys())).toEqual(before);
});

test('cut off while handing over, it goes on where it was', async () => {
	await becomes([otherRole]);
	phone.store.save(checkIns(3, 20, { author: phone.account }));
	phone.weather = async (request, send) => {
		if (!request.url.endsWith('/api/handover')) return await send();
		await send();
		throw new TypeError('cut');
	};
	expect(await phone.sync()).toMatchObject({ trouble: 'offline' });
	expect(await phone.store.counts()).toEqual({ waiting: 0, refused: 3 });
	phone.weather = (_request, send) => send();
	await phone.sync();
	expect(await phone.store.counts()).toEqual({ waiting: 0, refused: 0 });
	expect(await handedOver()).toBe(3);
	expect(scopes()).toEqual([there]);
});
