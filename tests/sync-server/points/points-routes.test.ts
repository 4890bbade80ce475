import fc from 'fast-check';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { householdPoints } from '#read-models/points.ts';
import { courtyardPoints } from '#read-models/points-totals.ts';
import { databaseOf } from '#records/database-name.ts';
import type { Revision } from '#records/revision.ts';
import { parentScope, type Scope } from '#records/scope.ts';
import { basic, createAccount, startServer, type Login, type TestServer } from '../../serve.ts';
import {
	household,
	households,
	pointsHistories,
	setOf,
	subdistrict
} from '../../read-models/points-records.ts';

let server: TestServer;

beforeAll(async () => {
	server = await startServer();
	await server.setup();
});
afterAll(() => server.remove());

async function send(path: string, method: string, body?: unknown): Promise<Response> {
	return await fetch(`${server.url}/db/${path}`, {
		method,
		headers: { ...basic(server.admin), 'Content-Type': 'application/json' },
		...(body !== undefined && { body: JSON.stringify(body) })
	});
}

/** Everything afresh: what was there before is gone. */
async function put(records: readonly Revision[]): Promise<void> {
	for (const database of ['zg-qianmen', 'zg-qianmen-caochang-g3']) {
		await send(database, 'DELETE');
		await send(database, 'PUT');
		const docs = records.filter(({ scope }) => databaseOf(scope) === database);
		const written = await send(`${database}/_bulk_docs`, 'POST', { docs, new_edits: false });
		expect([written.status, await written.json()]).toEqual([201, []]);
	}
}

function ask(login: Login | undefined, query: Record<string, string>): Promise<Response> {
	return fetch(`${server.url}/api/points?${new URLSearchParams(query).toString()}`, {
		headers: login ? basic(login) : {}
	});
}

test('whatever was recorded, the server counts what the phone counts, line by line and by courtyard', async () => {
	await fc.assert(
		fc.asyncProperty(pointsHistories, async (history) => {
			await put(history);
			const totals = new Map<Scope | undefined, number>();
			for (const scope of households) {
				const answer: unknown = await (
					await ask(server.admin, { household: scope, month: '2026-11' })
				).json();
				expect(answer).toEqual(householdPoints(setOf(history), scope, '2026-11'));
				const { total } = v.parse(v.looseObject({ total: v.number() }), answer);
				totals.set(parentScope(scope), (totals.get(parentScope(scope)) ?? 0) + total);
			}
			for (const { courtyard, total } of courtyardPoints(setOf(history), [subdistrict], ['2026-11']))
				expect([courtyard, total]).toEqual([courtyard, totals.get(courtyard)]);
		}),
		{ numRuns: 40 }
	);
});

test('only who reads the household’s check-ins is told its points', async () => {
	const query = { household, month: '2026-11' };
	const logins = {
		office: await createAccount(server, 'office1', ['office:qianmen/caochang']),
		worker: await createAccount(server, 'worker1', ['worker:qianmen/caochang/g3']),
		own: await createAccount(server, 'home1', [`resident:${household}`]),
		neighbour: await createAccount(server, 'home2', [`resident:${households[1] ?? ''}`]),
		elsewhere: await createAccount(server, 'worker2', ['worker:qianmen/dajiang/g1']),
		partner: await createAccount(server, 'partner1', ['partner:qianmen/caochang']),
		tablet: await createAccount(server, 'tablet1', ['tablet:qianmen/caochang/g3/c1'])
	};
	const status = async (login?: Login) => (await ask(login, query)).status;
	expect(await status()).toBe(401);
	expect(await status(logins.office)).toBe(200);
	expect(await status(logins.worker)).toBe(200);
	expect(await status(logins.own)).toBe(200);
	expect(await status(logins.neighbour)).toBe(403);
	expect(await status(logins.elsewhere)).toBe(403);
	expect(await status(logins.partner)).toBe(403);
	expect(await status(logins.tablet)).toBe(403);
});

test.each([
	{ household: 'qianmen/caochang/g3/c1', month: '2026-11' },
	{ household: '../zg-qianmen', month: '2026-11' },
	{ household, month: '2026-13' },
	{ household, month: '2026-1' },
	{ household, month: '' }
])('a question about $household in $month is refused', async (query) => {
	expect((await ask(server.admin, query)).status).toBe(400);
});
