/** A document as the engine gives it out: CouchDB's JSON, `_`-members included. */
export interface StoredDoc {
	readonly _id: string;
	readonly _rev: string;
	readonly [member: string]: unknown;
}

/** An attachment on its way in. */
export interface AttachmentBytes {
	readonly content_type: string;
	readonly data: Buffer;
}

/** An attachment whose bytes the database has already. */
export interface StoredStub {
	readonly content_type: string;
	readonly digest: string;
	readonly revpos: number;
	readonly length: number;
	readonly stub: true;
}

/** A document fit to be written. */
export interface IncomingDoc {
	readonly _id: string;
	readonly _rev?: string;
	readonly _deleted?: boolean;
	readonly _revisions?: RevisionPath;
	readonly _attachments?: Readonly<Record<string, AttachmentBytes | StoredStub>>;
	readonly [member: string]: unknown;
}

/** A revision and its ancestors, newest first: `start` is the newest one's number. */
export interface RevisionPath {
	readonly start: number;
	readonly ids: readonly string[];
}

/** What became of one document of a write. */
export type WriteResult =
	| { readonly ok: true; readonly id: string; readonly rev: string }
	| {
			readonly ok: false;
			readonly id: string;
			readonly status: number;
			readonly error: string;
			readonly reason: string;
	  };

/** What became of documents that were written under the revisions they have. */
export interface Written {
	/** Only what failed has a result. */
	readonly failed: readonly WriteResult[];
	/** Documents that were new, in their order, each with the sequence it took, where that is known. */
	readonly fresh: ReadonlyMap<IncomingDoc, number>;
}

export type Found =
	| { readonly found: true; readonly doc: StoredDoc }
	| { readonly found: false; readonly reason: 'missing' | 'deleted' };
