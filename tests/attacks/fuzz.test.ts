import { Agent } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkInEntity } from '#kinds/check-in.ts';
import { addDays, toDay } from '#kinds/day.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { couchClient } from '../contract/couch-client.ts';
import { checkInRecord, gridDatabase, gridRole, photoOf, webpBytes } from '../contract/field-records.ts';
import { propertyRuns } from '../property-runs.ts';
import { basic, createAccount, sessionCookie, startServer, type TestServer } from '../serve.ts';
import { fuzzedRequest } from './fuzzed-requests.ts';
import { send, type RawAnswer, type RawRequest } from './raw-request.ts';

/** Five to a run of the property tests: 50,000 in `npm test`. Fewer than 2,000 would not come by every answer. */
const requests = Math.max(2_000, propertyRuns * 5);
const atOnce = 50;
/** Longer than any answer that does not wait for changes. */
const patienceMs = 20_000;

/** Nobody the fuzzer acts for may read this. */
const foreignNote = 'a note of another community';
/** The worker and the office may, a resident and nobody may not. */
const neighboursNote = 'a note of another household';
const foreignDatabase = 'zg-qianmen-dajiang-g4';

/** Whom the fuzzer acts for; without a name it is nobody. */
interface Identity {
	readonly name?: string;
	readonly headers: Readonly<Record<string, string>>;
}

let server: TestServer;
let agent: Agent;

beforeAll(async () => {
	server = await startServer({ env: { LOG_LEVEL: 'error' } });
	await server.setup();
	agent = new Agent({ keepAlive: true, maxSockets: atOnce });
});
afterAll(async () => {
	agent.destroy();
	await server.remove();
});

test(`${requests} fuzzed requests leave the server up, answered in form, and leak nothing`, async () => {
	const admin = couchClient(server, server.admin);
	for (const name of ['zg-qianmen', 'zg-qianmen-caochang', gridDatabase, foreignDatabase])
		await admin.send('PUT', name);
	const worker = await createAccount(server, 'li', [gridRole]);
	const office = await createAccount(server, 'ban', ['office:qianmen/caochang']);
	const resident = await createAccount(server, 'home-one', ['resident:qianmen/caochang/g3/c1/h1']);
	const own = checkInRecord(0, 'li');
	const neighbours = noted('qianmen/caochang/g3/c1/h2', neighboursNote);
	const foreign = noted('qianmen/dajiang/g4/c1/h1', foreignNote);
	const photo = photoOf(webpBytes(7));
	await admin.send('POST', `${gridDatabase}/_bulk_docs`, {
		docs: [own, neighbours, photo],
		new_edits: false
	});
	await admin.send('POST', `${foreignDatabase}/_bulk_docs`, { docs: [foreign], new_edits: false });
	await admin.send('PUT', 'shelf');
	await admin.send('PUT', 'shelf/marker', { note: foreignNote });
	const files = [
		'/',
		'/today',
		'/manifest.webmanifest',
		'/_app/x.js',
		'/service-worker.js',
		'/metrics',
		'/_up'
	];
	const databases = [
		'_users',
		gridDatabase,
		'zg-qianmen',
		foreignDatabase,
		'shelf',
		'devices',
		'handovers',
		'cards',
		'erasures'
	];
	const below = [
		'',
		'_all_docs',
		'_changes',
		'_bulk_docs',
		'_bulk_get',
		'_revs_diff',
		'_security',
		'_local/a'
	];
	const documents = [
		...[own._id, neighbours._id, foreign._id, photo._id, `${photo._id}/photo`],
		...['marker', 'org.couchdb.user:admin', 'org.couchdb.user:li', 'org.couchdb.user:ban']
	];
	const feeds = ['longpoll', 'continuous'].flatMap((feed) =>
		[`/db/${gridDatabase}/_changes`, '/db/_db_updates'].map((path) => `${path}?feed=${feed}&timeout=20`)
	);
	const paths = [
		...files,
		...['', '_all_dbs', '_dbs_info', '_db_updates', '_session', '_uuids', '_up'].map((path) => `/db/${path}`),
		...databases.flatMap((name) => [...below, ...documents].map((path) => `/db/${name}/${encodeURI(path)}`)),
		...feeds,
		...apiPaths
	];
	const identities: readonly Identity[] = [
		{ headers: {} },
		...(
			await Promise.all(
				[worker, office, resident].map(async (login) => [
					{ name: login.name, headers: basic(login) },
					{ name: login.name, headers: { cookie: await sessionCookie(server, login) } }
				])
			)
		).flat()
	];
	const target = {
		paths,
		documents: [
			own,
			neighbours,
			photo,
			...[7, 8, 9].flatMap((number) => [checkInRecord(number, 'li'), reported(number)])
		],
		identities: identities.map(({ headers }) => headers)
	};
	const secrets = await secretsOf(server);
	const statuses = new Map<number, number>();

	await fc.assert(
		fc.asyncProperty(
			fc.array(fuzzedRequest(target), { minLength: atOnce, maxLength: atOnce }),
			async (batch) => {
				const answers = await Promise.all(
					batch.map(async (request) => ({
						request,
						answer: await send(server.port, agent, request, patienceMs)
					}))
				);
				for (const { request, answer } of answers) {
					const who = identities.findLast(({ headers }) => carries(request, headers))?.name;
					const isStaff = who === worker.name || who === office.name;
					expectHarmless(request, who, answer, isStaff ? secrets : [...secrets, neighboursNote]);
					if (answer.outcome === 'answered')
						statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
				}
			}
		),
		{ numRuns: Math.ceil(requests / atOnce), endOnFailure: true }
	);

	// Not only the door was tried: reading and writing happened, too.
	for (const status of [200, 201, 400, 401, 403, 404, 405]) expect(statuses.get(status)).toBeGreaterThan(0);
	expect(await admin.get(gridDatabase)).toMatchObject({ status: 200 });
	// Of these only a server administrator reads anything.
	for (const name of ['cards', 'erasures'])
		expect((await couchClient(server, office).get(`${name}/_all_docs`)).status).toBeGreaterThan(400);
	expect(server.output()).not.toMatch(/request failed|"level":(?:50|60)/);
	// As before: nobody made themselves more than they were.
	expect((await couchClient(server, worker).get('_session')).body).toMatchObject({
		userCtx: { name: 'li', roles: [gridRole] }
	});
});

