import { CouchError } from '../couch-error.ts';
import type { ReadableDatabase } from '../storage/database.ts';
import type { IncomingDoc, StoredStub } from '../storage/stored-doc.ts';
import { attachmentsOf, type StoredAttachment } from './attachments-out.ts';
import type { ShapedDoc } from './document-shape.ts';

/**
 * Puts what is known of an attachment in the place of a stub for it: a stub says that the attachment of
 * that name stays as the revision before had it.
 * @throws CouchError 412 when there is none.
 */
export async function resolveStubs(database: ReadableDatabase, doc: ShapedDoc): Promise<IncomingDoc> {
	const { _attachments, ...rest } = doc;
	if (!_attachments) return rest;
	const hasStubs = Object.values(_attachments).some((entry) => 'stub' in entry);
	const known = hasStubs ? await attachmentsBefore(database, doc) : new Map<string, StoredAttachment>();
	const entries = Object.entries(_attachments).map(([name, entry]) => {
		return [name, 'stub' in entry ? toStub(name, known.get(name)) : entry] as const;
	});
	return { ...rest, _attachments: Object.fromEntries(entries) };
}

/** By name, of the nearest revision before this one whose body is here. */
async function attachmentsBefore(
	database: ReadableDatabase,
	{ _id, _rev, _revisions }: ShapedDoc
): Promise<ReadonlyMap<string, StoredAttachment>> {
	const { start, ids } = _revisions ?? { start: 0, ids: [] };
	const replicated = ids.slice(1).map((digest, index) => `${start - index - 1}-${digest}`);
	const before = _revisions || _rev === undefined ? replicated : [_rev];
	for (const rev of before) {
		const found = await database.get(_id, { rev });
		if (found.found) return new Map(attachmentsOf(found.doc));
	}
	return new Map();
}

function toStub(name: string, known: StoredAttachment | undefined): StoredStub {
	if (known?.length === undefined)
		throw new CouchError(412, 'missing_stub', `Invalid attachment stub for ${name}`);
	const { content_type, digest, revpos, length } = known;
	return { content_type, digest, revpos, length, stub: true };
}
