import Dexie, { type Table } from 'dexie';
import type {
	Departure,
	DeviceSettings,
	DeviceStore,
	Handover,
	LastAccount,
	OwnCredential
} from '#records/device-store.ts';
import type { Draft } from '#records/phone-store.ts';
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

const atFirst: DeviceSettings = { theme: 'auto' };

class DeviceDatabase extends Dexie {
	readonly things: Table<Row, Row['key']>;
	readonly drafts: Table<Draft, string>;

	constructor(name: string) {
		super(name, { chromeTransactionDurability: 'strict', cache: 'disabled' });
		this.version(1).stores({ things: 'key', drafts: 'key' });
		this.things = this.table('things');
		this.drafts = this.table('drafts');
	}
}

/** `newId` makes a device's id, of `[A-Za-z0-9_-]`. */
export function openDeviceStore(newId: () => string, name = databaseName): DeviceStore {
	const db = new DeviceDatabase(name);
	return {
		// One transaction, so that two tabs opened at the same time agree on the id.
		id: () =>
			onDisk(() =>
				db.transaction('rw', db.things, async () => {
					const known = (await db.things.get('device'))?.id;
					if (known !== undefined) return known;
					const id = newId();
					await db.things.put({ key: 'device', id });
					return id;
				})
			),
		account: () => onDisk(async () => (await db.things.get('account'))?.account),
		async keepAccount(account) {
			await onDisk(() =>
				db.transaction('rw', db.things, async () => {
					await db.things.put({ key: 'account', account });
					await db.things.delete('departure');
				})
			);
		},
		forgetAccount: () => onDisk(() => db.things.delete('account')),
		handover: (account) => onDisk(async () => (await db.things.get(`handover:${account}`))?.handover),
		async keepHandover(account, handover) {
			await onDisk(() => db.things.put({ key: `handover:${account}`, handover }));
		},
		forgetHandover: (account) => onDisk(() => db.things.delete(`handover:${account}`)),
		credential: (account) => onDisk(async () => (await db.things.get(`credential:${account}`))?.credential),
		async keepCredential(account, credential) {
			await onDisk(() => db.things.put({ key: `credential:${account}`, credential }));
		},
		forgetCredential: (account) => onDisk(() => db.things.delete(`credential:${account}`)),
		joinedAccounts: () =>
			onDisk(async () => {
				const keys = await db.things.where('key').startsWith(credentialPrefix).primaryKeys();
				return keys.map((key) => key.slice(credentialPrefix.length));
			}),
		depart: (account, departure) =>
			onDisk(() =>
				db.transaction('rw', db.things, async () => {
					const last = (await db.things.get('account'))?.account;
					if (last?.name === account) await db.things.delete('account');
					await db.things.delete(`handover:${account}`);
					await db.things.delete(`credential:${account}`);
					await db.things.put({ key: 'departure', departure });
				})
			),
		departure: () => onDisk(async () => (await db.things.get('departure'))?.departure),
		settings: () => onDisk(async () => (await db.things.get('settings'))?.settings ?? atFirst),
		async keepSettings(settings) {
			await onDisk(() => db.things.put({ key: 'settings', settings }));
		},
		draft: (key) => onDisk(() => db.drafts.get(key)),
		async keepDraft(draft) {
			await onDisk(() => db.drafts.put(draft));
		},
		dropDraft: (key) => onDisk(() => db.drafts.delete(key)),
		close: () => db.close()
	};
}
