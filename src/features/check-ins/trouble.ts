import { StoreError } from '#records/phone-store.ts';

/**
 * What keeps a check-in from being saved: the weight is no number, the photo cannot be read, the
 * device's store is full or refuses.
 */
export type Trouble = 'weight' | 'photo' | StoreError['code'];

/** @throws `error` when it is none of the store's. */
export function troubleOf(error: unknown): Trouble {
	if (error instanceof StoreError) return error.code;
	throw error;
}
