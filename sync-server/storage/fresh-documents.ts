import type LevelDown from 'leveldown';
import type { EngineCounts } from 'pouchdb-core';
import { settled } from './settled.ts';
import type { IncomingDoc } from './stored-doc.ts';

/** Stores within the store, as PouchDB's LevelDB adapter names them. */
const [documents, bySequence, meta] = ['document-store', 'by-sequence', 'meta-store'] as const;

/** The first revision of a document without attachments, which has nothing before it and says nothing else. */
interface FirstRevision extends IncomingDoc {
	readonly _rev: string;
}

const firstRev = /^1-[0-9a-f]{32}$/;

/**
 * Writes the documents that are new here and have one revision, under the revision they have, as one LevelDB batch:
 * the very bytes that PouchDB writes for them (decision 0014), without its detours. What it is not certain about it
 * leaves alone. Nothing else may write documents meanwhile.
 * @returns what it wrote, in its order, with the sequence each took; the rest is for PouchDB to write.
 */
export async function writeFresh(
	level: LevelDown,
	counts: EngineCounts,
	docs: readonly IncomingDoc[]
): Promise<ReadonlyMap<IncomingDoc, number>> {
	const repeated = new Set<string>();
	const ids = new Set<string>();
	for (const { _id } of docs) (ids.has(_id) ? repeated : ids).add(_id);
	const first = docs.filter(isFirstRevision).filter(({ _id }) => !repeated.has(_id));
	const keys = first.map(({ _id }) => keyIn(documents, _id));
	const known = await level.getMany(keys, { asBuffer: false });
	const fresh = first.filter((_, index) => known[index] === undefined);
	const before = counts._updateSeq;
	if (fresh.length > 0) await writeAll(level, counts, fresh);
	return new Map<IncomingDoc, number>(fresh.map((doc, index) => [doc, before + index + 1]));
}

async function writeAll(
	level: LevelDown,
	counts: EngineCounts,
	docs: readonly FirstRevision[]
): Promise<void> {
	const [before, count] = [counts._updateSeq, counts._docCount + docs.length];
	const puts = docs.flatMap((doc, index) => putsOf(doc, before + index + 1));
	const last = before + docs.length;
	puts.push(put(meta, '_local_last_update_seq', `${last}`), put(meta, '_local_doc_count', `${count}`));
	await settled((callback) => level.batch(puts, {}, callback));
	counts._updateSeq = last;
	counts._docCount = count;
}

function putsOf({ _id, _rev, ...body }: FirstRevision, seq: number) {
	return [
		put(bySequence, `${seq}`.padStart(16, '0'), JSON.stringify({ ...body, _id, _rev })),
		put(documents, _id, historyOf(_id, _rev, seq))
	];
}

/** What PouchDB keeps of a document with this one revision. */
function historyOf(id: string, rev: string, seq: number): string {
	const tree = `[{"pos":1,"ids":["${rev.slice('1-'.length)}",{"status":"available"},[]]}]`;
	const revs = `"id":${JSON.stringify(id)},"rev":"${rev}","rev_tree":${tree},"rev_map":{"${rev}":${seq}}`;
	return `{${revs},"winningRev":"${rev}","deleted":false,"seq":${seq}}`;
}

function put(store: string, key: string, value: string) {
	return { type: 'put', key: keyIn(store, key), value } as const;
}

function keyIn(store: string, key: string): string {
	return `\u00ff${store}\u00ff${key}`;
}

function isFirstRevision(doc: IncomingDoc): doc is FirstRevision {
	if (doc._rev === undefined || !firstRev.test(doc._rev) || doc._id.startsWith('_')) return false;
	return Object.keys(doc).every((name) => !name.startsWith('_') || name === '_id' || name === '_rev');
}
