/** A database that holds nothing, made and deleted again only for what that does to the disk. */
const scratch = 'zhonggeng.scratch';
/** Is there as long as a thorough deletion is under way, so that one that was cut off is gone on with. */
const sweeping = 'zhonggeng.sweeping';

/**
 * Does `work`, which deletes databases, so that what they held is gone from the browser's files, too.
 *
 * Chromium keeps all databases of an origin in one LevelDB: a deletion only marks, then compacts the range of keys,
 * and what was still in the log is first written out and survives that. So the log is written out before, by
 * deleting something else, and the marks are driven through afterwards. Firefox and Safari keep a file for each
 * database and delete it. Seen to work by tests/e2e/lock.test.ts, which searches the profile's files.
 */
export async function thoroughly<Result>(work: () => Promise<Result>): Promise<Result> {
	await made(sweeping);
	await churn(3);
	const result = await work();
	await sweep();
	return result;
}

/** Goes on with a thorough deletion that was cut off. `held`: all databases by name. */
export async function finishSweeping(held: ReadonlyMap<string | undefined, unknown>): Promise<void> {
	if (held.has(sweeping)) await sweep();
}

async function sweep(): Promise<void> {
	await churn(4);
	await deleted(sweeping);
}

/** @throws DOMException */
export function deleted(name: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const deleting = indexedDB.deleteDatabase(name);
		deleting.onsuccess = () => resolve();
		deleting.onerror = () => reject(deleting.error ?? new Error(`cannot delete ${name}`));
	});
}

/** Chromium writes out its log and compacts a moment after a deletion, and does not say when. */
async function churn(rounds: number): Promise<void> {
	for (let round = 0; round < rounds; round += 1) {
		await made(scratch);
		await deleted(scratch);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

function made(name: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const opening = indexedDB.open(name, 1);
		opening.onupgradeneeded = () => opening.result.createObjectStore('nothing').put(0, 0);
		opening.onsuccess = () => {
			opening.result.close();
			resolve();
		};
		opening.onerror = () => reject(opening.error ?? new Error(`cannot make ${name}`));
	});
}
