import type { Hash } from '#records/hash.ts';
import type { Revision } from '#records/revision.ts';
import { monthOfEntity } from '#kinds/kinds.ts';
import type { PackLimits } from './pack-limits.ts';
import { parsePack } from './pack-text.ts';
import type { PackLabel, ZhonggengDatabase } from './zhonggeng-database.ts';

/** Records that lie together: of one database, kind and month. */
export interface PackGroup {
	readonly database: string;
	readonly kind: string;
	readonly month: string;
}

/** A pack that is not yet on the disk. */
interface Filling {
	readonly marks: readonly number[];
	readonly text: string;
}

/**
 * Puts records into packs, each only if no pack of its group has it; returns those it put there.
 * Within a transaction on packs and packTexts.
 */
export async function addToPacks(
	db: ZhonggengDatabase,
	database: string,
	revisions: readonly Revision[],
	limits: PackLimits
): Promise<readonly Revision[]> {
	const added: Revision[] = [];
	for (const [group, ofGroup] of grouped(database, revisions)) {
		const fresh = await notYetPacked(db, group, ofGroup);
		const single = fresh.map((revision) => ({
			marks: [markOf(revision.hash)],
			text: JSON.stringify([revision])
		}));
		for (const filling of filled(single, limits)) await addPack(db, group, filling);
		added.push(...fresh);
	}
	return added;
}

/** Writes `packs` of one group anew as fewer and larger ones. Within a transaction on packs and packTexts. */
export async function repack(
	db: ZhonggengDatabase,
	group: PackGroup,
	packs: readonly PackLabel[],
	limits: PackLimits
): Promise<void> {
	const numbers = packs.map(({ n }) => n);
	const texts = await db.packTexts.bulkGet(numbers);
	const parts = packs.map(({ n, marks }, index) => {
		const text = texts[index]?.text;
		if (text === undefined) throw new Error(`pack ${n} of ${db.name} has no text`);
		return { marks: [...marks], text };
	});
	for (const filling of filled(parts, limits)) await addPack(db, group, filling);
	await db.packs.bulkDelete(numbers);
	await db.packTexts.bulkDelete(numbers);
}

/** The first 52 bits of a hash, which a number holds exactly. Equal marks call for a look at the pack. */
export function markOf(hash: Hash): number {
	return Number.parseInt(hash.slice(0, 13), 16);
}

function grouped(
	database: string,
	revisions: readonly Revision[]
): readonly (readonly [PackGroup, readonly Revision[]])[] {
	const groups = new Map<string, readonly [PackGroup, Map<string, Revision>]>();
	for (const revision of revisions) {
		const { kind, entity } = revision;
		const month = monthOfEntity(kind, entity);
		const key = `${kind} ${month}`;
		const [, held] = groups.get(key) ?? [undefined, new Map<string, Revision>()];
		held.set(revision._id, revision);
		groups.set(key, [{ database, kind, month }, held]);
	}
	return [...groups.values()].map(([group, held]) => [group, [...held.values()]]);
}

async function notYetPacked(
	db: ZhonggengDatabase,
	{ database, kind, month }: PackGroup,
	revisions: readonly Revision[]
): Promise<readonly Revision[]> {
	const marks = new Set(revisions.map(({ hash }) => markOf(hash)));
	const labels = await db.packs.where({ database, kind, month }).toArray();
	const likely = labels.filter((label) => label.marks.some((mark) => marks.has(mark)));
	if (likely.length === 0) return revisions;
	const texts = await db.packTexts.bulkGet(likely.map(({ n }) => n));
	const packed = new Set(texts.flatMap((pack) => (pack ? parsePack(pack.text).map(({ _id }) => _id) : [])));
	return revisions.filter(({ _id }) => !packed.has(_id));
}

/** Joins parts in their order as long as they stay within the limits. */
function* filled(parts: Iterable<Filling>, limits: PackLimits): Iterable<Filling> {
	let marks: number[] = [];
	let texts: string[] = [];
	let characters = 0;
	for (const part of parts) {
		const over =
			marks.length + part.marks.length > limits.records || characters + part.text.length > limits.characters;
		if (over && texts.length > 0) {
			yield { marks, text: joinedArrays(texts) };
			[marks, texts, characters] = [[], [], 0];
		}
		marks.push(...part.marks);
		texts.push(part.text);
		characters += part.text.length;
	}
	if (texts.length > 0) yield { marks, text: joinedArrays(texts) };
}

/** JSON arrays, none empty, as one. */
function joinedArrays(texts: readonly string[]): string {
	return `[${texts.map((text) => text.slice(1, -1)).join(',')}]`;
}

async function addPack(db: ZhonggengDatabase, group: PackGroup, { marks, text }: Filling): Promise<void> {
	const n = await db.packs.add({
		...group,
		count: marks.length,
		size: text.length,
		marks: new Float64Array(marks)
	});
	await db.packTexts.add({ n, text });
}
