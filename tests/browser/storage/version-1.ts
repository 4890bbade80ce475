import { databaseName } from '#storage/schema.ts';

/**
 * A database as version 1 of the schema laid it down, row by row, written here without any of the
 * app's code: it stays as it is when the app moves on.
 */

const delivered = {
	_id: 'check-in:qianmen.caochang.g3.c1.h1.2026-11-20:f4a08899a24477d73e400238ce8ff611cc456a9d98aabbc1644dadb6fc67720d',
	_rev: '1-f4a08899a24477d73e400238ce8ff611',
	kind: 'check-in',
	entity: 'qianmen.caochang.g3.c1.h1.2026-11-20',
	parents: [],
	scope: 'qianmen/caochang/g3/c1/h1',
	author: 'worker',
	device: 'phone-1',
	at: '2026-11-20T01:02:03.004Z',
	body: { observed: { quality: 'correct', streams: ['food'] } },
	hash: 'f4a08899a24477d73e400238ce8ff611cc456a9d98aabbc1644dadb6fc67720d'
};

const waiting = {
	_id: 'check-in:qianmen.caochang.g3.c1.h1.2026-11-21:9ca81d584984d04cbd772a70ed8ce12774bfe908b3621a4ebe602410189749bc',
	_rev: '1-9ca81d584984d04cbd772a70ed8ce127',
	kind: 'check-in',
	entity: 'qianmen.caochang.g3.c1.h1.2026-11-21',
	parents: [],
	scope: 'qianmen/caochang/g3/c1/h1',
	author: 'worker',
	device: 'phone-1',
	at: '2026-11-21T01:02:03.004Z',
	body: { observed: { quality: 'mixed', note: '塑料袋没有分开' } },
	hash: '9ca81d584984d04cbd772a70ed8ce12774bfe908b3621a4ebe602410189749bc'
};

const pulled = {
	_id: 'household:qianmen.caochang.g3.c1.h1:6240ac8bed6c5f288ea1713605a1fdf0784c97af43376f247cc4d8e9efe997e5',
	_rev: '1-6240ac8bed6c5f288ea1713605a1fdf0',
	kind: 'household',
	entity: 'qianmen.caochang.g3.c1.h1',
	parents: [],
	scope: 'qianmen/caochang/g3/c1/h1',
	author: 'office',
	device: 'desk-1',
	at: '2026-11-01T01:02:03.004Z',
	body: { number: '1号' },
	hash: '6240ac8bed6c5f288ea1713605a1fdf0784c97af43376f247cc4d8e9efe997e5'
};

const database = 'zg-qianmen-caochang-g3';
const photo = {
	hash: '039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81',
	bytes: new Uint8Array([1, 2, 3])
};

/** What the rows below say, in the app's words. */
export const version1 = {
	records: { delivered, waiting, pulled },
	deliveredAt: '2026-11-20T09:00:00.000Z',
	checkpoint: { identity: 'a', seq: '12-xyz' },
	database,
	photo,
	draft: { key: 'check-in:h1', at: '2026-11-21T02:03:04.000Z', value: { note: '半' } }
};

interface StoreOfVersion1 {
	readonly name: string;
	readonly options: IDBObjectStoreParameters;
	readonly indexes: readonly (readonly [string, string | string[], IDBIndexParameters])[];
	readonly rows: readonly object[];
}

const packText = JSON.stringify([pulled]);
const stores: readonly StoreOfVersion1[] = [
	{
		name: 'tail',
		options: { keyPath: 'n', autoIncrement: true },
		indexes: [
			['revision._id', 'revision._id', { unique: true }],
			['delivery.state', 'delivery.state', {}]
		],
		rows: [
			{ n: 1, revision: delivered, delivery: { state: 'delivered', at: version1.deliveredAt } },
			{ n: 2, revision: waiting, delivery: { state: 'waiting' } }
		]
	},
	{
		name: 'packs',
		options: { keyPath: 'n', autoIncrement: true },
		indexes: [['[database+kind+month]', ['database', 'kind', 'month'], {}]],
		rows: [
			{
				n: 1,
				database,
				kind: 'household',
				month: '',
				count: 1,
				size: packText.length,
				marks: new Float64Array([0x6240ac8bed6c5])
			}
		]
	},
	{ name: 'packTexts', options: { keyPath: 'n' }, indexes: [], rows: [{ n: 1, text: packText }] },
	{
		name: 'photos',
		options: { keyPath: 'n', autoIncrement: true },
		indexes: [
			['[hash+database]', ['hash', 'database'], { unique: true }],
			['state', 'state', {}]
		],
		rows: [{ n: 1, hash: photo.hash, database, type: 'image/webp', state: 'waiting' }]
	},
	{ name: 'photoBytes', options: { keyPath: 'hash' }, indexes: [], rows: [photo] },
	{ name: 'drafts', options: { keyPath: 'key' }, indexes: [], rows: [version1.draft] },
	{
		name: 'meta',
		options: { keyPath: 'key' },
		indexes: [],
		rows: [
			{ key: `checkpoint:${database}`, checkpoint: version1.checkpoint },
			{ key: 'feeds', feeds: [database] }
		]
	}
];

/** Lays the database down. Dexie's version 1 is IndexedDB's 10. */
export function laidDown(account: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const opening = indexedDB.open(databaseName(account), 10);
		opening.onupgradeneeded = () => {
			for (const { name, options, indexes, rows } of stores) {
				const store = opening.result.createObjectStore(name, options);
				for (const [index, keyPath, parameters] of indexes) store.createIndex(index, keyPath, parameters);
				for (const row of rows) store.add(row);
			}
		};
		opening.onsuccess = () => {
			opening.result.close();
			resolve();
		};
		opening.onerror = () => reject(opening.error ?? new Error('not laid down'));
	});
}
