import type { Page } from '@playwright/test';
import * as v from 'valibot';
import { checkRecord } from '#kinds/check-record.ts';
import { policyOf } from '#kinds/kinds.ts';
import { canonicalJson } from '#records/canonical-json.ts';
import { hashOfBytes } from '#records/hash.ts';
import { entityKey, type Revision } from '#records/revision.ts';
import { stateOf } from '#records/state-of.ts';
import { overTheWire } from '../parsed-json.ts';
import { basic, type TestServer } from '../serve.ts';

/** What lies on a device's disk, read from its IndexedDB without any of the app's code. */
export interface Held {
	/** Each record once, checked by hash. */
	readonly records: readonly Revision[];
	/** Rows of the tail, by where their records stand. */
	readonly waiting: number;
	readonly refused: number;
}

/** The rows of the app's schema that hold records. */
const stored = v.object({
	tail: v.array(v.object({ revision: v.unknown(), delivery: v.object({ state: v.string() }) })),
	packs: v.array(v.object({ text: v.string() }))
});
const allDocs = v.object({ rows: v.array(v.object({ id: v.string(), doc: v.unknown() })) });

export async function heldOnDevice(page: Page, account: string): Promise<Held> {
	const raw = await page.evaluate(async (name) => {
		const settled = <Value>(request: IDBRequest<Value>) =>
			new Promise<Value>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error ?? new Error('no reason given'));
			});
		const database = await settled(indexedDB.open(name));
		const stores = database.transaction(['tail', 'packTexts']);
		const tail = await settled(stores.objectStore('tail').getAll());
		const packs = await settled(stores.objectStore('packTexts').getAll());
		database.close();
		return JSON.stringify({ tail, packs });
	}, `zhonggeng-${account}`);
	const { tail, packs } = v.parse(stored, JSON.parse(raw));
	const standing = (state: string) => tail.filter(({ delivery }) => delivery.state === state).length;
	return {
		records: eachOnce([
			...tail.map(({ revision }) => revision),
			...packs.flatMap(({ text }) => v.parse(v.array(v.unknown()), JSON.parse(text)))
		]),
		waiting: standing('waiting'),
		refused: standing('refused')
	};
}

/** Every record in the server's scope databases. @throws Error when one stands there twice or is none. */
export async function heldOnServer(server: TestServer): Promise<readonly Revision[]> {
	const get = async (path: string): Promise<unknown> => {
		const response = await fetch(`${server.url}/db/${path}`, { headers: basic(server.admin) });
		if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
		return response.json();
	};
	const names = v.parse(v.array(v.string()), await get('_all_dbs'));
	const docs: unknown[] = [];
	for (const name of names.filter((each) => each.startsWith('zg-'))) {
		const { rows } = v.parse(allDocs, await get(`${name}/_all_docs?include_docs=true`));
		docs.push(...rows.filter(({ id }) => !id.startsWith('photo:')).map(({ doc }) => doc));
	}
	const records = eachOnce(docs);
	if (records.length !== docs.length) throw new Error('a record stands in two databases');
	return records;
}

/**
 * The hash of every photo in a database of the server, each read back whole.
 * @throws Error when a photo's bytes are not what its name says
 */
export async function photosOnServer(server: TestServer, database: string): Promise<readonly string[]> {
	const headers = basic(server.admin);
	const listed = await fetch(`${server.url}/db/${database}/_all_docs?startkey="photo:"&endkey="photo;"`, {
		headers
	});
	const { rows } = v.parse(v.object({ rows: v.array(v.object({ id: v.string() })) }), await listed.json());
	return Promise.all(
		rows.map(async ({ id }) => {
			const answer = await fetch(`${server.url}/db/${database}/${id}/photo`, { headers });
			const hash = hashOfBytes(new Uint8Array(await answer.arrayBuffer()));
			if (id !== `photo:${hash}`) throw new Error(`${id} holds the bytes of ${hash}`);
			return hash;
		})
	);
}

/** The photos that records name. */
export function photosNamed(records: readonly Revision[]): readonly string[] {
	const view = v.object({ observed: v.optional(v.object({ photos: v.optional(v.array(v.string())) })) });
	const named = records.flatMap(({ body }) => {
		const read = v.safeParse(view, body);
		return read.success ? (read.output.observed?.photos ?? []) : [];
	});
	return [...new Set(named)].sort();
}

/** The canonical JSON of every entity's state, by kind and entity: what two devices must agree on byte for byte. */
export function statesOf(records: readonly Revision[]): ReadonlyMap<string, string> {
	const byEntity = Map.groupBy(records, ({ kind, entity }) => entityKey(kind, entity));
	return new Map(
		[...byEntity]
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, revisions]) => {
				const state = stateOf(revisions, policyOf(revisions[0]?.kind ?? ''));
				return [key, canonicalJson(overTheWire(state))];
			})
	);
}

function eachOnce(values: readonly unknown[]): readonly Revision[] {
	const byId = new Map<string, Revision>();
	for (const value of values) {
		const checked = checkRecord(value);
		if (!checked.ok) throw new Error(`held, but no record: ${JSON.stringify([checked.refusal, value])}`);
		byId.set(checked.revision._id, checked.revision);
	}
	return [...byId.values()];
}
