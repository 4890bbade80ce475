import type LevelDown from 'leveldown';
import { settled } from './settled.ts';

/** Before and behind every key of PouchDB's. */
const first = Buffer.of(0);
const last = Buffer.alloc(16, 0xff);
/**
 * LevelDB drops an overwritten value when it merges the files that have it. What it has just flushed it may put on
 * a lower level as it is, and a compaction leaves alone what nothing above overlaps. A deletion before and one behind
 * every key overlap everything: the first round brings what is in memory into files, the next rewrite them all.
 */
const rounds = 3;

/** Rewrites a store, so that nothing deleted or overwritten is left in its files, its log included. */
export async function rewrite(level: LevelDown): Promise<void> {
	for (let round = 0; round < rounds; round += 1) {
		for (const key of [first, last]) {
			await settled((callback) => level.del(key, { sync: true }, callback));
		}
		await settled((callback) => level.compactRange(first, last, callback));
	}
}
