import type { DBCore, DBCoreTable, DBCoreTransaction, Middleware } from 'dexie';
import { keepingOpen, type Meanwhile } from './keeping-open.ts';

/** `iv`: 96 random bits, another for every value. `text`: ciphertext and tag. */
interface Sealed {
	readonly iv: Uint8Array<ArrayBuffer>;
	readonly text: ArrayBuffer;
}

/** A row of the database, as Dexie hands it around. */
type Row = Readonly<Record<string, unknown>>;

/** How a table's row is parted: what indexes need stays in clear, and the rest is sealed. */
interface Parting {
	readonly clear: (row: Row) => Row;
	/** What the value is bound to besides its table: no other row's value can be put in its place. */
	readonly key: (row: Row) => unknown;
	/** The one field of bytes; without it the row is sealed as JSON. */
	readonly bytes?: string;
}

/**
 * Tables that hold what people wrote or who they are. Not sealed: `packs`, `photos` and `meta`, which hold places,
 * kinds, days, hashes and counts.
 */
const partings: Readonly<Record<string, Parting>> = {
	tail: {
		clear: ({ n, revision, delivery }) => ({
			...(n === undefined ? {} : { n }),
			revision: { _id: field(revision, '_id') },
			delivery: { state: field(delivery, 'state') }
		}),
		key: ({ revision }) => field(revision, '_id')
	},
	packTexts: { clear: ({ n }) => ({ n }), key: ({ n }) => n },
	pages: {
		clear: ({ n, database }) => ({ ...(n === undefined ? {} : { n }), database }),
		key: ({ database }) => database
	},
	photoBytes: { clear: ({ hash }) => ({ hash }), key: ({ hash }) => hash, bytes: 'bytes' },
	drafts: { clear: ({ key, at }) => ({ key, at }), key: ({ key }) => key }
};

/**
 * Between Dexie and the disk: seals every value with AES-256-GCM before it is written and opens it when it is read,
 * within the transaction that asked. Whoever uses the database notices nothing, and every law of it holds unchanged.
 */
export function sealingWith(key: CryptoKey): Middleware<DBCore> {
	const meanwhile = keepingOpen();
	return {
		stack: 'dbcore',
		name: 'sealing',
		create: (core) => ({
			...core,
			table(name) {
				const table = core.table(name);
				const parting = partings[name];
				return parting ? sealedTable(table, parting, key, meanwhile) : table;
			}
		})
	};
}

function sealedTable(
	table: DBCoreTable,
	parting: Parting,
	key: CryptoKey,
	meanwhile: Meanwhile
): DBCoreTable {
	const opened = (trans: DBCoreTransaction, rows: readonly unknown[]) =>
		meanwhile(trans, () => Promise.all(rows.map((row) => opening(key, table.name, parting, row))));
	return {
		...table,
		async mutate(request) {
			if (request.type !== 'add' && request.type !== 'put') return table.mutate(request);
			const rows: readonly unknown[] = request.values;
			const values = await meanwhile(request.trans, () =>
				Promise.all(rows.map((row) => sealing(key, table.name, parting, row)))
			);
			return table.mutate({ ...request, values });
		},
		async get(request) {
			const [row] = await opened(request.trans, [await table.get(request)]);
			return row;
		},
		getMany: async (request) => opened(request.trans, await table.getMany(request)),
		async query(request) {
			const response = await table.query(request);
			return request.values
				? { ...response, result: await opened(request.trans, response.result) }
				: response;
		},
		openCursor(request) {
			if (request.values)
				throw new Error(`${table.name} may be sealed: read it by key or by one index value`);
			return table.openCursor(request);
		}
	};
}

async function sealing(key: CryptoKey, table: string, parting: Parting, row: unknown): Promise<Row> {
	if (!isRow(row)) throw new TypeError(`not a row of ${table}: ${typeof row}`);
	const iv = crypto.getRandomValues(new Uint8Array(12));
	const plain = parting.bytes === undefined ? encoder.encode(JSON.stringify(row)) : row[parting.bytes];
	if (!isBytes(plain)) throw new TypeError(`no bytes in ${table}`);
	const algorithm = { name: 'AES-GCM', iv, additionalData: placeOf(table, parting, row) };
	const sealed: Sealed = { iv, text: await crypto.subtle.encrypt(algorithm, key, plain) };
	return { ...parting.clear(row), sealed };
}

/** @throws OperationError when the value was not sealed by this key for this place. */
async function opening(key: CryptoKey, table: string, parting: Parting, row: unknown): Promise<unknown> {
	if (row === undefined) return undefined;
	if (!isRow(row)) throw new TypeError(`not a row of ${table}: ${typeof row}`);
	const { sealed } = row;
	if (!isSealed(sealed)) throw new TypeError(`a row of ${table} is not sealed`);
	const algorithm = {
		name: 'AES-GCM',
		iv: sealed.iv,
		additionalData: placeOf(table, parting, row)
	};
	const plain = new Uint8Array(await crypto.subtle.decrypt(algorithm, key, sealed.text));
	if (parting.bytes !== undefined) return { ...parting.clear(row), [parting.bytes]: plain };
	const held: unknown = JSON.parse(decoder.decode(plain));
	if (!isRow(held)) throw new TypeError(`not a row of ${table}: ${typeof held}`);
	// The number of a row is given by the disk, after it was sealed.
	return 'n' in row ? { ...held, n: row['n'] } : held;
}

function placeOf(table: string, { key }: Parting, row: Row): Uint8Array<ArrayBuffer> {
	return encoder.encode(`${table} ${String(key(row))}`);
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function field(value: unknown, name: string): unknown {
	return isRow(value) ? value[name] : undefined;
}

function isRow(value: unknown): value is Row {
	return typeof value === 'object' && value !== null;
}

function isBytes(value: unknown): value is Uint8Array<ArrayBuffer> {
	return value instanceof Uint8Array;
}

function isSealed(value: unknown): value is Sealed {
	return (
		isRow(value) &&
		value['iv'] instanceof Uint8Array &&
		value['iv'].length === 12 &&
		value['text'] instanceof ArrayBuffer
	);
}
