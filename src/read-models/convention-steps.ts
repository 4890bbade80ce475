import * as v from 'valibot';
import { stageBody, stageNames, type Stage, type StageName } from '#kinds/convention-stage.ts';
import type { Revision } from '#records/revision.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { ConventionState } from './convention-state.ts';
import { byTime, writtenIn, type Written } from './written.ts';

/**
 * One of the seven steps of the version in the making, or of the one in force where no other is made yet.
 * `skipped`: later steps were taken without it. `taken`: who took it, the last time if it was taken again.
 */
export interface StepLine {
	readonly name: StageName;
	readonly state: 'done' | 'skipped' | 'now' | 'later';
	readonly taken?: Written;
}

/** The seven steps in order. Where the stage is in doubt none is `now`, and none is known to be done. */
export function stepLines(
	records: RevisionSet,
	{ entity, read: { stage } }: Pick<ConventionState, 'entity' | 'read'>
): readonly StepLine[] {
	if (!stage) return stageNames.map((name) => ({ name, state: 'later' }));
	const taken = stepsTaken(records, entity, versionOf(stage));
	const now = stageNames.indexOf(stage.name);
	return stageNames.map((name, index) => {
		const by = index > now ? undefined : taken.get(name);
		const passed = by ? 'done' : 'skipped';
		const state = index === now ? 'now' : index < now ? passed : 'later';
		return by ? { name, state, taken: by } : { name, state };
	});
}

/** The version that a stage is about: the one in force once it is, else the one in the making. */
export function versionOf(stage: Stage): number {
	if (stage.name === 'in-force' || stage.name === 'reviewing') return stage.inForce.version;
	return (stage.inForce?.version ?? 0) + 1;
}

/** For each stage, who last took the convention to it while the version was made. */
function stepsTaken(records: RevisionSet, entity: string, version: number): ReadonlyMap<StageName, Written> {
	const taken = new Map<StageName, Written>();
	const inOrder = [...records.revisions('convention', entity)].sort(byTime);
	for (const revision of inOrder) {
		const stage = stageIn(revision);
		if (!stage || versionOf(stage) !== version) continue;
		const stayed = revision.parents.some((hash) => {
			const before = stageIn(records.revision('convention', entity, hash));
			return before?.name === stage.name && versionOf(before) === version;
		});
		if (!stayed) taken.set(stage.name, writtenIn(revision));
	}
	return taken;
}

function stageIn(revision: Revision | undefined): Stage | undefined {
	const parsed = v.safeParse(stageBody, revision?.body?.['stage']);
	return parsed.success ? parsed.output : undefined;
}
