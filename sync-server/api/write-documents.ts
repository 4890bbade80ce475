import { grantsOf, type Grant } from '#access/grant.ts';
import { isBoundedJson } from '#records/bounded-json.ts';
import { dayAt, type Day } from '#kinds/day.ts';
import { recordBounds, type Refusal } from '#records/check-revision.ts';
import type { Hash } from '#records/hash.ts';
import { isJsonObject } from '#records/json.ts';
import { namedHashes } from '#records/named-hashes.ts';
import type { Revision } from '#records/revision.ts';
import type { Scope } from '#records/scope.ts';
import { CouchError } from '../couch-error.ts';
import { isErasedReason } from '../erasure/erased-words.ts';
import { sequencesOf, type SequenceRange } from '../storage/sequence-range.ts';
import type { IncomingDoc, WriteResult } from '../storage/stored-doc.ts';
import { anyBuried, buryUnseen } from '../storage/tombstones.ts';
import { usersDatabase } from './access.ts';
import { incomingRefusal, undecodedRefusal } from './check-incoming.ts';
import { ownsMatterAt } from './owned-matters.ts';
import { pastIn, type InBatch } from './past-in.ts';
import type { WriteCall } from './couch-call.ts';
import { shapeDocument } from './document-shape.ts';
import { InflateBudget } from './inflate-budget.ts';
import { resolveStubs } from './resolve-stubs.ts';
import { prepareUser } from './users-database.ts';

const designPrefix = '_design/';

/** What the documents of one request have in common. */
interface OfBatch {
	readonly budget: InflateBudget;
	readonly grants: readonly Grant[];
	readonly today: Day;
	readonly taken: InBatch;
	/** Whether any of these documents is refused because its household was erased. */
	readonly erased: (ids: readonly string[]) => Promise<boolean>;
	/** Whether the account sees to a matter there: asked once, and only of photos. */
	readonly ownsMatter: () => Promise<boolean>;
}

/** `sequences`: those that hold nothing but documents of this write, where they are known. */
export interface WrittenDocuments {
	/** One for each document, in their order. */
	readonly results: readonly WriteResult[];
	readonly sequences: SequenceRange | undefined;
}

type Prepared = { readonly doc: IncomingDoc } | { readonly failed: WriteResult };

/**
 * Writes documents as they came in a request: every endpoint that writes goes through here. In a scope database what
 * is refused is refused alone and the rest is kept; in an ordinary one a document of the wrong form fails the request,
 * as in CouchDB.
 * @throws CouchError 400 for such a document.
 */
export async function writeDocuments(
	call: WriteCall,
	docs: readonly unknown[],
	newEdits: boolean
): Promise<WrittenDocuments> {
	const budget = new InflateBudget(call.deps.limits.bodyBytes);
	const batch = new Map<string, Promise<Prepared>>();
	const taken: InBatch = async (id) => {
		const mate = await batch.get(id);
		if (!mate || !('doc' in mate)) return undefined;
		// Replication's own, and no part of the record.
		return Object.fromEntries(Object.entries(mate.doc).filter(([name]) => name !== '_revisions'));
	};
	const erased = async (ids: readonly string[]) => {
		const mates = await Promise.all(ids.flatMap((id) => batch.get(id) ?? []));
		return mates.some((mate) => 'failed' in mate && isErased(mate.failed));
	};
	const grants = grantsOf(call.user.roles);
	const today = dayAt(new Date(call.deps.now()));
	let owns: Promise<boolean> | undefined;
	const ownsMatter = () => (owns ??= ownsMatterHere(call));
	const preparing = docs.map((doc) => {
		const one = prepare(call, doc, newEdits, { budget, grants, today, taken, erased, ownsMatter });
		batch.set(idOf(doc), one);
		return one;
	});
	const prepared = await Promise.all(preparing);
	const fit = prepared.flatMap((item) => ('doc' in item ? [item.doc] : []));
	const isRecord = (doc: IncomingDoc) => call.scope !== undefined && !isDesign(doc);
	const records = await writeRecords(call, fit.filter(isRecord), newEdits);
	const others = await writeOrdinary(
		call,
		fit.filter((doc) => !isRecord(doc)),
		newEdits
	);
	const rest = { records: records.results.values(), others: others.values() };
	const results = prepared.map((item) =>
		'failed' in item ? item.failed : nextOf(isRecord(item.doc) ? rest.records : rest.others)
	);
	if (call.scope) call.deps.onRecords?.(results);
	await refuseErased(
		call,
		docs.filter((_, index) => isErased(results[index]))
	);
	return { results, sequences: records.sequences };
}

/** Writes one document. @throws CouchError when it is not kept. */
export async function writeDocument(
	call: WriteCall,
	doc: unknown,
	newEdits: boolean
): Promise<{ readonly id: string; readonly rev: string }> {
	const { results } = await writeDocuments(call, [doc], newEdits);
	const [result] = results;
	if (!result) throw new Error('a write without a result');
	if (result.ok) return result;
	throw new CouchError(statusOf(result.status), result.error, result.reason);
}

