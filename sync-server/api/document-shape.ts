import { boundsBroken, type JsonBounds } from '#records/bounded-json.ts';
import { isJsonObject, type JsonObject } from '#records/json.ts';
import { badRequest, CouchError } from '../couch-error.ts';
import type { AttachmentBytes, IncomingDoc, RevisionPath } from '../storage/stored-doc.ts';
import { shapeAttachments, type Stub } from './attachments-in.ts';
import { documentIdBroken, generationOf, isRev, isRevDigest } from './document-id.ts';
import type { InflateBudget } from './inflate-budget.ts';
import type { CouchLimits } from './limits.ts';

/** Members that CouchDB adds when it gives a document out; taken back without a word, as it does. */
const ignoredMembers = new Set(['_revs_info', '_conflicts', '_deleted_conflicts', '_local_seq']);
const knownMembers = new Set(['_id', '_rev', '_deleted', '_attachments', '_revisions']);
/** A document of the right form, whose stubs are not resolved yet. */
export interface ShapedDoc extends Omit<IncomingDoc, '_attachments'> {
	readonly _id: string;
	readonly _rev?: string;
	readonly _deleted?: boolean;
	readonly _revisions?: RevisionPath;
	readonly _attachments?: Readonly<Record<string, AttachmentBytes | Stub>>;
}

const maxPath = 1_000;

/**
 * A document as a client sent it, made fit for the engine: id and revision of the right form, no
 * unknown `_` members, attachments as bytes. A document that already has Buffers for its attachments
 * (from a multipart body) is taken too.
 * @throws CouchError in CouchDB's words for a document of the wrong form.
 */
export async function shapeDocument(
	value: unknown,
	newEdits: boolean,
	limits: CouchLimits,
	budget: InflateBudget
): Promise<ShapedDoc> {
	if (!isJsonObject(value)) throw badRequest('Document must be a JSON object');
	const { _id, _rev, _deleted, _attachments, _revisions, ...members } = value;
	const idBroken = documentIdBroken(_id);
	if (idBroken) throw idBroken;
	const broken = boundsBroken(members, boundsOf(limits));
	if (broken) throw badRequest(`Document has ${broken}`);
	const body = withoutSpecial(members);
	if (typeof _id !== 'string') throw badRequest('Document must have an _id');
	if (_rev !== undefined && !isRev(_rev)) throw badRequest('Invalid rev format');
	if (!newEdits && _rev === undefined)
		throw new CouchError(400, 'bad_request', 'Missing _rev with new_edits=false');
	const attachments = await shapeAttachments(_attachments, limits, budget);
	return {
		...body,
		_id,
		...(_rev !== undefined && { _rev }),
		...(_deleted === true && { _deleted }),
		...(attachments && _deleted !== true && { _attachments: attachments }),
		...(!newEdits && _revisions !== undefined && { _revisions: pathFrom(_revisions, _rev) })
	};
}

function boundsOf({ jsonDepth, bodyBytes }: CouchLimits): JsonBounds {
	return { depth: jsonDepth, values: bodyBytes, characters: bodyBytes };
}

function withoutSpecial(members: JsonObject): JsonObject {
	const special = Object.keys(members).filter((name) => name.startsWith('_'));
	if (special.length === 0) return members;
	const unknown = special.find((name) => !ignoredMembers.has(name) && !knownMembers.has(name));
	if (unknown !== undefined) {
		throw new CouchError(400, 'doc_validation', `Bad special document member: ${unknown}`);
	}
	return Object.fromEntries(Object.entries(members).filter(([name]) => !name.startsWith('_')));
}

/** The history of a replicated revision; its newest must be the document's `_rev`. */
function pathFrom(value: unknown, rev: string | undefined): RevisionPath {
	const wrong = () => new CouchError(400, 'doc_validation', 'Invalid _revisions');
	if (!isJsonObject(value)) throw wrong();
	const { start, ids } = value;
	if (typeof start !== 'number' || !Number.isInteger(start) || !Array.isArray(ids)) throw wrong();
	if (ids.length < 1 || ids.length > Math.min(start, maxPath) || !ids.every(isRevDigest)) throw wrong();
	if (rev === undefined || generationOf(rev) !== start || rev !== `${start}-${ids[0]}`) throw wrong();
	return { start, ids };
}
