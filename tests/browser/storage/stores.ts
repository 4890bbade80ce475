import Dexie from 'dexie';
import { onTestFinished } from 'vitest';
import type { StoreNotice } from '#records/phone-store.ts';
import type { Revision } from '#records/revision.ts';
import { openStore, type AccountStore } from '#storage/account-store.ts';
import type { PackLimits } from '#storage/pack-limits.ts';
import { databaseName } from '#storage/zhonggeng-database.ts';

export const clock = () => new Date('2026-11-23T08:00:00.000Z');

// On localhost Dexie traces every error, also those that are meant.
Dexie.debug = false;

/** An account no other test knows; its database is gone when the test ends. */
export function freshAccount(): string {
	const account = `worker-${crypto.randomUUID()}`;
	onTestFinished(() => removed(account));
	return account;
}

/** Opens a store that is closed when the test ends. */
export async function opened(account: string, limits?: PackLimits): Promise<AccountStore> {
	const store = await openStore(limits ? { account, now: clock, limits } : { account, now: clock });
	onTestFinished(() => store.close());
	return store;
}

export function removed(account: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.deleteDatabase(databaseName(account));
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
