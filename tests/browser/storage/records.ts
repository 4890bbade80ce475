import { addDays, toDay } from '#kinds/day.ts';
import { checkInEntity } from '#kinds/check-in.ts';
import type { Photo } from '#records/phone-store.ts';
import { hashOfBytes, type Hash } from '#records/hash.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';

export const grid = 'zg-qianmen-caochang-g3';
const at = '2026-11-23T02:03:04.000Z';

interface CheckInParts {
	readonly author?: string;
	readonly grid?: string;
	/** Days after 1 September 2026. */
	readonly day?: number;
	readonly note?: string;
	readonly photos?: readonly Hash[];
}

/** The `n`-th made-up check-in: its household and day follow from `n`, thirty households a day. */
export function checkIn(n: number, parts: CheckInParts = {}): Revision {
	const { author = 'worker', day = Math.floor(n / 30), note = `check-in ${n}`, photos } = parts;
	const household = toScope(`qianmen/caochang/${parts.grid ?? 'g3'}/c${n % 5}/h${n % 30}`);
	return seal({
		kind: 'check-in',
		entity: checkInEntity(household, addDays(toDay('2026-09-01'), day)),
		parents: [],
		scope: household,
		author,
		device: 'phone-1',
		at,
		body: { observed: { quality: 'correct', streams: ['food'], note, ...(photos && { photos }) } }
	});
}

export function checkIns(from: number, to: number, parts: CheckInParts = {}): readonly Revision[] {
	return Array.from({ length: to - from }, (_, index) => checkIn(from + index, parts));
}

/** A kind without months. */
export function household(n: number, author = 'office'): Revision {
	const scope = toScope(`qianmen/caochang/g3/c1/h${n}`);
	return seal({
		kind: 'household',
		entity: scope.replaceAll('/', '.'),
		parents: [],
		scope,
		author,
		device: 'desk-1',
		at,
		body: { number: `${n}号` }
	});
}

export function photoOf(...content: readonly number[]): Photo {
	const bytes = new Uint8Array(content);
	return { hash: hashOfBytes(bytes), database: grid, type: 'image/webp', bytes };
}

export function ids(revisions: readonly Revision[]): readonly string[] {
	return revisions.map(({ _id }) => _id);
}
