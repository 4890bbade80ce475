import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, dayAt } from '#kinds/day.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { couchClient, type CouchClient } from '../contract/couch-client.ts';
import { gridDatabase, gridRole, photoOf, webpBytes } from '../contract/field-records.ts';
import { matching } from '../contract/matching.ts';
import { sampleRecord } from '../contract/rights/sample-records.ts';
import { createAccount, startServer, type TestServer } from '../serve.ts';

const household = toScope('qianmen/caochang/g3/c12/h04');
const courtyard = toScope('qianmen/caochang/g3/c12');
const community = toScope('qianmen/caochang');
const communityDatabase = 'zg-qianmen-caochang';
const roles = {
	li: gridRole,
	'home-one': `resident:${household}`,
	office: 'office:qianmen/caochang',
	friends: 'partner:qianmen/caochang/g3'
};
type Who = keyof typeof roles;

let server: TestServer;
const clients = new Map<string, CouchClient>();

beforeAll(async () => {
	server = await startServer();
	await server.setup();
	for (const [name, role] of Object.entries(roles))
		clients.set(name, couchClient(server, await createAccount(server, name, [role])));
	for (const database of [gridDatabase, communityDatabase])
		await couchClient(server, server.admin).send('PUT', database);
});
afterAll(() => server.remove());

async function send(who: Who, ...docs: readonly Revision[]): Promise<unknown> {
	return await sendTo(gridDatabase, who, ...docs);
}

async function sendTo(database: string, who: Who, ...docs: readonly object[]): Promise<unknown> {
	const body = { docs, new_edits: false };
	return (await clients.get(who)?.send('POST', `${database}/_bulk_docs`, body))?.body;
}

const refused = (reason: RegExp, ...docs: readonly Revision[]) =>
	docs.map(({ _id }) => ({ id: _id, error: 'forbidden', reason: matching(reason) }));

/** `title` tells one meeting's records from those of another. */
function written(
	who: Who,
	title: string,
	stage: JsonObject | null,
	parents: readonly Revision[] = []
): Revision {
	const sample = sampleRecord('meeting', courtyard, who, 'phone1');
	if (!sample) throw new Error('no sample');
	const entity = `${sample.entity.slice(0, -8)}${title}`;
	const body = stage && { ...sample.body, title, stage };
	const reason = stage ? {} : { reason: '记错了' };
	return seal({ ...sample, entity, body, ...reason, parents: parents.map(({ hash }) => hash).sort() });
}

/** By the clock that the server goes by. */
const today = dayAt(new Date());
const at = `${addDays(today, -9)}T11:02:03.004Z`;
const ended = { name: 'ended', began: at, ended: at };

/** `ago`: so many days from today it was filed. */
function filedOn(parent: Revision, who: string, ago = -8): JsonObject {
	const signed = { name: who, signature: [[1, 2, 3, 4]] };
	const filing = {
		...{ text: parent.hash, minutes: [], matters: [], chair: signed, recorder: signed },
		...{ day: addDays(today, ago), until: addDays(today, ago + 7) }
	};
	return { ...ended, name: 'filed', filing };
}

