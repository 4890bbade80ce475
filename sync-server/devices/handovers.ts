import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { handedOver, type HandedOver } from '#access/devices-api.ts';
import { isScope, type Scope } from '#records/scope.ts';
import { conflict, CouchError } from '../couch-error.ts';
import type { Database } from '../storage/database.ts';
import type { Databases } from '../storage/databases.ts';
import { internalDatabase } from '../storage/internal-database.ts';
import type { IncomingDoc } from '../storage/stored-doc.ts';
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
/** Ids of records end before this, those of photos lie behind. */
const endOfRecords = 'g';

export type Handover = HandedOver & Pick<v.InferOutput<typeof storedHandover>, 'record'>;
export type Decision = 'accept' | 'drop';

/**
 * What devices handed over, in the database `handovers`: a document for each account and record, named by the hashes
 * of both, and one for each photo, as in the databases of records.
 */
export class Handovers {
	readonly #deps: HandoversDeps;

	constructor(deps: HandoversDeps) {
		this.#deps = deps;
	}

	/**
	 * Settles when the disk has all of it.
	 * @throws CouchError 429 while too many of the account wait for an office: the device keeps them meanwhile.
	 */
	async keep({ account, device }: Device, { records, photos }: CheckedHandover): Promise<void> {
		const database = await this.#database();
		const ids = records.map(({ hash }) => idOf(account, hash));
		const { rows } = await database.allDocs({ keys: ids });
		const there = new Set(rows.flatMap((row) => ('id' in row && row.value.deleted !== true ? [row.id] : [])));
		const at = new Date(this.#deps.now()).toISOString();
		const fresh = records.map((record, index) => ({ _id: ids[index] ?? '', account, device, at, record }));
		const missing = fresh.filter(({ _id }) => !there.has(_id));
		if (missing.length > 0 && (await this.#openOf(database, account)) + missing.length > maxOpen)
			throw tooMany();
		await writeAll(database, photos, false);
		await writeAll(database, missing, true);
	}

	/** Of all accounts, in no order. */
	async all(): Promise<readonly Handover[]> {
		const { rows } = await (await this.#database()).allDocs({ endkey: endOfRecords, include_docs: true });
		return rows.flatMap((row) => ('doc' in row && row.doc ? (readHandover(row.doc) ?? []) : []));
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

	async #openOf(database: Database, account: string): Promise<number> {
		const range = { startkey: idOf(account, ''), endkey: idOf(account, '\u{ffff}') };
		const { rows } = await database.allDocs(range);
		// Decided ones count only where there are many: most accounts hand over once, and little.
		if (rows.length < maxOpen / 2) return rows.length;
		const { rows: full } = await database.allDocs({ ...range, include_docs: true });
		return full.filter((row) => 'doc' in row && row.doc && readHandover(row.doc)?.decided === undefined)
			.length;
	}

	async #database(): Promise<Database> {
		return await internalDatabase(this.#deps.databases, databaseName);
	}
}

const photoDocument = v.object({
	_id: v.string(),
	_rev: v.string(),
	_attachments: v.object({ photo: v.object({ content_type: v.string(), data: v.instance(Buffer) }) })
});

function photoOf({ _id, _rev, _attachments }: v.InferOutput<typeof photoDocument>): PhotoDocument {
	const { content_type, data } = _attachments.photo;
	return { _id, _rev, _attachments: { photo: { content_type, data } } };
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

/** What another request wrote in between is there too. */
async function writeAll(database: Database, docs: readonly IncomingDoc[], newEdits: boolean): Promise<void> {
	const results = await database.write(docs, newEdits);
	const failed = results.find((result) => !result.ok && result.error !== 'conflict');
	if (failed && !failed.ok) throw new Error(`cannot write ${failed.id}: ${failed.reason}`);
}
