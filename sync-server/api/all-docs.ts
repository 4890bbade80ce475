import type { AllDocsOptions, AllDocsRow } from 'pouchdb-core';
import { badRequest, tooLarge } from '../couch-error.ts';
import type { ReadableDatabase } from '../storage/database.ts';
import { withinBudget } from './attachment-budget.ts';
import { readJsonObject } from './body.ts';
import type { DatabaseCall, Endpoint } from './couch-call.ts';
import { jsonResponse } from './json-response.ts';
import type { CouchLimits } from './limits.ts';
import { readAttachmentsFlag, type Query } from './query.ts';
import { listed, pieceSize, streamedJson } from './streamed-json.ts';

/** `GET` and `POST /{db}/_all_docs`: by range, by `key`, or by `keys` (in the query or the body). */
export const allDocs: Endpoint<DatabaseCall> = {
	async GET({ database, whole, deps, query, request }) {
		const keys = keysFrom(query.json('keys')?.value, deps.limits);
		const short = database !== whole || request.method === 'HEAD' || keys;
		const rows = short ? undefined : await rowsInPieces(whole, query, deps.limits);
		return rows ? streamedJson(rows) : await answerAllDocs(database, query, keys, deps.limits);
	},
	async POST({ database, deps, query, request }) {
		const { keys } = await readJsonObject(request, deps.limits.bodyBytes);
		return await answerAllDocs(database, query, keysFrom(keys, deps.limits), deps.limits);
	}
};

async function answerAllDocs(
	database: ReadableDatabase,
	query: Query,
	keys: readonly string[] | undefined,
	limits: CouchLimits
): Promise<Response> {
	const options = readOptions(query, limits);
	const { total_rows, rows } = await withinBudget(options, limits, async (asked) => {
		const found = keys ? await rowsOfKeys(database, keys, asked) : await rowsOfRange(database, query, asked);
		return { found, docs: found.rows.map((row) => ('doc' in row ? row.doc : undefined)) };
	});
	const offset = query.count('skip') ?? 0;
	const body = { total_rows, offset, rows };
	if (!query.flag('update_seq')) return jsonResponse(body);
	return jsonResponse({ ...body, update_seq: await database.lastSeq() });
}

/** Undefined for what is short, or cannot be read piece by piece: a view reads all each time. */
async function rowsInPieces(
	whole: ReadableDatabase,
	query: Query,
	limits: CouchLimits
): Promise<AsyncGenerator<string> | undefined> {
	const {
		descending,
		attachments,
		limit = Number.POSITIVE_INFINITY,
		...options
	} = readOptions(query, limits);
	const range = query.json('key') ? 'empty' : rangeOf(query);
	if (descending || attachments || limit <= pieceSize || range === 'empty') return undefined;
	const asked = { ...options, ...range };
	const update_seq = query.flag('update_seq') ? await whole.lastSeq() : undefined;
	const first = await whole.allDocs({ ...asked, limit: pieceSize });
	return allRows(whole, asked, { first, limit, update_seq });
}

/** Ordered by id: what is written meanwhile is among them or not, each document once. */
async function* allRows(
	whole: ReadableDatabase,
	options: AllDocsOptions,
	{ first, limit, update_seq }: { first: Rows; limit: number; update_seq: number | undefined }
): AsyncGenerator<string> {
	yield `{"total_rows":${first.total_rows},"offset":${options.skip ?? 0},"rows":[`;
	yield listed(first.rows, true);
	let { rows } = first;
	for (let left = limit - rows.length; left > 0 && rows.length === pieceSize; left -= rows.length) {
		// The id that comes next, whatever becomes of the last one.
		const startkey = `${idIn(rows.at(-1))}\u0000`;
		({ rows } = await whole.allDocs({ ...options, startkey, skip: 0, limit: Math.min(pieceSize, left) }));
		yield listed(rows, false);
	}
	yield update_seq === undefined ? ']}' : `],"update_seq":${update_seq}}`;
}

/** A row of a range has an id. */
function idIn(row: AllDocsRow | undefined): string {
	if (row && 'id' in row) return row.id;
	throw new Error('a row without an id');
}

interface Rows {
	readonly total_rows: number;
	readonly rows: readonly AllDocsRow[];
}

async function rowsOfKeys(
	database: ReadableDatabase,
	keys: readonly string[],
	options: AllDocsOptions
): Promise<Rows> {
	if (keys.length === 0) return { total_rows: (await database.info()).doc_count, rows: [] };
	return await database.allDocs({ ...options, keys });
}

async function rowsOfRange(database: ReadableDatabase, query: Query, options: AllDocsOptions): Promise<Rows> {
	const key = query.json('key');
	const range = key ? keyRange(key.value) : rangeOf(query);
	if (range === 'empty') return { total_rows: (await database.info()).doc_count, rows: [] };
	return await database.allDocs({ ...options, ...range });
}

function readOptions(query: Query, limits: CouchLimits): AllDocsOptions {
	const limit = query.count('limit');
	return {
		descending: query.flag('descending'),
		include_docs: query.flag('include_docs'),
		conflicts: query.flag('conflicts'),
		attachments: readAttachmentsFlag(query, limits),
		skip: query.count('skip') ?? 0,
		...(limit !== undefined && { limit })
	};
}

type Range = 'empty' | { startkey?: string; endkey?: string; inclusive_end?: boolean };

function keyRange(key: unknown): 'empty' | { key: string } {
	return typeof key === 'string' && key !== '' ? { key } : 'empty';
}

/**
 * Ids are strings: in CouchDB's order of values (null, booleans, numbers, strings, lists, objects) a bound
 * of another type stands before all of them, and bounds nothing, or after, and leaves nothing.
 */
function rangeOf(query: Query): Range {
	const start = query.json('startkey', 'start_key');
	const end = query.json('endkey', 'end_key');
	const inclusive = query.text('inclusive_end') === undefined || query.flag('inclusive_end');
	const low = query.flag('descending') ? end : start;
	const high = query.flag('descending') ? start : end;
	if (low && isAfterStrings(low.value)) return 'empty';
	if (high && isBeforeStrings(high.value)) return 'empty';
	return {
		...(typeof start?.value === 'string' && { startkey: start.value }),
		...(typeof end?.value === 'string' && { endkey: end.value, inclusive_end: inclusive })
	};
}

function isAfterStrings(value: unknown): boolean {
	return typeof value === 'object' && value !== null;
}

function isBeforeStrings(value: unknown): boolean {
	return !isAfterStrings(value) && (typeof value !== 'string' || value === '');
}

function keysFrom(value: unknown, { keys: most }: CouchLimits): readonly string[] | undefined {
	if (value === undefined) return undefined;
	if (!Array.isArray(value)) throw badRequest('`keys` parameter must be an array.');
	if (value.length > most) throw tooLarge(`more than ${most} keys`);
	return value.map((key: unknown) => {
		if (typeof key === 'string') return key;
		throw badRequest('`keys` must be document ids');
	});
}
