import type { AllDocsOptions, AllDocsRow, GetOptions } from 'pouchdb-core';
import type { Grant } from '#access/grant.ts';
import { idRanges, reachIn, type IdRange } from '#access/rights-reach.ts';
import { mayReadId } from '#access/rights.ts';
import { hashOfJson } from '#records/hash.ts';
import { isJsonObject } from '#records/json.ts';
import { namedHashes } from '#records/named-hashes.ts';
import type { Scope } from '#records/scope.ts';
import type {
	Changes,
	ChangesOptions,
	Database,
	DatabaseInfo,
	ReadableDatabase
} from '../storage/database.ts';
import type { Found, StoredDoc } from '../storage/stored-doc.ts';
import { isPhotoId, photoIdOf } from './check-photo.ts';

/** So many changes are read through rather than the ids of everything that may be read be listed first. */
const readThrough = 1_000;

/**
 * The part of a scope database that some grants let an account read, behind the same interface, so that nothing
 * that reads can forget to leave something out. Records are in it by their ids. A photo is in it when a record
 * is that names it, and then is had by its id: feed and lists hold records only. Design documents are not in it.
 */
export class DatabaseView implements ReadableDatabase {
	readonly #whole: Database;
	readonly #grants: readonly Grant[];
	readonly #ranges: readonly IdRange[];
	/** Of the database and of what may be read in it: who may read more later finds another database. */
	readonly uuid: string;
	#photos: Promise<ReadonlySet<string>> | undefined;

	constructor(whole: Database, node: Scope, grants: readonly Grant[]) {
		const reach = reachIn(grants, node);
		this.#whole = whole;
		this.#grants = grants;
		this.#ranges = reach.flatMap(idRanges);
		this.uuid = `${whole.uuid}-${hashOfJson(reach).slice(0, 16)}`;
	}

	get name(): string {
		return this.#whole.name;
	}