describe('filed minutes', () => {
	it.each<[Who, string]>([
		['li', 'worker01'],
		['office', 'office01']
	])('are neither written otherwise, nor left, nor withdrawn, by %s', async (who, title) => {
		const first = written('li', title, ended);
		const filed = written('li', title, filedOn(first, '李建国'), [first]);
		expect(await send('li', first, filed)).toEqual([]);
		const otherwise = written(who, title, filedOn(first, '别人'), [filed]);
		const left = written(who, title, ended, [filed]);
		const withdrawn = written(who, title, null, [filed]);
		const beside = written(who, title, ended, [first, filed]);
		const all = [otherwise, left, withdrawn, beside];
		for (const each of all) expect(await send(who, each)).toEqual(refused(/^rights: what was filed/, each));
		expect(await send(who, ...all)).toEqual(refused(/^rights: what was filed/, ...all));
	});

	it('of two who filed apart are settled to one of theirs, and to nothing else', async () => {
		const first = written('li', 'apart001', ended);
		const one = written('li', 'apart001', filedOn(first, '李建国'), [first]);
		const other = written('office', 'apart001', filedOn(first, '王秀英'), [first]);
		expect([await send('li', first, one), await send('office', other)]).toEqual([[], []]);
		const third = written('office', 'apart001', filedOn(first, '别人'), [one, other]);
		expect(await send('office', third)).toEqual(refused(/^rights: what was filed/, third));
		expect(await send('li', written('li', 'apart001', filedOn(first, '王秀英'), [one, other]))).toEqual([]);
	});

	it('are confirmed by an office only', async () => {
		const first = written('li', 'confirm1', ended);
		const filed = written('li', 'confirm1', filedOn(first, '李建国'), [first]);
		expect(await send('li', first, filed)).toEqual([]);
		const stage = { ...filedOn(first, '李建国'), name: 'confirmed', day: today };
		const confirmed = (who: Who) => written(who, 'confirm1', stage, [filed]);
		expect(await send('li', confirmed('li'))).toEqual(refused(/^rights: no role here/, confirmed('li')));
		expect(await send('office', confirmed('office'))).toEqual([]);
	});
});

describe('minutes are filed by the server’s clock, to which a phone’s may be ahead by a day', () => {
	it.each<[number, Who, boolean]>([
		[1, 'li', true],
		[2, 'li', false],
		[2, 'office', false],
		[400, 'office', false]
	])('%i days from now, by %s: taken is %s', async (ahead, who, taken) => {
		const title = `ahead${String(ahead).padStart(3, '0')}${who.slice(0, 1)}`;
		const first = written(who, title, ended);
		const filed = written(who, title, filedOn(first, '李建国', ahead), [first]);
		expect(await send(who, first)).toEqual([]);
		expect(await send(who, filed)).toEqual(taken ? [] : refused(/^body: .* is yet to come/, filed));
	});

	it.each<[string, number, number, boolean]>([
		['ended yesterday', -8, 0, true],
		['ends today', -7, 1, true],
		['ends tomorrow', -6, 2, false],
		['ends in a week, by a clock that is ahead', 0, 8, false]
	])('confirmed when the time to object %s', async (_when, ago, day, taken) => {
		const title = `window${String(day).padStart(2, '0')}`;
		const first = written('li', title, ended);
		const filing = filedOn(first, '李建国', ago);
		const filed = written('li', title, filing, [first]);
		expect(await send('li', first, filed)).toEqual([]);
		const stage = { ...filing, name: 'confirmed', day: addDays(today, day) };
		const confirmed = written('office', title, stage, [filed]);
		expect(await send('office', confirmed)).toEqual(
			taken ? [] : refused(/^body: .* is yet to come/, confirmed)
		);
	});
});

describe('what a resident sends', () => {
	const sample = (kind: string, who: Who, body?: JsonObject) => {
		const record = sampleRecord(kind, household, who, 'phone1', body);
		if (!record) throw new Error('no sample');
		return record;
	};

	it('may amend, and not answer itself', async () => {
		const words = { type: 'objection', words: '我没这么说' };
		const answered = sample('amendment', 'home-one', { ...words, answer: { type: 'accepted' } });
		expect(await send('home-one', answered)).toEqual(refused(/^rights: no role here confirms/, answered));
		expect(await send('home-one', sample('amendment', 'home-one', words))).toEqual([]);
	});

	it('may raise a matter, and not move it', async () => {
		const raised = sample('matter', 'home-one');
		const stage = { name: 'deliberating' };
		const moved = seal({ ...raised, body: { ...raised.body, stage }, parents: [raised.hash] });
		expect(await send('home-one', raised, moved)).toEqual(refused(/^rights: no role here takes/, moved));
	});

	it.each(['minute', 'progress', 'whistle'])('is no %s', async (kind) => {
		const record = sample(kind, 'home-one');
		expect(await send('home-one', record)).toEqual(refused(/^rights: no role here writes/, record));
	});
});

