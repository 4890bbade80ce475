import { pbkdf2Sync } from 'node:crypto';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tablet, verifierIterations } from '#access/cards-api.ts';
import { entityOfScope } from '#kinds/kind.ts';
import type { JsonObject } from '#records/json.ts';
import { seal } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { startServer, type TestServer } from '../../serve.ts';
import { join, makeCard, send } from './card-client.ts';

const courtyard = 'qianmen/caochang/g3/c12';
const database = '/db/zg-qianmen-caochang-g3';
let server: TestServer;

beforeAll(async () => {
	server = await startServer();
	await server.setup();
	const as = server.admin;
	await send(server, 'PUT', database, undefined, { as });
	const docs = [
		householdRecord(`${courtyard}/h02`, { door: '西房', head: '示例乙', phone: '000-0002', number: '2' }),
		householdRecord(`${courtyard}/h01`, { number: '1户', head: '示例甲' }),
		householdRecord(`${courtyard}/h03`, { head: '示例丙' }),
		householdRecord('qianmen/caochang/g3/c121/h01', { door: '隔壁院' })
	];
	const stored = await send(server, 'POST', `${database}/_bulk_docs`, { docs, new_edits: false }, { as });
	expect(await stored.json()).toEqual([]);
});
afterAll(() => server.remove());

function householdRecord(path: string, body: JsonObject) {
	const scope = toScope(path);
	const at = '2026-11-23T01:02:03.004Z';
	const written = { author: server.admin.name, device: 'desk1', at };
	return seal({ kind: 'household', entity: entityOfScope(scope), parents: [], scope, ...written, body });
}

test('a courtyard’s tablet knows its doors and how to tell their codes, and no names', async () => {
	const { code } = await makeCard(server, server.admin, courtyard, 1);
	const joined = await join(server, code);
	expect(joined.name).toMatch(/^tablet-[a-z2-9]{10}$/);
	expect(joined.roles).toEqual([`tablet:${courtyard}`]);
	const west = await makeCard(server, server.admin, `${courtyard}/h02`, 2);
	const revoked = await makeCard(server, server.admin, `${courtyard}/h02`, 2);
	await send(server, 'POST', `/api/cards/${revoked.card.id}/revoke`, {}, { as: server.admin });

	const response = await send(server, 'GET', '/api/tablet', undefined, { cookie: joined.cookie });
	expect(response.status).toBe(200);
	const text = await response.text();
	for (const personal of ['示例', '000-0002', '隔壁院', west.code]) expect(text).not.toContain(personal);
	const shown = v.parse(tablet, JSON.parse(text));
	expect(shown.courtyard).toBe(courtyard);
	expect(shown.doors.map(({ household, label }) => [household, label]).sort()).toEqual([
		[`${courtyard}/h01`, '1户'],
		[`${courtyard}/h02`, '西房'],
		[`${courtyard}/h03`, 'h03']
	]);
	const verifiers = shown.doors.find(({ label }) => label === '西房')?.verifiers ?? [];
	expect(verifiers).toHaveLength(1);
	const [{ salt = '', key = '', expires = '' } = {}] = verifiers;
	expect(expires).toBe(west.card.expires);
	const derived = (typed: string) =>
		pbkdf2Sync(typed, Buffer.from(salt, 'base64'), verifierIterations, 32, 'sha256').toString('base64');
	expect(derived(west.code)).toBe(key);
	expect(derived(revoked.code)).not.toBe(key);
});

test('nobody but a tablet is shown the doors of a courtyard', async () => {
	const { code } = await makeCard(server, server.admin, `${courtyard}/h01`, 1);
	const { cookie } = await join(server, code);
	expect((await send(server, 'GET', '/api/tablet')).status).toBe(401);
	expect((await send(server, 'GET', '/api/tablet', undefined, { cookie })).status).toBe(403);
	expect((await send(server, 'GET', '/api/tablet', undefined, { as: server.admin })).status).toBe(403);
});
