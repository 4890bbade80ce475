import { addDays, toDay } from '#kinds/day.ts';
import { checkInEntity } from '#kinds/check-in.ts';
import { hashOfBytes, type Hash } from '#records/hash.ts';
import type { Photo } from '#records/phone-store.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';

export const grid = 'qianmen/caochang/g3';
export const gridDatabase = 'zg-qianmen-caochang-g3';
export const workerRole = `worker:${grid}`;

export interface CheckInOptions {
	readonly author?: string;
	readonly scope?: string;
	readonly parents?: readonly Hash[];
	readonly note?: string;
	readonly photos?: readonly Hash[];
}

/** The `n`th of a series of check-ins, each of its own day. */
export function checkIn(n: number, options: CheckInOptions = {}): Revision {
	const { author = 'li', scope = `${grid}/c12/h04`, parents = [], note, photos } = options;
	const household = toScope(scope);
	return seal({
		kind: 'check-in',
		entity: checkInEntity(household, addDays(toDay('2020-05-01'), n)),
		parents,
		scope: household,
		author,
		device: 'phone',
		at: new Date(Date.UTC(2026, 0, 1) + n).toISOString(),
		body: { observed: { quality: 'correct', ...(note && { note }), ...(photos && { photos }) } }
	});
}

export function checkIns(count: number, from = 0, options: CheckInOptions = {}): readonly Revision[] {
	return Array.from({ length: count }, (_, index) => checkIn(from + index, options));
}

/** The smallest lossless WebP, and `n` to tell one from the other in a chunk that decoders skip. */
export function webp(n: number): Photo {
	const head = [0x52, 0x49, 0x46, 0x46, 0x20, 0, 0, 0, 0x57, 0x45, 0x42, 0x50];
	const image = [0x56, 0x50, 0x38, 0x4c, 0x0a, 0, 0, 0, 0x2f, 0, 0, 0, 0, 0x07, 0x10, 0x11, 0x11, 0x88];
	const note = [0x7a, 0x67, 0x20, 0x20, 0x02, 0, 0, 0, n % 256, Math.floor(n / 256)];
	const bytes = Uint8Array.from([...head, ...image, ...note]);
	return { hash: hashOfBytes(bytes), database: gridDatabase, type: 'image/webp', bytes };
}
