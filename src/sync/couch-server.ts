import * as v from 'valibot';
import { databaseInfo, type DatabaseInfo } from './database-identity.ts';
import { toWireError, WireError } from './wire-error.ts';
import { askJson, type Wire } from './wire.ts';

/** What happened to which databases, and from where to go on listening. */
export interface Updates {
	readonly changed: readonly { readonly database: string; readonly type: string }[];
	readonly lastSeq: string;
}

export interface FetchedPhoto {
	readonly type: string;
	readonly bytes: Uint8Array<ArrayBuffer>;
}

/** An account as the server knows it now; an office may have changed its roles since it signed in. */
export interface SessionAccount {
	readonly name: string;
	readonly roles: readonly string[];
}

const session = v.object({
	userCtx: v.object({ name: v.nullable(v.string()), roles: v.array(v.string()) })
});
const infos = v.array(v.object({ key: v.string(), info: databaseInfo }));
const updates = v.object({
	results: v.array(v.object({ db_name: v.string(), type: v.string() })),
	last_seq: v.pipe(v.union([v.string(), v.number()]), v.transform(String))
});

/** How long the server holds a longpoll in which nothing happens; proxies commonly end one after a minute. */
const longpollMs = 50_000;
/** When to give up on a server that does not end it. */
export const longpollLimitMs = longpollMs + 15_000;

/** The endpoints of CouchDB's server level that syncing uses. All reject with WireError. */
export class CouchServer {
	readonly #wire: Wire;
	readonly #patient: Wire;

	/** `patient`: for the one request that waits for something to happen. */
	constructor(wire: Wire, patient: Wire) {
		this.#wire = wire;
		this.#patient = patient;
	}

	/** Whose session this is; undefined: nobody's. CouchDB docs, 1.6.2.2 "Cookie Authentication". */
	async account(): Promise<SessionAccount | undefined> {
		const { name, roles } = (await askJson(this.#wire, '/db/_session', session)).userCtx;
		return name === null ? undefined : { name, roles };
	}

	/** The databases this account may read, by name. */
	async databases(): Promise<ReadonlyMap<string, DatabaseInfo>> {
		const told = await askJson(this.#wire, '/db/_dbs_info', infos);
		return new Map(told.map(({ key, info }) => [key, info]));
	}

	/** Undefined when there is no such database. */
	async info(database: string): Promise<DatabaseInfo | undefined> {
		try {
			return await askJson(this.#wire, pathOf(database), databaseInfo);
		} catch (error) {
			if (error instanceof WireError && error.status === 404) return undefined;
			throw error;
		}
	}

	/** Makes a database; one that is there already is as good. */
	async create(database: string): Promise<void> {
		try {
			await askJson(this.#wire, pathOf(database), v.object({}), { method: 'PUT' });
		} catch (error) {
			if (!(error instanceof WireError && error.status === 412)) throw error;
		}
	}

	/** From where to listen for what happens after now. */
	async lastSeq(): Promise<string | undefined> {
		return (await this.#updates(this.#wire, { since: 'now', feed: 'normal' }))?.lastSeq;
	}

	/** Waits until something happens after `lastSeq`, or nothing does for a while. */
	updates(lastSeq: string, stop: AbortSignal): Promise<Updates | undefined> {
		const query = { since: lastSeq, feed: 'longpoll', timeout: String(longpollMs) };
		return this.#updates(this.#patient, query, stop);
	}

	/** Undefined when the server has no such photo. */
	async photo(database: string, id: string): Promise<FetchedPhoto | undefined> {
		const url = `${this.#wire.origin}${pathOf(database)}/${encodeURIComponent(id)}/photo`;
		const response = await this.#wire.fetch(url);
		if (response.status === 404) return undefined;
		if (!response.ok) throw new WireError(response.status, `no photo ${id}`);
		try {
			const bytes = new Uint8Array(await response.arrayBuffer());
			return { type: response.headers.get('Content-Type') ?? '', bytes };
		} catch (error) {
			throw toWireError(error);
		}
	}

	/** Undefined when the server has no such feed: an Apache CouchDB keeps it to its administrators. */
	async #updates(
		wire: Wire,
		query: Readonly<Record<string, string>>,
		stop?: AbortSignal
	): Promise<Updates | undefined> {
		try {
			const path = `/db/_db_updates?${new URLSearchParams(query).toString()}`;
			const { results, last_seq } = await askJson(wire, path, updates, stop ? { signal: stop } : {});
			return {
				changed: results.map(({ db_name, type }) => ({ database: db_name, type })),
				lastSeq: last_seq
			};
		} catch (error) {
			const lacking = [400, 403, 404, 405, 501];
			if (error instanceof WireError && lacking.includes(error.status ?? 0)) return undefined;
			throw error;
		}
	}
}

function pathOf(database: string): string {
	return `/db/${encodeURIComponent(database)}`;
}
