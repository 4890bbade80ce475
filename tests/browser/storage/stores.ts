import Dexie from 'dexie';
import { onTestFinished } from 'vitest';
import type { StoreNotice } from '#records/phone-store.ts';
import type { Revision } from '#records/revision.ts';
import { AccountStore, openStore } from '#storage/account-store.ts';
import type { PackLimits } from '#storage/pack-limits.ts';
import { openSealedStore } from '#storage/sealed-store.ts';
import { sealingWith } from '#storage/sealing.ts';
import { databaseName, sealedDatabaseName } from '#storage/schema.ts';
import { ZhonggengDatabase } from '#storage/zhonggeng-database.ts';

export const clock = () => new Date('2026-11-23T08:00:00.000Z');

// On localhost Dexie traces every error, also those that are meant.
Dexie.debug = false;

/** Whether accounts made from now on have a lock: tests/browser/storage/sealed.test.ts. */
export const accounts = { sealed: false };

/** An account's name tells whether it has a lock, in workers too. */
const sealedPrefix = 'sealed-';

const key = await crypto.subtle.importKey('raw', new Uint8Array(32).fill(7), 'AES-GCM', false, [
	'encrypt',
	'decrypt'
]);

export function keyOf(account: string): CryptoKey | undefined {
	return account.startsWith(sealedPrefix) ? key : undefined;
}

export function named(name: string): string {
	return accounts.sealed ? `${sealedPrefix}${name}` : name;
}

/** An account no other test knows; its database is gone when the test ends. */
export function freshAccount(): string {
	const account = named(`worker-${crypto.randomUUID()}`);
	onTestFinished(() => removed(account));
	return account;
}

/** An account's database, without a store around it. */
export function database(account: string, disk?: IDBFactory): ZhonggengDatabase {
	const sealing = keyOf(account);
	return new ZhonggengDatabase(account, {
		...(disk && { disk }),
		...(sealing && { seal: sealingWith(sealing) })
	});
}

export function nameOf(account: string): string {
	return keyOf(account) ? sealedDatabaseName(account) : databaseName(account);
}

/** Opens a store; the caller closes it. */
export async function openAnew(account: string, limits?: PackLimits): Promise<AccountStore> {
	const sealing = keyOf(account);
	const setup = { account, now: clock, ...(limits && { limits }) };
	return sealing ? new AccountStore((await openSealedStore(setup, sealing)).parts) : openStore(setup);
}

/** Opens a store that is closed when the test ends. */
export async function opened(account: string, limits?: PackLimits): Promise<AccountStore> {
	const store = await openAnew(account, limits);
	onTestFinished(() => store.close());
	return store;
}

export function removed(account: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.deleteDatabase(nameOf(account));
		request.onsuccess = () => resolve();
		request.onerror = () => reject(request.error ?? new Error('not deleted'));
	});
}

export async function loaded(
	store: AccountStore,
	months: readonly string[] = []
): Promise<readonly Revision[]> {
	const all: Revision[] = [];
	await store.load(months, (revisions) => all.push(...revisions));
	return all;
}

/** The next notice that `wanted` accepts. */
export function nextNotice(
	store: AccountStore,
	wanted: (notice: StoreNotice) => boolean = () => true
): Promise<StoreNotice> {
	return new Promise((resolve) => {
		const stop = store.onNotice((notice) => {
			if (!wanted(notice)) return;
			stop();
			resolve(notice);
		});
	});
}