async function prepare(
	call: WriteCall,
	value: unknown,
	newEdits: boolean,
	{ budget, grants, today, taken, erased, ownsMatter }: OfBatch
): Promise<Prepared> {
	const { database, whole, scope, user, deps } = call;
	if (!scope) return { doc: await prepareOrdinary(call, value, newEdits, budget) };
	const id = idOf(value);
	const pastOf = (record: Revision) => pastIn(whole, taken, record);
	const erasedBefore = (household: Scope) => deps.erasedBefore?.(household);
	const isGone = async (ids: readonly string[]) => (await erased(ids)) || (await anyBuried(whole, ids));
	const target = {
		database: whole.name,
		scope,
		user,
		grants,
		today,
		pastOf,
		ownsMatter,
		erasedBefore,
		isGone
	};
	const undecoded = await undecodedRefusal(value, target);
	if (undecoded) return { failed: refused(id, undecoded) };
	try {
		const doc = await shapeDocument(value, newEdits && id.startsWith(designPrefix), deps.limits, budget);
		const refusal = await incomingRefusal(doc, target);
		return refusal ? { failed: refused(id, refusal) } : { doc: await resolveStubs(database, doc) };
	} catch (error) {
		if (!(error instanceof CouchError)) throw error;
		return { failed: refused(id, { code: 'shape', detail: error.body.reason }) };
	}
}

async function ownsMatterHere({ whole, scope, user }: WriteCall): Promise<boolean> {
	return scope !== undefined && user.name !== null && (await ownsMatterAt(whole, scope, user.name));
}

/**
 * Of records that are refused because their household was erased: what is built on them will be refused, too, and the
 * photos they name go.
 */
async function refuseErased({ whole, deps }: WriteCall, docs: readonly unknown[]): Promise<void> {
	await buryUnseen(
		whole,
		docs.filter(isNamed).map(({ _id, _rev }) => ({ _id, _rev }))
	);
	const photos: readonly Hash[] = docs.flatMap((doc) =>
		isBoundedJson(doc, recordBounds) ? namedHashes(doc) : []
	);
	if (photos.length > 0) await deps.photosRefused?.(whole.name, photos);
}

function isErased(result: WriteResult | undefined): boolean {
	return result?.ok === false && isErasedReason(result.reason);
}

function isNamed(doc: unknown): doc is { readonly _id: string; readonly _rev: string } {
	return isJsonObject(doc) && typeof doc['_id'] === 'string' && typeof doc['_rev'] === 'string';
}

function refused(id: string, { code, detail, at }: Refusal): WriteResult {
	const reason = at === undefined ? `${code}: ${detail}` : `${code}: ${detail} (${at})`;
	return { ok: false, id, status: 403, error: 'forbidden', reason };
}

async function prepareOrdinary(
	call: WriteCall,
	value: unknown,
	newEdits: boolean,
	budget: InflateBudget
): Promise<IncomingDoc> {
	const named =
		isJsonObject(value) && value['_id'] === undefined
			? { ...value, _id: call.deps.databases.newId() }
			: value;
	const shaped = await shapeDocument(named, newEdits, call.deps.limits, budget);
	const doc = await resolveStubs(call.database, shaped);
	return call.database.name === usersDatabase ? await prepareUser(call, doc) : doc;
}

/**
 * A record's revision is the author's, never the server's: it is stored as it is. Where the client asked
 * for new edits, one that is there already is a conflict; pushing it again without is harmless.
 */
async function writeRecords(
	{ database, whole }: WriteCall,
	docs: readonly IncomingDoc[],
	newEdits: boolean
): Promise<WrittenDocuments> {
	// One that may not be read counts as new: that it is there already is not told.
	const known = newEdits ? await knownDocs(database, docs) : new Set<IncomingDoc>();
	const fresh = docs.filter((doc) => !known.has(doc));
	const written = await whole.writeAsTheyAre(fresh);
	const failed = new Map(written.failed.map((result) => [result.id, result]));
	const results = docs.map((doc) =>
		known.has(doc) ? conflictOf(doc) : (failed.get(doc._id) ?? stored(doc))
	);
	return { results, sequences: sequencesOf(fresh, written) };
}

async function writeOrdinary(
	{ whole }: WriteCall,
	docs: readonly IncomingDoc[],
	newEdits: boolean
): Promise<readonly WriteResult[]> {
	const results = await whole.write(docs, newEdits);
	if (newEdits) return results;
	const failed = new Map(results.map((result) => [result.id, result]));
	return docs.map((doc) => failed.get(doc._id) ?? stored(doc));
}

async function knownDocs(
	database: WriteCall['database'],
	docs: readonly IncomingDoc[]
): Promise<ReadonlySet<IncomingDoc>> {
	const asked = Object.fromEntries(docs.map((doc) => [doc._id, [revOf(doc)]]));
	const missing = await database.revsDiff(asked);
	return new Set(docs.filter((doc) => !Object.hasOwn(missing, doc._id)));
}

function isDesign(doc: IncomingDoc): boolean {
	return doc._id.startsWith(designPrefix);
}

function idOf(value: unknown): string {
	return isJsonObject(value) && typeof value['_id'] === 'string' ? value['_id'] : '';
}

function revOf({ _id, _rev }: IncomingDoc): string {
	if (_rev === undefined) throw new Error(`a document without a revision: ${_id}`);
	return _rev;
}

function stored(doc: IncomingDoc): WriteResult {
	return { ok: true, id: doc._id, rev: revOf(doc) };
}

function conflictOf(doc: IncomingDoc): WriteResult {
	return { ok: false, id: doc._id, status: 409, error: 'conflict', reason: 'Document update conflict.' };
}

function nextOf(results: Iterator<WriteResult>): WriteResult {
	const next = results.next();
	if (next.done) throw new Error('fewer results than documents');
	return next.value;
}

/** A status of the engine, for an answer that has a body. */
function statusOf(status: number): 400 | 403 | 404 | 409 | 412 | 500 {
	const known = [400, 403, 404, 409, 412] as const;
	return known.find((candidate) => candidate === status) ?? 500;
}
