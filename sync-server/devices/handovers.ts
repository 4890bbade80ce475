import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { handedOver, type HandedOver } from '#access/devices-api.ts';
import { isBoundedJson } from '#records/bounded-json.ts';
import { recordBounds } from '#records/check-revision.ts';
import { isHash } from '#records/hash.ts';
import { namedHashes } from '#records/named-hashes.ts';
import { revOf } from '#records/revision.ts';
import { isScope, type Scope } from '#records/scope.ts';
import { conflict, CouchError } from '../couch-error.ts';
import type { Database } from '../storage/database.ts';
import type { Databases } from '../storage/databases.ts';
import { Turns } from '../join/turns.ts';
import { internalDatabase } from '../storage/internal-database.ts';
import { Mirror } from '../storage/mirror.ts';
import type { IncomingDoc, StoredDoc } from '../storage/stored-doc.ts';
import { bury } from '../storage/tombstones.ts';
import type { CheckedHandover, PhotoDocument } from './check-handover.ts';
import type { Device } from './device.ts';

export interface HandoversDeps {
	readonly databases: Databases;
	/** Milliseconds since 1970. */
	readonly now: () => number;
}

const databaseName = 'handovers';
/** Undecided ones of one account: more than a phone gathers in years. */
const maxOpen = 20_000;
const storedHandover = v.object({
	...v.omit(handedOver, ['id']).entries,
	record: v.looseObject({ scope: v.custom<Scope>(isScope) })
});
/** What was decided is kept so long after. */
const keptDays = 90;
const dayMs = 24 * 3600 * 1000;

export type Handover = HandedOver & Pick<v.InferOutput<typeof storedHandover>, 'record'>;
/** What is asked of all of them. `photos`: that the record names. */
type Indexed = Pick<Handover, 'id' | 'account' | 'at' | 'decided'> & {
	readonly scope: Scope;
	readonly photos: readonly string[];
};
export type Decision = 'accept' | 'drop';

/**
 * What devices handed over, in the database `handovers`: a document for each account and record, named by the hashes
 * of both, and one for each photo, as in the databases of records.
 */
export class Handovers {
	readonly #deps: HandoversDeps;
	readonly #index: Mirror<Indexed>;
	/** A photo is written before the record that names it. */
	readonly #turns = new Turns();

	constructor(deps: HandoversDeps) {
		this.#deps = deps;
		this.#index = new Mirror(() => this.#database(), indexed);
	}

	/**
	 * Settles when the disk has all of it.
	 * @throws CouchError 429 while too many of the account wait for an office: the device keeps them meanwhile.
	 */
	keep(device: Device, checked: CheckedHandover): Promise<void> {
		return this.#turns.take('', () => this.#keep(device, checked));
	}