const apiPaths = [
	...[
		'setup',
		'accounts',
		'accounts/log',
		'accounts/li',
		'accounts/li/link',
		'password',
		'device',
		'devices'
	],
	...['devices/li/phone1/revoke', 'handover', 'handovers', 'handovers/x', 'cards', 'cards/x/revoke', 'join'],
	...[
		'tablet',
		'points',
		'erasures',
		'passkeys',
		'passkeys/options',
		'passkeys/login',
		'passkeys/login-options'
	]
].map((path) => `/api/${path}`);

function noted(place: string, note: string): Revision {
	const scope = toScope(place);
	return seal({
		kind: 'check-in',
		entity: checkInEntity(scope, toDay('2026-11-23')),
		parents: [],
		scope,
		author: 'li',
		device: 'phone1',
		at: '2026-11-23T01:02:03.004Z',
		body: { observed: { quality: 'correct', note } }
	});
}

/** What the resident may write. */
function reported(number: number): Revision {
	const scope = toScope('qianmen/caochang/g3/c1/h1');
	return seal({
		...noted(scope, ''),
		entity: checkInEntity(scope, addDays(toDay('2026-11-01'), number)),
		author: 'home-one',
		body: { reported: { quality: 'correct' } }
	});
}

function carries({ headers }: RawRequest, own: Readonly<Record<string, string>>): boolean {
	return Object.entries(own).every(([name, value]) => headers[name] === value);
}

/** Texts that no answer to anybody but an administrator holds. */
async function secretsOf(running: TestServer): Promise<readonly string[]> {
	const admin = couchClient(running, running.admin);
	const users = JSON.stringify((await admin.get('_users/_all_docs?include_docs=true')).body);
	const hashes = [...users.matchAll(/"(?:derived_key|salt)":"([0-9a-f]{16,})"/g)].map(
		([, hash = '']) => hash
	);
	expect(hashes.length).toBeGreaterThan(4);
	return [foreignNote, running.admin.password, running.dataDir, ...hashes];
}

function expectHarmless(
	request: RawRequest,
	who: string | undefined,
	answer: RawAnswer,
	secrets: readonly string[]
): void {
	const told = JSON.stringify({
		request: { ...request, body: request.body.toString().slice(0, 500) },
		answer
	});
	if (answer.outcome !== 'answered') {
		if (answer.outcome === 'waiting') throw new Error(`no answer: ${told}`);
		return;
	}
	const { status, text, type } = answer;
	if (status >= 500 && status !== 503 && status !== 501) throw new Error(`failed: ${told}`);
	if (secrets.some((secret) => text.includes(secret) && !isOwnUser(request, who)))
		throw new Error(`leaked: ${told}`);
	if (/\bat .+\.ts:\d+|node_modules|node:internal/.test(text)) throw new Error(`a stack trace: ${told}`);
	// As the server reads it: without its climbing parts, `/db/..` is the app's page.
	const { pathname } = new URL(`http://127.0.0.1${request.path}`);
	const isData = /^\/(?:db|api)(?:\/|$)/.test(pathname);
	if (isData && status >= 400 && text !== '' && !/^\{"error":"[^"]+","reason":/.test(text.trimStart()))
		throw new Error(`not an error of CouchDB’s form: ${told}`);
	if (isData && type.startsWith('text/html')) throw new Error(`a page where data is: ${told}`);
}

/** An account reads its own user document, hash and all, as in CouchDB; nobody else's. */
function isOwnUser({ path, method }: RawRequest, who: string | undefined): boolean {
	if (method !== 'GET' || who === undefined) return false;
	const { pathname } = new URL(`http://127.0.0.1${path}`);
	// The server takes a slash at the end for none.
	return decodeURI(pathname).replace('%3A', ':').replace(/\/$/, '') === `/db/_users/org.couchdb.user:${who}`;
}
