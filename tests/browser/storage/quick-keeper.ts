import type { LockKeeper } from '#records/lock.ts';
import { lockKeeper } from '#storage/lock-keeper.ts';

/** Keeps locks as the app does, with PINs quick to try. */
export function quickKeeper(now: () => Date): LockKeeper {
	return lockKeeper(now, 1_000);
}
