/** What one request may cost. Every input is bounded by one of these. */
export interface CouchLimits {
	/** Bytes of a request body, inflated. */
	readonly bodyBytes: number;
	/** Bytes of one attachment. */
	readonly attachmentBytes: number;
	/** Documents in one `_bulk_docs` or `_bulk_get`. */
	readonly docsPerBatch: number;
	/** Documents in one answer that carries the bytes of their attachments. */
	readonly docsWithAttachments: number;
	/** Bytes of all attachments in one answer. */
	readonly answeredAttachmentBytes: number;
	/** Compressed pages of feeds that are kept in memory, over all databases. */
	readonly feedPagesBytes: number;
	/** Revisions named in one `open_revs`. */
	readonly openRevs: number;
	/** Keys in one `_all_docs`, ids in one `_revs_diff` or `_doc_ids` filter. */
	readonly keys: number;
	/** Nesting of arrays and objects in a JSON body. */
	readonly jsonDepth: number;
	/** Requests that wait for a change at the same time, over all accounts. */
	readonly longpolls: number;
	/** The same for one account that is no server admin's. */
	readonly longpollsPerAccount: number;
	/** Milliseconds a longpoll waits at most, and when it names no timeout. */
	readonly longpollMs: number;
	/** The same for one with a heartbeat: long, but not for ever, as rights and sessions change. */
	readonly heartbeatMs: number;
	/** Milliseconds after which a request that waits finds out again who asks: a session or a grant may end by itself. */
	readonly lookAgainMs: number;
}

export const defaultLimits: CouchLimits = {
	bodyBytes: 16 * 1024 * 1024,
	attachmentBytes: 8 * 1024 * 1024,
	docsPerBatch: 10_000,
	docsWithAttachments: 100,
	answeredAttachmentBytes: 32 * 1024 * 1024,
	feedPagesBytes: 64 * 1024 * 1024,
	openRevs: 100,
	keys: 50_000,
	jsonDepth: 64,
	longpolls: 2_000,
	longpollsPerAccount: 20,
	longpollMs: 60_000,
	heartbeatMs: 15 * 60_000,
	lookAgainMs: 60_000
};
