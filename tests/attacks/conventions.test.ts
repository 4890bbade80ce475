import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conventionEntity } from '#kinds/convention.ts';
import { usualPassRule } from '#kinds/pass-rule.ts';
import { voteEntity } from '#kinds/vote.ts';
import { hashOfBytes } from '#records/hash.ts';
import type { Json, JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { couchClient, type CouchClient } from '../contract/couch-client.ts';
import { gridDatabase, gridRole } from '../contract/field-records.ts';
import { matching } from '../contract/matching.ts';
import { createAccount, startServer, type TestServer } from '../serve.ts';

let server: TestServer;
let clients: Readonly<Record<'li' | 'home-one' | 'office', CouchClient>>;

beforeAll(async () => {
	server = await startServer();
	await server.setup();
	const client = async (name: string, role: string) =>
		couchClient(server, await createAccount(server, name, [role]));
	clients = {
		li: await client('li', gridRole),
		'home-one': await client('home-one', 'resident:qianmen/caochang/g3/c1/h1'),
		office: await client('office', 'office:qianmen/caochang')
	};
	await couchClient(server, server.admin).send('PUT', gridDatabase);
});
afterAll(() => server.remove());

const courtyard = toScope('qianmen/caochang/g3/c1');
const text = hashOfBytes(Buffer.from('a text'));
const votes = Array.from({ length: 10 }, (_, index) => hashOfBytes(Buffer.from(`vote ${index}`))).sort();
const clause = { id: 'clause01', place: 'a0', text: '门口不放杂物' };
const plain: JsonObject = {
	title: '院落公约',
	type: 'convention',
	clauses: [clause],
	rule: { ...usualPassRule },
	stage: { name: 'drafting' }
};
const counted = { day: '2026-11-20', votes, agree: 9, disagree: 1, abstain: 0, passed: true };
const ballot: JsonObject = {
	id: 'ballot01',
	text,
	voters: Array.from({ length: 14 }, (_, index) => `h${String(index + 1).padStart(2, '0')}`),
	rule: { ...usualPassRule },
	opens: '2026-11-15',
	closes: '2026-11-20',
	result: counted
};
const posting = { from: '2026-11-21', until: '2026-11-28' };
const inForce: JsonObject = { version: 1, since: '2026-11-29', ballot, posting };
const bound: JsonObject = { ...plain, stage: { name: 'in-force', inForce } };

const withStage = (stage: JsonObject): JsonObject => ({ ...plain, stage });
const withResult = (changes: JsonObject) =>
	withStage({ name: 'voting', ballot: { ...ballot, result: { ...counted, ...changes } } });
const withClauses = (...clauses: readonly Json[]): JsonObject => ({ ...plain, clauses });

function convention(author: string, body: JsonObject, parents: readonly Revision[] = []): Revision {
	const entity = conventionEntity(courtyard, 'gongyue0');
	return record(author, 'convention', 'qianmen/caochang/g3/c1', entity, body, parents);
}

function vote(author: string, household: string, body: JsonObject): Revision {
	return record(author, 'vote', household, voteEntity(toScope(household), 'gongyue0', 'ballot01'), body);
}

function record(
	author: string,
	kind: string,
	place: string,
	entity: string,
	body: JsonObject,
	parents: readonly Revision[] = []
): Revision {
	const at = '2026-11-23T01:02:03.004Z';
	const content = { kind, entity, scope: toScope(place), author, device: 'phone1', at, body };
	return seal({ ...content, parents: parents.map(({ hash }) => hash).sort() });
}

describe('what a convention or a vote claims', () => {
	const own = 'qianmen/caochang/g3/c1/h1';
	const choice = { choice: 'agree', text };
	const stroke = Array.from({ length: 400 }, (_, at) => at);
	it.each<[string, 'li' | 'home-one', Revision, RegExp]>([
		['votes that do not add up', 'li', convention('li', withResult({ agree: 10 })), /^body: /],
		['that too few votes passed', 'li', convention('li', withResult({ agree: 6, disagree: 4 })), /^body: /],
		[
			'one vote twice',
			'li',
			convention('li', withResult({ votes: [...votes.slice(1), votes[1] ?? ''] })),
			/^body: /
		],
		[
			'more votes than voters',
			'li',
			convention('li', withStage({ name: 'voting', ballot: { ...ballot, voters: ['h01'] } })),
			/^body: /
		],
		[
			'a posting without a result',
			'li',
			convention('li', withStage({ name: 'posted', posting, ballot: { ...ballot, result: null } })),
			/^body: /
		],
		[
			'a posting of a day',
			'li',
			convention('li', withStage({ name: 'posted', ballot, posting: { ...posting, until: '2026-11-22' } })),
			/^body: /
		],
		['to be in force, by a worker', 'li', convention('li', bound), /^rights: /],
		['a stage there is none of', 'li', convention('li', withStage({ name: '__proto__' })), /^body: /],
		['to be a resident’s to write', 'home-one', convention('home-one', plain), /^scope: /],
		[
			'a vote of the neighbours',
			'home-one',
			vote('home-one', 'qianmen/caochang/g3/c1/h2', choice),
			/^scope: /
		],
		[
			'a vote for the whole courtyard',
			'home-one',
			vote('home-one', 'qianmen/caochang/g3/c1', choice),
			/^(?:body|scope): /
		],
		[
			'a signature of a million points',
			'home-one',
			vote('home-one', own, { ...choice, signature: Array.from({ length: 61 }, () => stroke) }),
			/^(?:body|bounds): /
		],
		[
			'a signature beyond its field',
			'home-one',
			vote('home-one', own, { ...choice, signature: [[0, 1001]] }),
			/^body: /
		],
		[
			'clauses without end',
			'li',
			convention('li', withClauses(...Array.from({ length: 5000 }, () => clause))),
			/^(?:body|bounds): /
		],
		[
			'a clause with an id of no clause',
			'li',
			convention('li', withClauses({ ...clause, id: '__proto__' })),
			/^body: /
		],
		['two clauses of one id', 'li', convention('li', withClauses(clause, clause)), /^body: /],
		[
			'a clause at no place',
			'li',
			convention('li', withClauses({ ...clause, place: '__proto__' })),
			/^body: /
		]
	])('%s is refused to %s', async (_what, who, document, reason) => {
		const answer = await clients[who].send('POST', `${gridDatabase}/_bulk_docs`, bulk(document));
		expect(answer).toMatchObject({ status: 201, body: [{ error: 'forbidden', reason: matching(reason) }] });
		const path = `${gridDatabase}/${encodeURIComponent(document._id)}`;
		expect((await clients[who].send('PUT', path, document)).status).toBe(403);
	});
});

describe('a convention in force', () => {
	it('is reworded by a worker, several times in one request, each carrying its stage along', async () => {
		const began = convention('office', plain);
		const binding = convention('office', bound, [began]);
		const answer = await clients.office.send('POST', `${gridDatabase}/_bulk_docs`, bulk(began, binding));
		expect(answer.body).toEqual([]);
		const titled = (title: string, parent: Revision) => convention('li', { ...bound, title }, [parent]);
		const first = titled('公约一', binding);
		const second = titled('公约二', first);
		const third = titled('公约三', second);
		// A child may come before its parents.
		const sent = await clients.li.send('POST', `${gridDatabase}/_bulk_docs`, bulk(third, first, second));
		expect(sent).toMatchObject({ status: 201, body: [] });
	});

	it('is not made so by records that come together, the first of them forged', async () => {
		const forged = convention('li', { ...bound, title: '自封公约' });
		const carried = convention('li', { ...bound, title: '自封公约二' }, [forged]);
		const answer = await clients.li.send('POST', `${gridDatabase}/_bulk_docs`, bulk(forged, carried));
		const refused = { error: 'forbidden', reason: matching(/^rights: /) };
		expect(answer.body).toEqual([
			{ id: forged._id, ...refused },
			{ id: carried._id, ...refused }
		]);
	});

	it('is not made so again by naming the record that once did', async () => {
		const began = convention('office', { ...plain, title: '旧公约' });
		const binding = convention('office', { ...bound, title: '旧公约' }, [began]);
		const lifted = convention('office', { ...plain, title: '旧公约' }, [binding]);
		expect(
			(await clients.office.send('POST', `${gridDatabase}/_bulk_docs`, bulk(began, binding, lifted))).body
		).toEqual([]);
		const back = convention('li', { ...bound, title: '旧公约' }, [binding, lifted]);
		const branch = convention('li', { ...bound, title: '旁支' }, [binding]);
		const merged = convention('li', { ...bound, title: '旁支' }, [branch, lifted]);
		const answer = await clients.li.send('POST', `${gridDatabase}/_bulk_docs`, bulk(back, branch, merged));
		const refused = { error: 'forbidden', reason: matching(/^rights: /) };
		expect(answer.body).toEqual([
			{ id: back._id, ...refused },
			{ id: merged._id, ...refused }
		]);
	});
});

function bulk(...docs: readonly object[]) {
	return { docs, new_edits: false };
}
