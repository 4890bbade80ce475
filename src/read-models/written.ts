import type { Hash } from '#records/hash.ts';
import type { Revision } from '#records/revision.ts';

/** Who wrote a revision, on which device and when (ISO 8601, UTC). */
export interface Written {
	readonly hash: Hash;
	readonly author: string;
	readonly device: string;
	/** By the device's clock. */
	readonly at: string;
}

export function writtenIn({ hash, author, device, at }: Revision): Written {
	return { hash, author, device, at };
}

/** Sorts what was written first to the front; of the same instant, the same way on every device. */
export function byTime(a: Pick<Written, 'at' | 'hash'>, b: Pick<Written, 'at' | 'hash'>): number {
	if (a.at !== b.at) return a.at < b.at ? -1 : 1;
	if (a.hash === b.hash) return 0;
	return a.hash < b.hash ? -1 : 1;
}