	concerns(ids: readonly string[] | undefined): boolean {
		return !ids || ids.some((id) => this.#has(id));
	}

	lastSeq(): Promise<number> {
		return this.#whole.lastSeq();
	}

	async info(): Promise<DatabaseInfo> {
		const update_seq = await this.lastSeq();
		return { doc_count: (await this.#rows()).length, update_seq };
	}

	async get(id: string, options: GetOptions = {}): Promise<Found> {
		if (!(await this.#shows(id))) return { found: false, reason: 'missing' };
		return await this.#whole.get(id, options);
	}

	async leaves(id: string, options: { revs: boolean; attachments: boolean }): Promise<readonly StoredDoc[]> {
		return (await this.#shows(id)) ? await this.#whole.leaves(id, options) : [];
	}

	/** What may not be read is missing. */
	async revsDiff(
		revs: Readonly<Record<string, readonly string[]>>
	): Promise<Record<string, { readonly missing: readonly string[] }>> {
		const shown: [string, readonly string[]][] = [];
		const missing: [string, { missing: readonly string[] }][] = [];
		for (const [id, asked] of Object.entries(revs)) {
			if (await this.#shows(id)) shown.push([id, asked]);
			else if (asked.length > 0) missing.push([id, { missing: asked }]);
		}
		return { ...(await this.#whole.revsDiff(Object.fromEntries(shown))), ...Object.fromEntries(missing) };
	}

	/** Without attachments: records have none. What is written meanwhile comes the next time. */
	async changes({ limit, doc_ids, ...options }: ChangesOptions): Promise<Required<Changes>> {
		const upTo = await this.lastSeq();
		const from = options.descending ? 0 : options.since;
		const among = upTo - from > readThrough ? await this.#idsAmong(doc_ids) : doc_ids;
		const asked = { ...options, attachments: false, ...(among && { doc_ids: among }) };
		const { results } = await this.#whole.changes(asked);
		const visible = results.filter(({ id, seq }) => Number(seq) <= upTo && this.#has(id));
		const shown = visible.slice(0, limit);
		const pending = visible.length - shown.length;
		const last = Number(shown.at(-1)?.seq ?? options.since);
		return { results: shown, pending, last_seq: pending > 0 || options.descending ? last : upTo };
	}

	async allDocs(options: AllDocsOptions): Promise<AllDocs> {
		const { keys, skip = 0, limit = Infinity, descending = false, ...shape } = options;
		const all = await this.#rows();
		const page = <Item>(items: readonly Item[]) =>
			(descending ? items.toReversed() : items).slice(skip, skip + limit);
		const found = { total_rows: all.length, offset: skip };
		if (keys) return { ...found, rows: await this.#rowsOf(page(keys), shape) };
		const rows = page(all.filter(({ id }) => isAsked(id, options)));
		if (!options.include_docs) return { ...found, rows };
		return {
			...found,
			rows: await this.#rowsOf(
				rows.map(({ id }) => id),
				shape
			)
		};
	}

	/** A row for each key, in their order. */
	async #rowsOf(
		keys: readonly string[],
		{ include_docs = false, attachments = false, binary = false, conflicts = false }: AllDocsOptions
	): Promise<readonly AllDocsRow[]> {
		const shown = new Set<string>();
		for (const key of new Set(keys)) if (await this.#shows(key)) shown.add(key);
		const asked = keys.filter((key) => shown.has(key));
		const shape = { include_docs, attachments, binary, conflicts };
		const rows = (await this.#whole.allDocs({ ...shape, keys: asked })).rows.values();
		return keys.map((key) => (shown.has(key) ? nextOf(rows) : { key, error: 'not_found' }));
	}

	/** Every record that may be read, by id in order; deleted ones only when asked for. */
	async #rows(options: AllDocsOptions = {}): Promise<readonly Row[]> {
		const found = new Map<string, Row>();
		for (const { from, to } of this.#ranges) {
			const { rows } = await this.#whole.allDocs({ ...options, startkey: from, endkey: to });
			for (const row of rows) if ('id' in row && this.#has(row.id)) found.set(row.id, row);
		}
		return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
	}

	async #idsAmong(asked: readonly string[] | undefined): Promise<readonly string[]> {
		const all = (await this.#rows({ deleted: 'ok' })).map(({ id }) => id);
		if (!asked) return all;
		const wanted = new Set(asked);
		return all.filter((id) => wanted.has(id));
	}

	#has(id: string): boolean {
		return mayReadId(this.#grants, id);
	}

	async #shows(id: string): Promise<boolean> {
		if (!isPhotoId(id)) return this.#has(id);
		this.#photos ??= this.#namedPhotos();
		return (await this.#photos).has(id);
	}

	async #namedPhotos(): Promise<ReadonlySet<string>> {
		const rows = await this.#rows({ include_docs: true });
		const bodies = rows.map(({ doc }) => doc?.['body']).filter(isJsonObject);
		return new Set(bodies.flatMap(namedHashes).map(photoIdOf));
	}
}

interface AllDocs {
	readonly total_rows: number;
	readonly offset: number;
	readonly rows: readonly AllDocsRow[];
}

type Row = Exclude<AllDocsRow, { error: unknown }>;

/** Whether an id is within what was asked for. Ids of records are of letters that all orders agree upon. */
function isAsked(
	id: string,
	{ key, startkey, endkey, descending = false, inclusive_end = true }: AllDocsOptions
): boolean {
	if (key !== undefined) return id === key;
	if (!inclusive_end && id === endkey) return false;
	const [low, high] = descending ? [endkey, startkey] : [startkey, endkey];
	return (low === undefined || id >= low) && (high === undefined || id <= high);
}

function nextOf(rows: Iterator<AllDocsRow>): AllDocsRow {
	const next = rows.next();
	if (next.done) throw new Error('fewer rows than keys');
	return next.value;
}
