import { onTestFinished } from 'vitest';
import type { LockKeeper } from '#records/lock.ts';
import { AccountStore } from '#storage/account-store.ts';
import { openSealedStore } from '#storage/sealed-store.ts';
import { lockDatabaseName, sealedDatabaseName } from '#storage/schema.ts';
import { clock, freshAccount } from './stores.ts';

export const pin = '482913';
export const wrongPin = '000111';

export async function names(): Promise<readonly (string | undefined)[]> {
	return (await indexedDB.databases()).map(({ name }) => name);
}

export function lockable(): string {
	const account = freshAccount();
	onTestFinished(() => {
		indexedDB.deleteDatabase(sealedDatabaseName(account));
		indexedDB.deleteDatabase(lockDatabaseName(account));
	});
	return account;
}

export async function set(keeper: LockKeeper, account: string): Promise<CryptoKey> {
	const answer = await keeper.set(account, pin);
	if (answer.outcome !== 'set') throw new Error(answer.outcome);
	return answer.key;
}

export async function openWith(account: string, key: CryptoKey): Promise<AccountStore> {
	return new AccountStore((await openSealedStore({ account, now: clock }, key)).parts);
}
