import type { ConventionRead } from '#kinds/convention.ts';
import type { Clause } from '#kinds/clause.ts';
import type { Hash } from '#records/hash.ts';
import { sameJson } from '#records/hash.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { clauseIdOfPath } from '#kinds/convention-policy.ts';
import { inForceIn } from './convention-in-force.ts';
import { revisionText, type ConventionState } from './convention-state.ts';

/** A text that stands as it was, by the revision it is of. */
export interface FrozenText {
	readonly hash: Hash;
	readonly read: ConventionRead;
}

/**
 * A change that is in the text being worked on and not in a frozen one. `number`: from 1; where a clause was taken
 * out, its number in the frozen text.
 */
export type EditBeyond =
	| { readonly type: 'title' }
	| { readonly type: 'preamble' }
	| {
			readonly type: 'added' | 'removed' | 'changed' | 'doubt';
			readonly id: string;
			readonly number: number;
			readonly heading?: string | undefined;
	  };

/**
 * The text of the stage: voted on or posted, or in force; undefined where the stage has none, and the text being
 * worked on is the one to read.
 */
export function frozenText(
	records: RevisionSet,
	{ entity, read: { stage } }: Pick<ConventionState, 'entity' | 'read'>
): FrozenText | undefined {
	if (stage?.name === 'voting' || stage?.name === 'posted') return textOf(records, entity, stage.ballot.text);
	if (stage?.name === 'in-force' || stage?.name === 'reviewing')
		return textOf(records, entity, stage.inForce.ballot.text);
	return undefined;
}

/**
 * The text that binds while the next version is made, or while people who left it in force took different steps;
 * undefined where none does.
 */
export function bindingText(
	records: RevisionSet,
	state: Pick<ConventionState, 'entity' | 'read' | 'doubts'>
): FrozenText | undefined {
	const inForce = inForceIn(state);
	return inForce && textOf(records, state.entity, inForce.ballot.text);
}

/** What people changed since a text was frozen, in the order of the text being worked on; what was taken out last. */
export function editsBeyond(
	state: Pick<ConventionState, 'lines' | 'read'>,
	{ read }: FrozenText
): readonly EditBeyond[] {
	const before = new Map(read.clauses.map((clause) => [clause.id, clause]));
	const edits = state.lines.flatMap((line, index): readonly EditBeyond[] => {
		const number = index + 1;
		if (line.type === 'doubt') return [{ id: line.id, type: 'doubt', number, heading: headingOf(line) }];
		const { clause } = line;
		const was = before.get(clause.id);
		const about = { id: clause.id, number, heading: clause.heading };
		if (!was) return [{ ...about, type: 'added' }];
		return sameWords(was, clause) ? [] : [{ ...about, type: 'changed' }];
	});
	const still = new Set(state.lines.map((line) => (line.type === 'doubt' ? line.id : line.clause.id)));
	const removed = read.clauses.flatMap(({ id, heading }, index): readonly EditBeyond[] =>
		still.has(id) ? [] : [{ id, type: 'removed', number: index + 1, heading }]
	);
	return [
		...(state.read.title === read.title ? [] : [{ type: 'title' as const }]),
		...(state.read.preamble === read.preamble ? [] : [{ type: 'preamble' as const }]),
		...edits,
		...removed
	];
}

/** Doubts that are no clause's: the title, the stage, whether there should be the convention at all. */
export function doubtsBeside({ doubts }: Pick<ConventionState, 'doubts'>): readonly string[] {
	return doubts.flatMap(({ path }) => (clauseIdOfPath(path) === undefined ? [path] : []));
}

function textOf(records: RevisionSet, entity: string, hash: Hash): FrozenText | undefined {
	const read = revisionText(records, entity, hash);
	return read && { hash, read };
}

function headingOf({ versions }: { readonly versions: readonly { readonly clause?: Clause }[] }) {
	return versions.flatMap(({ clause }) => clause?.heading ?? [])[0];
}

function sameWords(a: Clause, b: Clause): boolean {
	return sameJson([a.heading ?? '', a.text], [b.heading ?? '', b.text]);
}
