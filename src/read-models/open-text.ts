import type { Clause } from '#kinds/clause.ts';
import type { ConventionRead } from '#kinds/convention.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { conventionDoubts } from './convention-doubts.ts';
import type { ConventionState } from './convention-state.ts';
import type { Written } from './written.ts';

export type Words = Pick<Clause, 'heading' | 'text'>;

/** What some want in a place that is in doubt; `words` undefined: that it is taken out. */
export interface OpenVersion {
	readonly words: Words | undefined;
	readonly by: readonly Written[];
}

/** A text as readers see it until someone chooses: a clause in doubt stands in its place, with all its versions. */
export type OpenText = ConventionRead & {
	readonly doubts: Readonly<Record<'title' | 'preamble', readonly OpenVersion[]>> & {
		/** By the ids of the clauses. */
		readonly clauses: ReadonlyMap<string, readonly OpenVersion[]>;
	};
};

/** The text of a convention as it stands, with what is in doubt. */
export function openText(records: RevisionSet, state: ConventionState): OpenText {
	const doubts = state.doubts.length > 0 ? conventionDoubts(records, state) : [];
	const wordsAt = (path: string): readonly OpenVersion[] =>
		doubts
			.filter((doubt) => doubt.path === path)
			.flatMap(({ versions }) =>
				versions.map(({ value, by }) => ({
					words: typeof value === 'string' ? { text: value } : undefined,
					by
				}))
			);
	const open = state.lines.flatMap((line) => (line.type === 'doubt' ? [line] : []));
	return {
		...state.read,
		clauses: state.lines.flatMap((line) =>
			line.type === 'clause' ? [line.clause] : line.versions.flatMap(({ clause }) => clause ?? []).slice(0, 1)
		),
		doubts: {
			title: wordsAt('/title'),
			preamble: wordsAt('/preamble'),
			clauses: new Map(
				open.map(({ id, versions }) => [id, versions.map(({ clause, by }) => ({ words: clause, by }))])
			)
		}
	};
}
