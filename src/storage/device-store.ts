import type {
	Departure,
	DeviceSettings,
	DeviceStore,
	Handover,
	LastAccount,
	OwnCredential
} from '#records/device-store.ts';
import type { Draft } from '#records/phone-store.ts';
import { answer, Disk } from './disk.ts';
import { onDisk } from './store-failure.ts';

/** One row a thing. */
interface Row {
	readonly key:
		'device' | 'account' | 'settings' | 'departure' | `handover:${string}` | `credential:${string}`;
	readonly id?: string;
	readonly account?: LastAccount;
	readonly settings?: DeviceSettings;
	readonly departure?: Departure;
	readonly handover?: Handover;
	readonly credential?: OwnCredential;
}

/** No account's database has this name: theirs go on after a hyphen. */
const databaseName = 'zhonggeng';

const credentialPrefix = 'credential:';
const handoverPrefix = 'handover:';

const atFirst: DeviceSettings = { theme: 'auto' };

/** As Dexie kept it, times ten. */
const version = 10;

/** `newId` makes a device's id, of `[A-Za-z0-9_-]`. */
export function openDeviceStore(newId: () => string, name = databaseName): DeviceStore {
	const disk = new Disk(name, version, (db) => {
		for (const table of ['things', 'drafts']) db.createObjectStore(table, { keyPath: 'key' });
	});
	const things = <Result>(
		mode: 'readonly' | 'readwrite',
		work: (table: IDBObjectStore) => Promise<Result>
	): Promise<Result> =>
		onDisk(() => disk.within(['things'], mode, (transaction) => work(transaction.objectStore('things'))));
	const drafts = <Result>(
		mode: 'readonly' | 'readwrite',
		work: (table: IDBObjectStore) => Promise<Result>
	): Promise<Result> =>
		onDisk(() => disk.within(['drafts'], mode, (transaction) => work(transaction.objectStore('drafts'))));
	const thing = (key: Row['key']) => things('readonly', (table) => rowIn(table, key));
	const keep = (row: Row) => things('readwrite', async (table) => void (await answer(table.put(row))));
	const forget = (key: Row['key']) => things('readwrite', (table) => answer(table.delete(key)));
	const accountsUnder = (prefix: string) =>
		things('readonly', async (table) => {
			const keys = await answer(table.getAllKeys(IDBKeyRange.lowerBound(prefix)));
			const own = keys.filter((key) => typeof key === 'string').filter((key) => key.startsWith(prefix));
			return own.map((key) => key.slice(prefix.length));
		});
	return {
		// One transaction, so that two tabs opened at the same time agree on the id.
		id: () =>
			things('readwrite', async (table) => {
				const known = (await rowIn(table, 'device'))?.id;
				if (known !== undefined) return known;
				const id = newId();
				await answer(table.put({ key: 'device', id } satisfies Row));
				return id;
			}),
		account: async () => (await thing('account'))?.account,
		keepAccount: (account) =>
			things('readwrite', async (table) => {
				await answer(table.put({ key: 'account', account } satisfies Row));
				await answer(table.delete('departure' satisfies Row['key']));
			}),
		forgetAccount: () => forget('account'),
		handover: async (account) => (await thing(`handover:${account}`))?.handover,
		keepHandover: (account, handover) => keep({ key: `handover:${account}`, handover }),
		forgetHandover: (account) => forget(`handover:${account}`),
		handoverAccounts: () => accountsUnder(handoverPrefix),
		credential: async (account) => (await thing(`credential:${account}`))?.credential,
		keepCredential: (account, credential) => keep({ key: `credential:${account}`, credential }),
		forgetCredential: (account) => forget(`credential:${account}`),
		joinedAccounts: () => accountsUnder(credentialPrefix),
		depart: (account, departure) =>
			things('readwrite', async (table) => {
				const last = (await rowIn(table, 'account'))?.account;
				const handover = await rowIn(table, `handover:${account}`);
				const gone = last?.name !== account && !handover;
				if (gone && (await rowIn(table, 'departure'))) return;
				if (last?.name === account) await answer(table.delete('account' satisfies Row['key']));
				await answer(table.delete(`handover:${account}` satisfies Row['key']));
				await answer(table.delete(`credential:${account}` satisfies Row['key']));
				await answer(table.put({ key: 'departure', departure } satisfies Row));
			}),
		departure: async () => (await thing('departure'))?.departure,
		settings: async () => (await thing('settings'))?.settings ?? atFirst,
		keepSettings: (settings) => keep({ key: 'settings', settings }),
		draft: (key) => drafts('readonly', (table): Promise<Draft | undefined> => answer(table.get(key))),
		keepDraft: async (draft) => void (await drafts('readwrite', (table) => answer(table.put(draft)))),
		dropDraft: (key) => drafts('readwrite', (table) => answer(table.delete(key))),
		close: () => disk.close()
	};
}

function rowIn(table: IDBObjectStore, key: Row['key']): Promise<Row | undefined> {
	return answer(table.get(key));
}
