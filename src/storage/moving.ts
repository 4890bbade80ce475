import { addToPacks } from './packing.ts';
import { parsePack } from './pack-text.ts';
import { packLimits } from './pack-limits.ts';
import { addUnlessHeld } from './tail.ts';
import type { ZhonggengDatabase } from './zhonggeng-database.ts';

/** Rows taken in at once. */
const pageSize = 500;

/**
 * Takes everything of one database into another, in the order written; what is there already stays as it is. Cut off
 * anywhere, it is done over.
 */
export async function takeIn(from: ZhonggengDatabase, to: ZhonggengDatabase): Promise<void> {
	await takeTail(from, to);
	await takePacks(from, to);
	await takePhotos(from, to);
	await takePages(from, to);
	for (const draft of await from.drafts.toArray())
		await to.transaction('rw', to.drafts, async () => {
			const held = await to.drafts.get(draft.key);
			if (!held || held.at < draft.at) await to.drafts.put(draft);
		});
	// Last: a checkpoint promises that everything before it is here.
	for (const row of await from.meta.toArray())
		await to.transaction('rw', to.meta, async () => {
			if (!(await to.meta.get(row.key))) await to.meta.put(row);
		});
}

async function takeTail(from: ZhonggengDatabase, to: ZhonggengDatabase): Promise<void> {
	for (let last: number | undefined = 0; last !== undefined;) {
		const page: readonly { n: number }[] = await from.tail.where('n').above(last).limit(pageSize).toArray();
		const rows = await from.tail.bulkGet(page.map(({ n }) => n));
		await to.transaction('rw', to.tail, () =>
			addUnlessHeld(
				to,
				rows.flatMap((row) => (row ? [{ revision: row.revision, delivery: row.delivery }] : []))
			)
		);
		last = page.at(-1)?.n;
	}
}

async function takePacks(from: ZhonggengDatabase, to: ZhonggengDatabase): Promise<void> {
	for (const { n, database } of await from.packs.toArray()) {
		const pack = await from.packTexts.get(n);
		if (pack)
			await to.transaction('rw', to.packs, to.packTexts, () =>
				addToPacks(to, database, parsePack(pack.text), packLimits)
			);
	}
}

/** Done over, a page comes twice, and what it brings is taken in once. */
async function takePages(from: ZhonggengDatabase, to: ZhonggengDatabase): Promise<void> {
	for (const n of await from.pages.toCollection().primaryKeys()) {
		const page = await from.pages.get(n);
		if (page) await to.pages.add({ database: page.database, text: page.text });
	}
}

async function takePhotos(from: ZhonggengDatabase, to: ZhonggengDatabase): Promise<void> {
	for (const { hash, database, type, state } of await from.photos.toArray()) {
		const held = await from.photoBytes.get(hash);
		if (!held) continue;
		await to.transaction('rw', to.photos, to.photoBytes, async () => {
			const label = await to.photos.where('[hash+database]').equals([hash, database]).first();
			if (label) return;
			await to.photoBytes.put(held);
			await to.photos.add({ hash, database, type, state });
		});
	}
}
