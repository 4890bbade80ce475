import { isJsonObject } from '#records/json.ts';
import { badRequest, tooLarge } from '../couch-error.ts';
import type { DatabaseEvent } from '../storage/database-updates.ts';
import type { Changes, ChangesOptions, ReadableDatabase } from '../storage/database.ts';
import { readableBy } from './access.ts';
import { acceptsGzip } from './accepts-gzip.ts';
import { withinBudget } from './attachment-budget.ts';
import { mediaType, parseJson, readBody } from './body.ts';
import type { DatabaseCall, Endpoint } from './couch-call.ts';
import { continuousChanges, type ContinuousFeed } from './continuous-changes.ts';
import { readFeedOptions } from './feed-options.ts';
import { gzippedPage, plainPage } from './feed-page.ts';
import { jsonResponse } from './json-response.ts';
import { longpoll } from './longpoll.ts';
import type { CouchLimits } from './limits.ts';
import { readAttachmentsFlag, type Query } from './query.ts';
import { listed, pieceSize, streamedJson } from './streamed-json.ts';

/** Changes of a continuous feed that are read at once. */
const continuousBatch = 500;

/** `GET` and `POST /{db}/_changes`: the feed since a sequence: at once, when there is something, or as they come. */
export const changes: Endpoint<DatabaseCall> = {
	GET: (call) => answerChanges(call, call.query.json('doc_ids')?.value),
	async POST(call) {
		const bytes = await readBody(call.request, call.deps.limits.bodyBytes);
		if (bytes.length === 0) return await answerChanges(call, undefined);
		if (mediaType(call.request) !== 'application/json')
			throw badRequest('Content-Type must be application/json');
		const body = parseJson(bytes);
		if (!isJsonObject(body)) throw badRequest('Request body must be a JSON object');
		return await answerChanges(call, body['doc_ids']);
	}
};

async function answerChanges(call: DatabaseCall, docIds: unknown): Promise<Response> {
	const { database, deps, query, request, user, waiting } = call;
	const { feed, timeout, heartbeat } = readFeedOptions(call);
	const options = { ...readOptions(query, docIds, deps.limits), since: await readSince(database, query) };
	if (feed === 'normal') {
		const kept = await keptPage(call, options);
		if (kept) return kept;
		return database === call.whole && request.method !== 'HEAD' && isLong(options)
			? streamedJson(changesInPieces(call.whole, options))
			: jsonResponse(await readChanges(database, options, deps.limits));
	}
	const reader = readerOf(call);
	const wait = { request, user, timeout, heartbeat, concerns: reader.concerns };
	if (feed === 'continuous') return answerContinuous(call, options, { ...wait, reader });
	const read = async () => await readChanges(await reader.now(), options, deps.limits);
	return await longpoll(waiting, {
		...wait,
		async look() {
			const found = await read();
			return found.results.length > 0 ? found : undefined;
		},
		// Looks once more: something may have come with the end of the time.
		nothing: read,
		cutOff: { results: [], last_seq: options.since, pending: 0 }
	});
}

/** One that may be longer than is worth holding in memory, and can be read piece by piece: a view reads all each time. */
function isLong({ limit, descending, attachments, doc_ids }: ChangesOptions): boolean {
	return !descending && !attachments && !doc_ids && (limit === undefined || limit > pieceSize);
}

/**
 * The feed up to where it ended when it was asked for: what is written meanwhile is `pending`, and a document that is
 * written over meanwhile comes where it is by then.
 */
async function* changesInPieces(
	whole: DatabaseCall['whole'],
	options: ChangesOptions
): AsyncGenerator<string> {
	const end = await whole.lastSeq();
	const { limit: most = Number.POSITIVE_INFINITY } = options;
	let [since, given] = [options.since, 0];
	yield '{"results":[';
	while (given < most && since < end) {
		const limit = Math.min(pieceSize, most - given);
		const { results, last_seq } = await whole.changes({ ...options, since, limit });
		yield listed(results, given === 0);
		given += results.length;
		since = results.length < limit ? Math.max(last_seq, end) : last_seq;
	}
	yield `],"last_seq":${since},"pending":${Math.max(0, (await whole.lastSeq()) - since)}}`;
}

