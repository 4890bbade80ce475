import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';

/** Whether `place` is one: a text by whose plain order things stand, with room between any two. */
export function isPlaceInOrder(place: string): boolean {
	if (place.length > 200) return false;
	try {
		generateKeyBetween(place, null);
		return true;
	} catch {
		// The library's only way to say that the key is none.
		return false;
	}
}

/**
 * Places for things in the order given, each with the place it had, if any. As many as possible keep theirs, so
 * that moving one writes one. The places returned rise from one to the next. Where there is no room left between
 * two, all are placed anew.
 */
export function placedInOrder(had: readonly (string | undefined)[]): readonly string[] {
	const places = placedBetween(had);
	return places.every(isPlaceInOrder) ? places : generateNKeysBetween(null, null, had.length);
}

function placedBetween(had: readonly (string | undefined)[]): readonly string[] {
	const kept = risingMost(had);
	const places: string[] = [];
	for (let index = 0; index < had.length;) {
		const own = kept.has(index) ? had[index] : undefined;
		if (own !== undefined) {
			places.push(own);
			index += 1;
			continue;
		}
		let next = index;
		while (next < had.length && !kept.has(next)) next += 1;
		places.push(...generateNKeysBetween(places.at(-1) ?? null, had[next] ?? null, next - index));
		index = next;
	}
	return places;
}

/** Indices of a longest strictly rising row among the places, the first such row. */
function risingMost(had: readonly (string | undefined)[]): ReadonlySet<number> {
	const rows: (readonly number[])[] = [];
	had.forEach((place, index) => {
		if (place === undefined || !isPlaceInOrder(place)) return rows.push([]);
		let longest: readonly number[] = [];
		rows.forEach((row) => {
			const last = had[row.at(-1) ?? -1];
			if (last !== undefined && last < place && row.length > longest.length) longest = row;
		});
		return rows.push([...longest, index]);
	});
	return new Set(rows.reduce((best, row) => (row.length > best.length ? row : best), []));
}