	async #keep({ account, device }: Device, { records, photos }: CheckedHandover): Promise<void> {
		const database = await this.#database();
		const ids = records.map(({ hash }) => idOf(account, hash));
		const { rows } = await database.allDocs({ keys: ids });
		const there = new Set(rows.flatMap((row) => ('id' in row && row.value.deleted !== true ? [row.id] : [])));
		const at = new Date(this.#deps.now()).toISOString();
		const fresh = records.map((record, index) => ({ _id: ids[index] ?? '', account, device, at, record }));
		const missing = fresh.filter(({ _id }) => !there.has(_id));
		if (missing.length > 0 && (await this.#openOf(account)) + missing.length > maxOpen) throw tooMany();
		await writeAll(database, photos.map(withoutRev));
		await writeAll(database, missing);
	}

	/** Of all accounts, what was handed over about places that `concerns` holds of: undecided first, then newest. */
	async list(concerns: (scope: Scope) => boolean, limit: number): Promise<readonly Handover[]> {
		const own = (await this.#index.entries()).filter(({ scope }) => concerns(scope));
		const keys = own
			.sort(openAndNewestFirst)
			.slice(0, limit)
			.map(({ id }) => id);
		const { rows } = await (await this.#database()).allDocs({ keys, include_docs: true });
		return rows.flatMap((row) => ('doc' in row && row.doc ? (readHandover(row.doc) ?? []) : []));
	}

	/** Deletes what was decided long ago, and photos that nothing left names. */
	async sweep(): Promise<void> {
		const database = await this.#deps.databases.get(databaseName);
		if (!database) return;
		await this.#turns.take('', async () => {
			const until = new Date(this.#deps.now() - keptDays * dayMs).toISOString();
			const all = await this.#index.entries();
			const isOld = ({ decided }: Indexed) => decided !== undefined && decided.at < until;
			const old = all.filter(isOld);
			if (old.length === 0) return;
			const named = new Set(all.filter((one) => !isOld(one)).flatMap(({ photos }) => photos));
			const photos = old.flatMap((one) => one.photos).filter((hash) => !named.has(hash));
			await bury(database, [...old.map(({ id }) => id), ...new Set(photos.map((hash) => `photo:${hash}`))]);
			await database.purge();
		});
	}

	async find(id: string): Promise<Handover | undefined> {
		const found = await (await this.#database()).get(id);
		return found.found ? readHandover(found.doc) : undefined;
	}

	/** Those of these photos that were handed over. */
	async photos(hashes: readonly string[]): Promise<readonly PhotoDocument[]> {
		const database = await this.#database();
		const found = await Promise.all(
			hashes.map((hash) => database.get(`photo:${hash}`, { attachments: true }))
		);
		return found.flatMap((one) => (one.found && v.is(photoDocument, one.doc) ? [photoOf(one.doc)] : []));
	}

	/** Writes down what was decided. @throws CouchError 409 when it has changed in between. */
	async decide({ id }: Handover, decision: Decision, by: string): Promise<Handover | undefined> {
		const database = await this.#database();
		const found = await database.get(id);
		if (!found.found) return undefined;
		const decided = { decision, at: new Date(this.#deps.now()).toISOString(), by };
		const [result] = await database.write([{ ...found.doc, decided }], true);
		if (result?.ok) return readHandover({ ...found.doc, decided });
		if (result?.error === 'conflict') throw conflict();
		throw new Error(`cannot write ${id}: ${result?.reason ?? 'no answer'}`);
	}

	async #openOf(account: string): Promise<number> {
		const all = await this.#index.entries();
		return all.filter((one) => one.account === account && one.decided === undefined).length;
	}

	async #database(): Promise<Database> {
		return await internalDatabase(this.#deps.databases, databaseName);
	}
}

const photoDocument = v.object({
	_id: v.string(),
	_attachments: v.object({ photo: v.object({ content_type: v.string(), data: v.instance(Buffer) }) })
});

/** As it lies in the databases of records, whatever became of it here in between. */
function photoOf({ _id, _attachments }: v.InferOutput<typeof photoDocument>): PhotoDocument {
	const { content_type, data } = _attachments.photo;
	const hash = _id.slice('photo:'.length);
	return { _id, _rev: isHash(hash) ? revOf(hash) : '', _attachments: { photo: { content_type, data } } };
}

/** One that was deleted here can so come in again. */
function withoutRev({ _rev, ...photo }: PhotoDocument): IncomingDoc {
	return photo;
}

function tooMany(): CouchError {
	return new CouchError(429, 'too_many_requests', `More than ${maxOpen} records wait for the office.`, {
		'Retry-After': '3600'
	});
}

/** An account's begin with 16 digits of its name's hash: they lie together, and no name is in a path. */
function idOf(account: string, hash: string): string {
	return `${createHash('sha256').update(account).digest('hex').slice(0, 16)}-${hash}`;
}

function readHandover(doc: Readonly<Record<string, unknown>>): Handover | undefined {
	const parsed = v.safeParse(storedHandover, doc);
	return parsed.success && typeof doc['_id'] === 'string' ? { id: doc['_id'], ...parsed.output } : undefined;
}

function indexed(doc: StoredDoc): Indexed | undefined {
	const handover = doc['_deleted'] === true ? undefined : readHandover(doc);
	if (!handover) return undefined;
	const { id, account, at, decided, record } = handover;
	const photos = isBoundedJson(record, recordBounds) ? namedHashes(record) : [];
	return { id, account, at, decided, scope: record.scope, photos };
}

function openAndNewestFirst(a: Indexed, b: Indexed): number {
	if ((a.decided === undefined) !== (b.decided === undefined)) return a.decided ? 1 : -1;
	return a.at < b.at ? 1 : a.at > b.at ? -1 : 0;
}

/** What another request wrote in between is there too. */
async function writeAll(database: Database, docs: readonly IncomingDoc[]): Promise<void> {
	const results = await database.write(docs, true);
	const failed = results.find((result) => !result.ok && result.error !== 'conflict');
	if (failed && !failed.ok) throw new Error(`cannot write ${failed.id}: ${failed.reason}`);
}