/** A page of a whole database, where it is or may be kept. */
async function keptPage(
	{ database, whole, pages, request }: DatabaseCall,
	{ since, limit, style, include_docs = false, ...others }: ChangesOptions
): Promise<Response | undefined> {
	const { descending, attachments, conflicts, doc_ids } = others;
	if (database !== whole || descending || attachments || conflicts || doc_ids) return undefined;
	if (limit === undefined || limit === 0 || style === undefined) return undefined;
	const found = await pages.page(whole, { since, limit, style, include_docs });
	if (!found) return undefined;
	const headers = { 'Content-Type': 'application/json', Vary: 'Accept-Encoding' };
	if (!acceptsGzip(request.headers.get('Accept-Encoding')))
		return new Response(await plainPage(found.page, found.pending), { headers });
	const gzipped = gzippedPage(found.page, found.pending);
	return new Response(gzipped, { headers: { ...headers, 'Content-Encoding': 'gzip' } });
}

/** The database as the user may read it, whenever it is looked at. */
interface Reader {
	/** @throws CouchError 401 or 403 when it may not be read any more. */
	readonly now: () => Promise<ReadableDatabase>;
	readonly concerns: (event: DatabaseEvent) => boolean;
}

function readerOf({ database, whole, currentUser }: DatabaseCall): Reader {
	let known = database;
	return {
		async now() {
			known = readableBy(await currentUser(), whole);
			return known;
		},
		concerns: ({ db_name, ids }) => db_name === known.name && known.concerns(ids)
	};
}

function answerContinuous(
	{ deps, waiting }: DatabaseCall,
	options: ChangesOptions,
	{ reader, ...wait }: Omit<ContinuousFeed, 'since' | 'after'> & { readonly reader: Reader }
): Response {
	if (options.limit !== undefined || options.descending) {
		throw badRequest('A continuous feed has no limit and no descending order');
	}
	const limit = options.attachments ? deps.limits.docsWithAttachments : continuousBatch;
	return continuousChanges(waiting, {
		...wait,
		since: options.since,
		async after(since) {
			const found = await (await reader.now()).changes({ ...options, since, limit });
			return found.results.length > 0 ? found : undefined;
		}
	});
}

/**
 * `last_seq` is where the next request may begin; `pending` is 0 when nothing was left out, else how many
 * changes there are still to come or, of a whole database, sequences to look at.
 */
async function readChanges(
	database: ReadableDatabase,
	options: ChangesOptions,
	limits: CouchLimits
): Promise<Changes & { pending: number }> {
	const update_seq = await database.lastSeq();
	if (options.limit === 0)
		return { results: [], last_seq: options.since, pending: update_seq - options.since };
	const found = await withinBudget(options, limits, async (asked) => {
		const changes = await database.changes(asked);
		return { found: changes, docs: changes.results.map(({ doc }) => doc) };
	});
	const { results, last_seq, pending } = found;
	if (pending !== undefined) return { results, last_seq, pending };
	const isWhole = options.limit === undefined || results.length < options.limit;
	// A filter passes over changes at the end without a result: they have been looked at all the same.
	if (isWhole && !options.descending)
		return { results, last_seq: Math.max(last_seq, update_seq), pending: 0 };
	return { results, last_seq, pending: Math.max(0, update_seq - last_seq) };
}

/** A sequence beyond the end is of a database that was here before: everything is new to that client. */
async function readSince(database: ReadableDatabase, query: Query): Promise<number> {
	const text = query.text('since') ?? '0';
	const update_seq = await database.lastSeq();
	if (text === 'now') return update_seq;
	const digits = /^"?(\d{1,15})"?$/.exec(text)?.[1];
	if (digits === undefined) throw badRequest("Malformed sequence supplied in 'since' parameter.");
	const since = Number(digits);
	return since > update_seq ? 0 : since;
}

function readOptions(query: Query, docIds: unknown, limits: CouchLimits): Omit<ChangesOptions, 'since'> {
	const limit = query.count('limit');
	const filter = query.text('filter');
	if (filter !== undefined && filter !== '_doc_ids') throw badRequest(`Filter ${filter} is not supported`);
	const style = query.text('style') ?? 'main_only';
	if (style !== 'main_only' && style !== 'all_docs')
		throw badRequest('Supported `style`s: main_only, all_docs');
	return {
		style,
		descending: query.flag('descending'),
		include_docs: query.flag('include_docs'),
		attachments: readAttachmentsFlag(query, limits),
		conflicts: query.flag('conflicts'),
		...(limit !== undefined && { limit }),
		...(filter && { doc_ids: toIds(docIds, limits) })
	};
}

function toIds(value: unknown, { keys: most }: CouchLimits): readonly string[] {
	if (!Array.isArray(value)) throw badRequest('`doc_ids` filter parameter is not a list of doc ids.');
	if (value.length > most) throw tooLarge(`more than ${most} doc_ids`);
	return value.filter((id): id is string => typeof id === 'string');
}
