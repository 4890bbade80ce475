import { keyedEntity } from '#kinds/kind.ts';
import { matter, matterOf } from '#kinds/matter.ts';
import { matterStageBody, type MatterStage } from '#kinds/matter-stage.ts';
import { progressOf } from '#kinds/progress.ts';
import * as v from 'valibot';
import { sameJson } from '#records/hash.ts';
import type { Json, JsonObject } from '#records/json.ts';
import { isWithin, type Scope } from '#records/scope.ts';
import type { Revision } from '#records/revision.ts';
import { stateOf } from '#records/state-of.ts';
import type { Grant } from './grant.ts';
import { hasRight, holderOf } from './rights-table.ts';
import { standingIn, stateAt } from './standing-at.ts';

/**
 * Whether the grants let an account write records of `kind` about `scope` where they are of a matter that is its own
 * to see to: the place is one that a grant's lies in.
 */
export function mayAsOwner(grants: readonly Grant[], kind: string, scope: Scope): boolean {
	return grants.some(
		(grant) => scope !== grant.scope && isWithin(grant.scope, scope) && hasRight(holderOf(grant), kind, 'o')
	);
}

/** Whether an account sees to a matter of a place above its own: it says how it goes on, and that it is carried out. */
export function seesTo(
	grants: readonly Grant[],
	account: string,
	{ scope, stage }: { readonly scope: Scope; readonly stage: MatterStage | undefined }
): boolean {
	return mayAsOwner(grants, 'progress', scope) && ownerIn(stage) === account;
}

/**
 * Whether an account may write `revision` because the matter that it is, or goes on, is its own to see to now:
 * progress in records of its own alone, and the step from carrying it out to what came of it with nothing else
 * changed. `before`: all that is known of the matter, and of the same progress.
 */
export function writesAsOwner(
	grants: readonly Grant[],
	revision: Revision,
	before: readonly Revision[]
): boolean {
	const { kind, scope, author, hash } = revision;
	const entity = matterEntityOf(revision);
	if (entity === undefined || !mayAsOwner(grants, kind, scope)) return false;
	// Sent once more, whatever became of the matter since.
	if (before.some((one) => one.hash === hash)) return true;
	const ofMatter = before.filter((one) => one.kind === 'matter' && one.entity === entity);
	if (!isOwnedBy(author, ofMatter)) return false;
	if (kind === 'matter') return reportsDone(revision, ofMatter);
	return before.every((one) => one.entity !== revision.entity || one.kind !== kind || one.author === author);
}

/** Whether a matter is `account`'s to see to, by all its revisions; in doubt, whether someone has it so. */
export function isOwnedBy(account: string, revisions: readonly Revision[]): boolean {
	const stages = standingIn('/stage', stateOf(revisions, matter.policy), matter.policy);
	return stages.some((stage) => ownerIn(stageIn(stage)) === account);
}

/** The entity of the matter that a revision is, or whose progress; undefined for everything else. */
function matterEntityOf({ kind, entity }: Revision): string | undefined {
	if (kind === 'matter') return matterOf(entity) && entity;
	const named = kind === 'progress' ? progressOf(entity) : undefined;
	return named && keyedEntity(named.scope, named.matter);
}

function reportsDone({ body, parents, author }: Revision, before: readonly Revision[]): boolean {
	const state = stateAt(parents, before, matter.policy);
	if (state.status !== 'present' || state.doubts.length > 0 || !body) return false;
	const [stood, next] = [stageIn(state.body['stage']), stageIn(body['stage'])];
	return (
		stood?.name === 'doing' &&
		next?.name === 'evaluating' &&
		stood.owner.account === author &&
		sameJson(stood.owner, next.owner) &&
		stood.due === next.due &&
		stood.round === next.round &&
		sameJson(withoutStage(state.body), withoutStage(body))
	);
}

function stageIn(value: Json | undefined): MatterStage | undefined {
	const parsed = v.safeParse(matterStageBody, value);
	return parsed.success ? parsed.output : undefined;
}

function ownerIn(stage: MatterStage | undefined): string | undefined {
	return stage && 'owner' in stage ? stage.owner.account : undefined;
}

function withoutStage({ stage: _stage, ...rest }: JsonObject): JsonObject {
	return rest;
}