it('nothing of a meeting reaches residents and partners but what is published', async () => {
	const minute = sampleRecord('minute', household, 'li', 'phone1');
	const publication = sampleRecord('publication', courtyard, 'li', 'phone1');
	if (!minute || !publication) throw new Error('no sample');
	expect(await send('li', written('li', 'hidden01', ended), minute, publication)).toEqual([]);
	for (const who of ['home-one', 'friends']) {
		const answer = await clients.get(who)?.get(`${gridDatabase}/_all_docs?include_docs=true`);
		const text = JSON.stringify(answer?.body);
		expect([who, text.includes(publication.hash)]).toEqual([who, true]);
		for (const kept of ['"minute:', '"meeting:', 'hidden01'])
			expect([who, text.includes(kept)]).toEqual([who, false]);
	}
});

describe('a matter of a place above', () => {
	const about = (kind: string, who: Who, body: JsonObject, on: readonly Revision[] = []) => {
		const sample = sampleRecord(kind, community, who, 'phone1', body);
		if (!sample) throw new Error('no sample');
		return seal({ ...sample, parents: on.map(({ hash }) => hash) });
	};
	const stage = (owner: Who) => ({
		...{ name: 'doing', owner: { name: owner, account: owner }, due: '2026-11-30', round: 1 }
	});
	const matter = (who: Who, body: JsonObject, on?: readonly Revision[]) =>
		about('matter', who, { text: '路灯太暗', ...body }, on);
	const given = matter('office', { stage: stage('li') });
	const said = about('progress', 'li', { words: '报修了' });
	const done = { ...stage('li'), name: 'evaluating', result: '换了灯', day: '2026-11-25' };
	const closed = matter('li', { stage: done }, [given]);
	const photo = photoOf(webpBytes(7, 100));
	const elsewhere = /^scope: no role for/;
	const noPhoto = [{ id: photo._id, error: 'forbidden', reason: matching(/^rights:/) }];

	it('is gone on with, shown and reported by the worker it is given to, and by nobody else', async () => {
		const put = (who: Who, ...docs: readonly object[]) => sendTo(communityDatabase, who, ...docs);
		expect(await put('li', said)).toEqual(refused(elsewhere, said));
		expect(await put('li', photo)).toEqual(noPhoto);
		// Nobody gives themselves a matter to have a say in it.
		const taken = matter('li', { stage: stage('li') });
		expect(await put('li', taken, said)).toEqual(refused(elsewhere, taken, said));
		expect(await put('office', given)).toEqual([]);
		expect(await put('li', said, photo)).toEqual([]);
		for (const who of ['home-one', 'friends'] as const)
			expect(await put(who, photoOf(webpBytes(8, 100)))).toEqual([
				expect.objectContaining({ error: 'forbidden' })
			]);
		const reworded = matter('li', { text: '没有这回事', stage: done }, [given]);
		const renewed = matter('li', { stage: { ...stage('li'), due: '2027-11-30' } }, [given]);
		expect(await put('li', reworded, renewed)).toEqual(refused(elsewhere, reworded, renewed));
		expect(await put('li', closed)).toEqual([]);
		const other = matter('office', { stage: { ...stage('office'), round: 2 } }, [closed]);
		expect(await put('office', other)).toEqual([]);
		// What was taken already is taken again; nothing new is.
		expect(await put('li', said, closed)).toEqual([]);
		const late = about('progress', 'li', { words: '又坏了' }, [said]);
		expect(await put('li', late)).toEqual(refused(elsewhere, late));
		expect(await put('li', photoOf(webpBytes(9, 100)))).toEqual([
			expect.objectContaining({ error: 'forbidden' })
		]);
	});
});
