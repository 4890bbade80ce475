import { StoreError } from '#records/phone-store.ts';

/** What keeps a form from being saved: a photo cannot be read, the device's store is full or refuses. */
export type SavingTrouble = 'photo' | StoreError['code'];

/** @throws `error` when it is none of the store's. */
export function savingTrouble(error: unknown): SavingTrouble {
	if (error instanceof StoreError) return error.code;
	throw error;
}
