import * as v from 'valibot';
import { clauseBody, type Clause } from '#kinds/clause.ts';
import { convention } from '#kinds/convention.ts';
import { clauseIdOfPath } from '#kinds/convention-policy.ts';
import { stageBody, type Stage } from '#kinds/convention-stage.ts';
import { nearestCommonAncestors, withAncestors } from '#records/ancestry.ts';
import { hashOfJson, type Hash } from '#records/hash.ts';
import type { Json } from '#records/json.ts';
import type { Revision } from '#records/revision.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { stateOf, type Candidate, type Doubt } from '#records/state-of.ts';
import type { ConventionState } from './convention-state.ts';
import { writtenIn, type Written } from './written.ts';

/** What one or several people want in a place of a convention. `value` absent: it is to be taken out. */
export interface DoubtVersion {
	/** Tells it from the other versions, however many more arrive. */
	readonly key: string;
	/** Among the candidates of the doubt. */
	readonly index: number;
	readonly value?: Json;
	readonly by: readonly Written[];
}

/** A doubt of a convention, as it is put before people. */
export interface ConventionDoubt {
	readonly path: string;
	/** The same for as long as there are the same versions to choose from. */
	readonly key: string;
	/** Of a convention that some withdrew and others changed, two: gone, and kept with all changes. */
	readonly versions: readonly DoubtVersion[];
	/** What stood there where the versions parted; of the whole convention its body. */
	readonly before?: Json;
}

/** What a doubt is about. `setting`: nothing that has a name of its own. */
export type DoubtSubject =
	| { readonly type: 'clause'; readonly id: string }
	| { readonly type: 'words'; readonly of: 'title' | 'preamble' }
	| { readonly type: 'rule'; readonly of: 'turnout' | 'agree' }
	| { readonly type: 'stage' }
	| { readonly type: 'existence' }
	| { readonly type: 'setting' };

/** Everything in a convention that a person must settle, in the order of `state.doubts`. */
export function conventionDoubts(
	records: RevisionSet,
	{ entity, doubts }: Pick<ConventionState, 'entity' | 'doubts'>
): readonly ConventionDoubt[] {
	const history = new Map(
		[...records.revisions('convention', entity)].map((revision) => [revision.hash, revision])
	);
	return doubts.map((doubt) => {
		const all = doubt.candidates.map((candidate, index) => versionOf(history, candidate, index));
		const versions = doubt.path === '' ? goneOrKept(all) : all;
		const before = beforeOf(history, doubt);
		const key = versions
			.map(({ key }) => key)
			.sort()
			.join(' ');
		return { path: doubt.path, key, versions, ...(before !== undefined && { before }) };
	});
}

export function doubtSubject(path: string): DoubtSubject {
	const id = clauseIdOfPath(path);
	if (id !== undefined) return { type: 'clause', id };
	switch (path) {
		case '/title':
			return { type: 'words', of: 'title' };
		case '/preamble':
			return { type: 'words', of: 'preamble' };
		case '/rule/turnout':
			return { type: 'rule', of: 'turnout' };
		case '/rule/agree':
			return { type: 'rule', of: 'agree' };
		case '/stage':
			return { type: 'stage' };
		case '':
			return { type: 'existence' };
		default:
			return { type: 'setting' };
	}
}

/** The words of a version of a clause, a title or a preamble; undefined where it takes them out. */
export function wordsOf(value: Json | undefined): Pick<Clause, 'heading' | 'text'> | undefined {
	if (typeof value === 'string') return { text: value };
	return clauseOf(value);
}

export function clauseOf(value: Json | undefined): Clause | undefined {
	const parsed = v.safeParse(clauseBody, value);
	return parsed.success ? parsed.output : undefined;
}

export function stageOf(value: Json | undefined): Stage | undefined {
	const parsed = v.safeParse(stageBody, value);
	return parsed.success ? parsed.output : undefined;
}

function versionOf(
	history: ReadonlyMap<Hash, Revision>,
	{ value, by }: Candidate,
	index: number
): DoubtVersion {
	const written = by.flatMap((hash) => history.get(hash) ?? []).map(writtenIn);
	if (value === undefined) return { key: 'none', index, by: written };
	return { key: hashOfJson(value).slice(0, 16), index, value, by: written };
}

/** Whoever keeps a convention keeps it with everything that is changed in it. */
function goneOrKept(versions: readonly DoubtVersion[]): readonly DoubtVersion[] {
	const gone = versions.filter(({ value }) => value === undefined);
	const [kept, ...others] = versions.filter(({ value }) => value !== undefined);
	if (!kept) return gone;
	return [...gone, { ...kept, key: 'kept', by: [kept, ...others].flatMap(({ by }) => by) }];
}

function beforeOf(history: ReadonlyMap<Hash, Revision>, { path, candidates }: Doubt): Json | undefined {
	const writers = candidates.flatMap(({ by }) => by);
	const parted = nearestCommonAncestors(history, writers);
	const seen = new Set(parted.flatMap((hash) => [...withAncestors(history, hash)]));
	const known = [...history.values()].filter(({ hash }) => seen.has(hash));
	const state = stateOf(known, convention.policy);
	if (state.status !== 'present') return undefined;
	return path === '' ? state.body : convention.policy.split(state.body).get(path);
}
