import type { Checkpoint } from '#records/sync-store.ts';

/**
 * Sequences of a database, both ends included, that hold nothing but what this device has just delivered: it need not
 * read them. `identity`: of which database, as in its checkpoint.
 */
export interface DeliveredRange {
	readonly identity: string;
	readonly first: number;
	readonly last: number;
}

/** Fewer changes coming back cost less than the request more that passing over them takes. */
const worthARequest = 50;

/**
 * What an answer to a push says in `Zhonggeng-Sequences`: `1204-1503 <identity>`. Undefined where it says nothing, as
 * CouchDB does, or more than was `sent`.
 */
export function deliveredRange(header: string | undefined, sent: number): DeliveredRange | undefined {
	const [, from, to, identity] = /^(\d{1,15})-(\d{1,15}) (\S+)$/.exec(header ?? '') ?? [];
	if (identity === undefined) return undefined;
	const [first, last] = [Number(from), Number(to)];
	const count = last - first + 1;
	return first > 0 && count > 0 && count <= sent ? { identity, first, last } : undefined;
}

/** Ranges in the order of their sequences, those that touch as one. */
export function joined(ranges: readonly DeliveredRange[]): readonly DeliveredRange[] {
	const all: DeliveredRange[] = [];
	for (const range of ranges.toSorted((a, b) => a.first - b.first)) {
		const before = all.findLast(({ identity }) => identity === range.identity);
		if (before && range.first <= before.last + 1)
			all[all.indexOf(before)] = { ...before, last: Math.max(before.last, range.last) };
		else all.push(range);
	}
	return all;
}

/** How far a feed is read that was read up to a checkpoint: what was delivered directly behind that is here. */
export function passedOver(at: Checkpoint, ranges: readonly DeliveredRange[]): Checkpoint {
	const { identity, seq } = at;
	if (typeof seq !== 'number') return at;
	const own = joined(ranges.filter((range) => range.identity === identity));
	const behind = own.find(({ first, last }) => first <= seq + 1 && last > seq);
	return behind ? { identity, seq: behind.last } : at;
}

/**
 * How many changes to ask for after a checkpoint, `most` at most: no more than there are sequences before the next
 * range that is worth passing over.
 */
export function changesBefore(
	{ identity, seq }: Checkpoint,
	ranges: readonly DeliveredRange[],
	most: number
): number {
	if (typeof seq !== 'number') return most;
	const own = joined(ranges.filter((range) => range.identity === identity));
	const ahead = own.find(({ first, last }) => first > seq + 1 && last - first + 1 >= worthARequest);
	return Math.min(most, ahead ? ahead.first - seq - 1 : most);
}
