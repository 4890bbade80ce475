import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { checkRecord } from '#kinds/check-record.ts';
import { toScope } from '#records/scope.ts';
import type { Revision } from '#records/revision.ts';
import { seal } from '#records/revision.ts';
import { photoOf, webpBytes, type Photo } from '../../contract/field-records.ts';
import { actBy, checkInOf, household, redeemed, rule } from '../../read-models/points-records.ts';
import { basic, createAccount, type Login, type TestServer } from '../../serve.ts';

export const neighbour = toScope('qianmen/caochang/g3/c1/h2');
export const gridDatabase = 'zg-qianmen-caochang-g3';

/** A household about which a good deal was written, with words that nothing else on the disk has. */
export interface Told {
	readonly server: TestServer;
	/** Chance, so that hardly any compression hides it: one in each thing that must go. */
	readonly words: readonly string[];
	readonly stays: string;
	readonly photo: Photo;
	readonly records: readonly Revision[];
	readonly office: Login;
	readonly worker: Login;
	readonly resident: Login;
	readonly card: string;
}

function word(): string {
	return randomBytes(24).toString('base64url');
}

export async function tell(server: TestServer): Promise<Told> {
	await server.setup();
	const worker = await createAccount(server, 'worker1', ['worker:qianmen/caochang/g3']);
	const office = await createAccount(server, 'office1', ['office:qianmen/caochang']);
	const resident = await createAccount(server, 'home-1', [`resident:${household}`]);
	const [note, opinion, item, reason, head, matter] = [word(), word(), word(), word(), word(), word()];
	const stays = word();
	const photo = photoOf(webpBytes(randomBytes(1).readUInt8()));
	const photos = [photo._id.slice('photo:'.length)];
	const first = checkInOf(household, '2026-11-02', { observed: { quality: 'mixed', photos } });
	const parents = [first.hash];
	const said = checkInOf(household, '2026-11-05', { observed: { quality: 'correct' } });
	const about = (kind: string, entity: string, scope: typeof household, body: Revision['body']) =>
		seal({
			...{ kind, entity, parents: [], scope, author: 'worker1', device: 'phone1' },
			...{ at: '2026-11-01T02:00:00.000Z', body }
		});
	const dots = household.replaceAll('/', '.');
	const records = [
		about('household', dots, household, { door: '1号', head, phone: '000-0000-0000' }),
		about('household', neighbour.replaceAll('/', '.'), neighbour, { door: '2号', head: stays }),
		first,
		checkInOf(household, '2026-11-02', { observed: { quality: 'correct', note } }, { parents }),
		checkInOf(household, '2026-11-03', { reported: { quality: 'correct' } }),
		said,
		checkInOf(household, '2026-11-05', null, { parents: [said.hash], reason }),
		checkInOf(neighbour, '2026-11-02', { observed: { quality: 'correct', note: stays } }),
		actBy(household, '2026-11-04', 'aaaaaaaa', { act: 'opinion', note: opinion }),
		redeemed(household, 'bbbbbbbb', { points: 1, item, day: '2026-11-06' }),
		about('matter', `${dots}.cccccccc`, household, { text: matter })
	];
	await put(server, 'zg-qianmen', [rule('2026-11-01', { sorted: 2, opinion: 3 })]);
	await put(server, gridDatabase, [photo, ...records]);
	const made = await fetch(`${server.url}/api/cards`, {
		method: 'POST',
		headers: { ...basic(office), 'Content-Type': 'application/json' },
		body: JSON.stringify({ scope: household, uses: 2 })
	});
	const { code } = v.parse(v.object({ code: v.string() }), await made.json());
	const words = [note, opinion, item, reason, head, matter];
	return { server, words, stays, photo, records, office, worker, resident, card: code };
}

export async function send(
	server: TestServer,
	path: string,
	method: string,
	body?: unknown,
	login: Login = server.admin
): Promise<Response> {
	return await fetch(`${server.url}${path}`, {
		method,
		headers: { ...basic(login), 'Content-Type': 'application/json' },
		...(body !== undefined && { body: JSON.stringify(body) })
	});
}

async function put(server: TestServer, database: string, docs: readonly unknown[]): Promise<void> {
	await send(server, `/db/${database}`, 'PUT');
	const written = await send(server, `/db/${database}/_bulk_docs`, 'POST', { docs, new_edits: false });
	const failed: unknown = await written.json();
	if (written.status !== 201 || JSON.stringify(failed) !== '[]') throw new Error(JSON.stringify(failed));
}

export async function heldIn(server: TestServer, database: string): Promise<readonly Revision[]> {
	const answer = await send(server, `/db/${database}/_all_docs?include_docs=true`, 'GET');
	const { rows } = v.parse(v.object({ rows: v.array(v.object({ doc: v.unknown() })) }), await answer.json());
	return rows.flatMap(({ doc }) => {
		const checked = checkRecord(doc);
		return checked.ok ? [checked.revision] : [];
	});
}

/** Those of `texts` that stand in any file below `folder`. */
export async function onDisk(
	folder: string,
	texts: readonly (string | Buffer)[]
): Promise<readonly number[]> {
	const files = await readdir(folder, { recursive: true, withFileTypes: true });
	const contents = await Promise.all(
		files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name)))
	);
	return texts.flatMap((text, index) => (contents.some((content) => content.includes(text)) ? [index] : []));
}
