import { m } from '#paraglide/messages.js';
import { StoreError } from '#records/phone-store.ts';

const storeTexts = {
	full: m.store_full,
	newer: m.store_newer,
	locked: m.store_locked,
	blocked: m.store_blocked
};

/** What to tell a person of something that broke; undefined when it was not the device's store. */
export function failureText(error: unknown): string | undefined {
	return error instanceof StoreError ? storeTexts[error.code]() : undefined;
}
