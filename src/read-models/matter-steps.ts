import * as v from 'valibot';
import {
	matterStageBody,
	matterStageNames,
	type MatterStage,
	type MatterStageName
} from '#kinds/matter-stage.ts';
import { sameJson } from '#records/hash.ts';
import type { Revision } from '#records/revision.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { ListedMatter } from './matters.ts';
import { byTime, writtenIn, type Written } from './written.ts';

/** A step as it was taken: by whom first, and what was last said of it. */
export interface StepTaken {
	readonly by: Written;
	readonly stage: MatterStage;
}

/**
 * One of the five steps. `skipped`: later steps were taken without it. `doubtful`: people differ on whether the matter
 * is at it. `taken`: the times it was taken, in the order of the rounds; of a step that is still to come, those in
 * earlier rounds. `meeting`: the one in which it was taken; of deliberating, the first that the matter names.
 */
export interface MatterStep {
	readonly name: MatterStageName;
	readonly state: 'done' | 'skipped' | 'now' | 'doubtful' | 'later';
	readonly taken: readonly StepTaken[];
	readonly meeting?: string;
}

/** What a matter lacks to go on. `choice`: people took different steps, and nobody has chosen. */
export type MissingForStep = 'choice' | 'deliberation' | 'decision' | 'owner' | 'result' | 'ratings';

/**
 * The five steps in order, by the history of the stage. Where the stage is in doubt none is `now`: from the first step
 * that someone says it is at to the last all are `doubtful`, and each tells who took it. Raised it was, whoever differs.
 * The same for every order in which the records arrived.
 */
export function matterSteps(
	records: RevisionSet,
	matter: Pick<ListedMatter, 'entity' | 'body' | 'stage' | 'heads'>
): readonly MatterStep[] {
	const { stage, body } = matter;
	const all = stepsTaken(records, matter.entity);
	const now = stage ? matterStageNames.indexOf(stage.name) : -1;
	const told = stage ? [now] : toldStages(records, matter);
	const [first, last] = [Math.min(...told), Math.max(...told)];
	const round = roundOf(stage);
	return matterStageNames.map((name, index) => {
		const known = all.filter((one) => one.stage.name === name);
		const standing = known.filter((one) => !stage || index <= now || roundOf(one.stage) < round);
		const taken =
			index === now && stage
				? standing.map((one) => (roundOf(one.stage) === round ? { ...one, stage } : one))
				: standing;
		const meeting = meetingOf(name, taken, body);
		const before = index < first || name === 'raised';
		const passed = taken.length > 0 || (before && meeting !== undefined) ? 'done' : 'skipped';
		const reached = before ? passed : index <= last ? 'doubtful' : 'later';
		const state = index === now ? 'now' : reached;
		return { name, state, taken, ...(state !== 'later' && meeting !== undefined && { meeting }) };
	});
}

/** What has to be there before the next step is taken; of what is being evaluated, before it can be left at that. */
export function missingFor({ stage, body }: Pick<ListedMatter, 'stage' | 'body'>): MissingForStep {
	switch (stage?.name) {
		case undefined:
			return 'choice';
		case 'raised':
			return (body.meetings?.length ?? 0) > 0 ? 'decision' : 'deliberation';
		case 'deliberating':
			return 'decision';
		case 'decided':
			return 'owner';
		case 'doing':
			return 'result';
		case 'evaluating':
			return 'ratings';
	}
}

/** The places among the five of the steps at which the matter is by one or another; that of raising it for none. */
function toldStages(
	records: RevisionSet,
	{ entity, heads }: Pick<ListedMatter, 'entity' | 'heads'>
): readonly number[] {
	return heads.map((hash) => {
		const name = stageIn(records.revision('matter', entity, hash))?.name ?? 'raised';
		return matterStageNames.indexOf(name);
	});
}

/** What was last decided, of the steps taken. */
export function decisionIn(
	steps: readonly MatterStep[]
): (MatterStage & { readonly name: 'decided' }) | undefined {
	const taken = steps.flatMap((step) => step.taken).map(({ stage }) => stage);
	return taken.find((stage) => stage.name === 'decided');
}

/** Every step and round with who took it first, in time order, and how it last read. */
function stepsTaken(records: RevisionSet, entity: string): readonly StepTaken[] {
	const taken = new Map<string, StepTaken>();
	const inOrder = [...records.revisions('matter', entity)].sort(byTime);
	for (const [index, revision] of inOrder.entries()) {
		// Whoever writes a matter down raises it, with whatever else is known of it then.
		if (index === 0) note(taken, { by: writtenIn(revision), stage: { name: 'raised' } });
		const stage = stageIn(revision);
		if (stage && !isCarried(records, entity, revision, stage))
			note(taken, { by: writtenIn(revision), stage });
	}
	return [...taken.values()].sort((a, b) => roundOf(a.stage) - roundOf(b.stage));
}

function note(taken: Map<string, StepTaken>, { by, stage }: StepTaken): void {
	const key = `${stage.name} ${roundOf(stage)}`;
	taken.set(key, { by: taken.get(key)?.by ?? by, stage });
}

/** Whether the step had been taken before the revision was written, and nothing else was said of it. */
function isCarried(records: RevisionSet, entity: string, revision: Revision, stage: MatterStage): boolean {
	return revision.parents.some((parent) =>
		sameJson(stageIn(records.revision('matter', entity, parent)), stage)
	);
}

function stageIn(revision: Revision | undefined): MatterStage | undefined {
	const parsed = v.safeParse(matterStageBody, revision?.body?.['stage']);
	return parsed.success ? parsed.output : undefined;
}

/** 0 before it is carried out. */
function roundOf(stage: MatterStage | undefined): number {
	return stage && 'round' in stage ? stage.round : 0;
}

function meetingOf(
	name: MatterStageName,
	taken: readonly StepTaken[],
	{ from, meetings }: ListedMatter['body']
): string | undefined {
	if (name === 'deliberating') return from?.meeting ?? meetings?.[0];
	if (name !== 'decided') return undefined;
	const decided = taken.flatMap(({ stage }) => (stage.name === 'decided' ? (stage.meeting ?? []) : []));
	return decided[0] ?? from?.meeting;
}
