import httpAdapter from 'pouchdb-adapter-http';
import PouchDB, { type Change, type NewDoc } from 'pouchdb-core';
import { deliveredRange, type DeliveredRange } from './delivered-ranges.ts';
import { toWireError, WireError } from './wire-error.ts';
import type { Wire } from './wire.ts';

PouchDB.plugin(httpAdapter);

/** One request's worth of a changes feed. */
export interface ChangesPage {
	readonly changes: readonly Change[];
	readonly lastSeq: string | number;
	/** Changes after this page; undefined where the server does not tell. */
	readonly pending: number | undefined;
}

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

/** One database on the server, spoken to through PouchDB. All reject with WireError. */
export class CouchDatabase {
	readonly #pouch: PouchDB;
	/** Of the last answer that had them; documents are sent one request after the other. */
	#sequences: string | undefined;

	constructor({ origin, fetch }: Wire, name: string) {
		this.#pouch = new PouchDB(`${origin}/db/${encodeURIComponent(name)}`, {
			adapter: 'http',
			skip_setup: true,
			fetch: async (url, init = {}) => {
				const response = await fetch(url, { ...init, headers: new Headers(init.headers) });
				this.#sequences = response.headers.get('Zhonggeng-Sequences') ?? this.#sequences;
				return response;
			}
		});
	}

	/** The changes after `since`, oldest first, with their documents. One request. */
	async changes(since: string | number, limit: number): Promise<ChangesPage> {
		const told: { pending?: number } = {};
		try {
			const options = { since, limit, batch_size: limit, include_docs: true, style: 'all_docs' } as const;
			// PouchDB hands the count of what is left to each event, beside the change.
			const { results, last_seq } = await this.#pouch
				.changes({ ...options, return_docs: true })
				.on('change', (_change, ...[pending]: readonly unknown[]) => {
					if (typeof pending === 'number') told.pending = pending;
				});
			return { changes: results, lastSeq: last_seq, pending: results.length > 0 ? told.pending : 0 };
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
