import type { ConventionRead } from '#kinds/convention.ts';
import { parentsFirst, withAncestors } from '#records/ancestry.ts';
import { sameJson, type Hash } from '#records/hash.ts';
import type { Revision } from '#records/revision.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { ClauseDifference, TextDifference, TextPart } from './text-difference.ts';

/** What two texts differ in, in numbers. A clause both reworded and moved counts in both. */
export interface ChangeCounts {
	readonly changed: number;
	readonly added: number;
	readonly removed: number;
	readonly moved: number;
	readonly title: boolean;
	readonly preamble: boolean;
	/** Who it is for, or the rule by which its votes pass. */
	readonly settings: boolean;
	readonly stage: boolean;
}

/** The work of one person, in how many revisions. */
export interface Worked {
	readonly author: string;
	readonly count: number;
}

/** What came to a joining by one of its parents alone. */
export interface JoinedSide {
	readonly parent: Hash;
	readonly work: readonly Worked[];
}

/**
 * Everything that was ever saved of a convention, the last first. By the devices' times, but never before what it
 * was built on, however a clock went. The same for every order of arrival.
 */
export function savedOf(records: RevisionSet, entity: string): readonly Revision[] {
	const history = historyOf(records, entity);
	const times = new Map<Hash, string>();
	const order = parentsFirst(history).flatMap((hash) => history.get(hash) ?? []);
	for (const { hash, at, parents } of order) {
		const known = parents.flatMap((parent) => times.get(parent) ?? []);
		times.set(
			hash,
			[at, ...known].reduce((latest, time) => (time > latest ? time : latest))
		);
	}
	const placed = order.map((revision, index) => ({
		revision,
		index,
		time: times.get(revision.hash) ?? revision.at
	}));
	return placed
		.sort((a, b) => (a.time === b.time ? b.index - a.index : a.time < b.time ? 1 : -1))
		.map(({ revision }) => revision);
}

/**
 * What others had saved when `revision` was written, by the devices' times, and its author had not seen: the two
 * worked side by side.
 */
export function besideIt(records: RevisionSet, entity: string, revision: Revision): readonly Worked[] {
	const history = historyOf(records, entity);
	const seen = withAncestors(history, revision.hash);
	return workIn([...history.values()].filter(({ hash, at }) => at <= revision.at && !seen.has(hash)));
}

/** What each parent of a revision that joins several brought; [] for one that joins nothing. */
export function joinedIn(records: RevisionSet, entity: string, { parents }: Revision): readonly JoinedSide[] {
	if (parents.length < 2) return [];
	const history = historyOf(records, entity);
	const sides = parents.map((parent) => ({ parent, all: withAncestors(history, parent) }));
	return sides.map(({ parent, all }) => {
		const others = sides.filter((side) => side.parent !== parent);
		const own = [...all].filter((hash) => !others.some((side) => side.all.has(hash)));
		return { parent, work: workIn(own.flatMap((hash) => history.get(hash) ?? [])) };
	});
}

/** `difference`: of these two. */
export function changeCounts(
	difference: TextDifference,
	before: ConventionRead,
	after: ConventionRead
): ChangeCounts {
	const count = (type: ClauseDifference['type']) =>
		difference.clauses.filter((clause) => clause.type === type).length;
	return {
		changed: count('changed'),
		added: count('added'),
		removed: count('removed'),
		moved: difference.clauses.filter(({ moved }) => moved).length,
		title: differs(difference.title),
		preamble: differs(difference.preamble),
		settings: !sameJson(
			[before.courtyards ?? [], before.rule ?? {}],
			[after.courtyards ?? [], after.rule ?? {}]
		),
		// Both as read, with their members in one order.
		stage: JSON.stringify(before.stage) !== JSON.stringify(after.stage)
	};
}

function differs(parts: readonly TextPart[]): boolean {
	return parts.some(({ type }) => type !== 'same');
}

/** Who worked most comes first. */
function workIn(revisions: readonly Revision[]): readonly Worked[] {
	const counts = new Map<string, number>();
	for (const { author } of revisions) counts.set(author, (counts.get(author) ?? 0) + 1);
	return [...counts]
		.map(([author, count]) => ({ author, count }))
		.sort((a, b) => b.count - a.count || (a.author < b.author ? -1 : 1));
}

function historyOf(records: RevisionSet, entity: string): ReadonlyMap<Hash, Revision> {
	return new Map([...records.revisions('convention', entity)].map((revision) => [revision.hash, revision]));
}
