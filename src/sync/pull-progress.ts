/**
 * How far the feeds of one exchange are, in changes, by feed. `onDisk`: put down and not yet taken in. `left`: still
 * expected of the server.
 */
export type PullProgress = ReadonlyMap<string, FeedProgress>;

interface FeedProgress {
	readonly takenIn: number;
	readonly onDisk: number;
	readonly left: number;
}

const nothing: FeedProgress = { takenIn: 0, onDisk: 0, left: 0 };

export function afterPage(
	progress: PullProgress,
	database: string,
	changes: number,
	left: number
): PullProgress {
	const { takenIn, onDisk } = progress.get(database) ?? nothing;
	return new Map([...progress, [database, { takenIn, onDisk: onDisk + changes, left }]]);
}

/** Pages of an exchange before this one are taken in as well: they count from then on. */
export function afterTakingIn(progress: PullProgress, database: string, changes: number): PullProgress {
	const { takenIn, onDisk, left } = progress.get(database) ?? nothing;
	const taken = { takenIn: takenIn + changes, onDisk: Math.max(0, onDisk - changes), left };
	return new Map([...progress, [database, taken]]);
}

/** The sums over all feeds: 3,200 of 10,400. */
export function pulledOf(progress: PullProgress): { readonly done: number; readonly total: number } {
	let done = 0;
	let left = 0;
	for (const feed of progress.values()) {
		done += feed.takenIn;
		left += feed.onDisk + feed.left;
	}
	return { done, total: done + left };
}
