/**
 * Each version of the schema as it was released, in Dexie's notation. A version is never changed:
 * a new one is added, with its upgrade, and tests/browser/storage/migration.test.ts opens every
 * older one. As few indexes as will do: each costs a write its half again.
 */
export const versions = [
	{
		version: 1,
		stores: {
			tail: '++n, &revision._id, delivery.state',
			packs: '++n, [database+kind+month]',
			packTexts: 'n',
			photos: '++n, &[hash+database], state',
			photoBytes: 'hash',
			drafts: 'key',
			meta: 'key'
		}
	},
	{ version: 2, stores: { pages: '++n, database' } }
] as const;

export const schemaVersion = Math.max(...versions.map(({ version }) => version));

/** Dexie keeps its versions times ten in IndexedDB. */
export const nativeVersion = schemaVersion * 10;

/** Whether a native version is of a schema this app does not know yet. */
export function isNewer(version: number): boolean {
	return version >= nativeVersion + 10;
}

/** Native versions one above a schema's, or a moving one, mark a database that is being taken off the device. */
export function isLeaving(version: number): boolean {
	return version % 5 === 1;
}

/** The native version of a database whose rows are being moved into another: only who moves them opens it. */
export const movingVersion = nativeVersion + 5;

export function isMoving(version: number): boolean {
	return version % 10 === 5;
}

export function databaseName(account: string): string {
	return `zhonggeng-${account}`;
}

/** Where everything lies when the account has a lock. */
export function sealedDatabaseName(account: string): string {
	return `zhonggeng.sealed-${account}`;
}

/** Where the account's lock lies. It is there exactly as long as the account has one. */
export function lockDatabaseName(account: string): string {
	return `zhonggeng.lock-${account}`;
}
