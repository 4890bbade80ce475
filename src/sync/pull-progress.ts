/** How far the feeds of one exchange are: changes read and changes still expected, by feed. */
export type PullProgress = ReadonlyMap<string, { readonly done: number; readonly left: number }>;

/** The sums over all feeds: 3,200 of 10,400. */
export function pulledOf(progress: PullProgress): { readonly done: number; readonly total: number } {
	let done = 0;
	let left = 0;
	for (const feed of progress.values()) {
		done += feed.done;
		left += feed.left;
	}
	return { done, total: done + left };
}
