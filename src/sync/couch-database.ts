import httpAdapter from 'pouchdb-adapter-http';
import PouchDB, { type NewDoc } from 'pouchdb-core';
import { toChangesPage, type ChangesPage } from './changes-page.ts';
import { deliveredRange, type DeliveredRange } from './delivered-ranges.ts';
import { toWireError, WireError } from './wire-error.ts';
import { askText, type Wire } from './wire.ts';

PouchDB.plugin(httpAdapter);

/** The server's answer for one document that it did not take. */
export interface NotTaken {
	readonly id: string;
	/** CouchDB's word: `forbidden`, `unknown_error`. */
	readonly error: string;
	readonly reason: string;
}

/** The server's answer to documents that were sent. */
export interface Taken {
	readonly notTaken: readonly NotTaken[];
	/** Where the others stand in the feed, when the server tells. */
	readonly range: DeliveredRange | undefined;
}

/**
 * One database on the server. Documents are sent through PouchDB; its way of reading a feed parses a page into
 * objects, where it is to be put down as it came. All reject with WireError.
 */
export class CouchDatabase {
	readonly #wire: Wire;
	readonly #path: string;
	readonly #pouch: PouchDB;
	/** Of the last answer that had them; documents are sent one request after the other. */
	#sequences: string | undefined;

	constructor(wire: Wire, name: string) {
		const { origin, fetch } = wire;
		this.#wire = wire;
		this.#path = `/db/${encodeURIComponent(name)}`;
		this.#pouch = new PouchDB(`${origin}${this.#path}`, {
			adapter: 'http',
			skip_setup: true,
			fetch: async (url, init = {}) => {
				const response = await fetch(url, { ...init, headers: new Headers(init.headers) });
				this.#sequences = response.headers.get('Zhonggeng-Sequences') ?? this.#sequences;
				return response;
			}
		});
	}

	/** The changes after `since`, oldest first, with their documents (CouchDB API, 10.4.7). One request. */
	async changes(since: string | number, limit: number): Promise<ChangesPage> {
		const query = { since: String(since), limit: String(limit), include_docs: 'true', style: 'all_docs' };
		const path = `${this.#path}/_changes?${new URLSearchParams(query).toString()}`;
		const answer = await askText(this.#wire, path);
		try {
			return toChangesPage(answer);
		} catch (error) {
			throw toWireError(error);
		}
	}

	/**
	 * Sends documents under the revisions they have (`new_edits: false`, CouchDB API, 10.3.8). Only what
	 * the server did not take is in its answer.
	 */
	async send(documents: readonly NewDoc[]): Promise<Taken> {
		this.#sequences = undefined;
		try {
			const answers = await this.#pouch.bulkDocs(documents, { new_edits: false });
			const notTaken = answers.flatMap((answer) => {
				if (answer.ok === true) return [];
				const { id, error, reason } = answer;
				if (id === undefined) throw new WireError(500, `an answer for no document: ${String(reason)}`);
				return [{ id, error: String(error), reason: reason ?? String(error) }];
			});
			return { notTaken, range: deliveredRange(this.#sequences, documents.length) };
		} catch (error) {
			throw toWireError(error);
		}
	}
}
