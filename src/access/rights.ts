import { kinds, subjectOfId } from '#kinds/kinds.ts';
import { databaseOf } from '#records/database-name.ts';
import type { Refusal } from '#records/check-revision.ts';
import { sameJson } from '#records/hash.ts';
import { isJsonObject, type Json } from '#records/json.ts';
import { isWithin, type Scope } from '#records/scope.ts';
import type { Revision } from '#records/revision.ts';
import type { Grant } from './grant.ts';
import { mayAsOwner, writesAsOwner } from './matter-owner.ts';
import { hasRight, holderOf, takesStep, type Right } from './rights-table.ts';
import { standingIn, stateAt } from './standing-at.ts';

/** Kinds whose records name photos. */
const photoKinds = ['check-in', 'matter', 'progress', 'minute'];

/** Whether the grants let an account read what is recorded of `kind` about `scope`. */
export function mayRead(grants: readonly Grant[], kind: string, scope: Scope): boolean {
	return grants.some((grant) => {
		const holder = holderOf(grant);
		if (isWithin(scope, grant.scope) && hasRight(holder, kind, 'r')) return true;
		return scope !== grant.scope && isWithin(grant.scope, scope) && hasRight(holder, kind, 'a');
	});
}

/** Whether the grants let an account read the record of this id. False for ids that are no record's. */
export function mayReadId(grants: readonly Grant[], id: string): boolean {
	const subject = subjectOfId(id);
	return subject !== undefined && mayRead(grants, subject.kind, subject.scope);
}

/** Whether the grants let an account read anything in the database of `node`: its own, all within, and the ones above. */
export function mayReadNode(grants: readonly Grant[], node: Scope): boolean {
	return grants.some(({ scope }) => isWithin(node, scope) || isWithin(scope, node));
}

/** Whether all of the database of `node` is the account's to read: an office or a worker has it in its place. */
export function readsAllOf(grants: readonly Grant[], node: Scope): boolean {
	return grants.some(({ role, scope }) => (role === 'office' || role === 'worker') && isWithin(node, scope));
}

/** Whether the grants let an account write a record of `kind` about `scope`. */
export function mayWrite(grants: readonly Grant[], kind: string, scope: Scope): boolean {
	return holds(grants, kind, scope, 'w');
}

/** Whether the grants let an account confirm what is recorded of `kind` about `scope`. */
export function mayConfirm(grants: readonly Grant[], kind: string, scope: Scope): boolean {
	return holds(grants, kind, scope, 'c');
}

/**
 * Why an account with these grants may not write `revision`, or undefined when it may. `before`: what is known of the
 * revisions it was built on, its parents and theirs; for kinds without stages the parents do, but for progress, which
 * whoever sees to the matter writes: all of both. Whoever may not confirm
 * neither writes what is confirmed nor builds on a record that has it: leaving it out would take it away.
 */
export function writeRefusal(
	grants: readonly Grant[],
	revision: Revision,
	before: readonly Revision[]
): Refusal | undefined {
	const { kind, scope } = revision;
	if (!mayWrite(grants, kind, scope)) {
		if (writesAsOwner(grants, revision, before)) return undefined;
		return grants.some((grant) => isWithin(scope, grant.scope))
			? { code: 'rights', detail: `no role here writes ${kind}`, at: '/kind' }
			: { code: 'scope', detail: `no role for ${scope}`, at: '/scope' };
	}
	const step = stepsOf(revision, before).find((each) => !mayTakeStep(grants, kind, each, scope));
	if (step !== undefined)
		return { code: 'rights', detail: `no role here takes a ${kind} to ${step}`, at: stepAt(revision) };
	if (changesWhatLasts(revision, before))
		return { code: 'rights', detail: `what was filed of a ${kind} stays as it is`, at: stepAt(revision) };
	if (mayConfirm(grants, kind, scope)) return undefined;
	const [confirmed] = confirmedIn(revision);
	if (confirmed !== undefined)
		return { code: 'rights', detail: `no role here confirms ${kind}`, at: `/body/${confirmed}` };
	const parents = before.filter(({ hash }) => revision.parents.includes(hash));
	return parents.some((parent) => confirmedIn(parent).length > 0)
		? { code: 'rights', detail: `builds on a confirmed ${kind}`, at: '/parents' }
		: undefined;
}

/**
 * Whether it takes the revisions that this one was built on to say if the grants let an account write it: it may
 * carry a stage along that the account may not take, build on what was confirmed, or be of a matter that is its own.
 */
export function asksForPast(grants: readonly Grant[], revision: Revision): boolean {
	const { kind, scope, parents } = revision;
	if (!mayWrite(grants, kind, scope)) return mayAsOwner(grants, kind, scope);
	if (parents.length === 0) return false;
	const { carried, begins, lasting } = kinds.get(kind)?.stage ?? {};
	if (begins !== undefined || lasting) return true;
	if (carried && !mayTakeStep(grants, kind, carried.step, scope)) return true;
	if (stepsOf(revision, []).some((step) => !mayTakeStep(grants, kind, step, scope))) return true;
	return (kinds.get(kind)?.confirming.length ?? 0) > 0 && !mayConfirm(grants, kind, scope);
}

/** Whether the grants let an account take something of `kind` about `scope` to the stage `step`, `withdrawn` included. */
export function mayTakeStep(grants: readonly Grant[], kind: string, step: string, scope: Scope): boolean {
	return grants.some((grant) => isWithin(scope, grant.scope) && takesStep(holderOf(grant), kind, step));
}

/**
 * The steps a revision takes: to the stage it names, and the one that writes what it carries along otherwise than it
 * stood. [] when it leaves its entity where it was, or settles a doubt about that.
 */
function stepsOf({ kind, body, parents }: Revision, before: readonly Revision[]): readonly string[] {
	const { stage, policy } = kinds.get(kind) ?? {};
	if (!stage || !policy) return [];
	if (!body) return ['withdrawn'];
	const value = body[stage.member];
	const stood = standingIn(`/${stage.member}`, stateAt(parents, before, policy), policy);
	if (stood.some((one) => sameJson(one, value))) return [];
	const name = stage.nameOf(value);
	if (name === stage.begins && stood.length > 0) return [`${name} again`];
	const { carried } = stage;
	const carriedIn = (one: Json | undefined) =>
		carried && isJsonObject(one) ? one[carried.member] : undefined;
	// Where nothing stood, nothing is carried along.
	const asStood = [undefined, ...stood]
		.slice(stood.length > 0 ? 1 : 0)
		.some((one) => sameJson(carriedIn(one), carriedIn(value)));
	return [name, ...(carried && !asStood ? [carried.step] : [])];
}

/** Whether a revision leaves the end that its entity came to, or has otherwise, or not at all, what of its entity's stage is there to last. */
function changesWhatLasts({ kind, body, parents }: Revision, before: readonly Revision[]): boolean {
	const { stage, policy } = kinds.get(kind) ?? {};
	if (!stage?.lasting || !policy) return false;
	const { member, lasting, ends } = stage;
	const value = body?.[member];
	const stages = standingIn(`/${member}`, stateAt(parents, before, policy), policy);
	const ended = stages.filter((one) => stage.nameOf(one) === ends);
	if (ended.length > 0) return !ended.some((one) => sameJson(one, value));
	const stood = stages.flatMap((one) => lasting(one) ?? []);
	return stood.length > 0 && !stood.some((one) => sameJson(one, lasting(value)));
}

function stepAt({ kind, body }: Revision): string {
	return body ? `/body/${kinds.get(kind)?.stage?.member ?? ''}` : '/body';
}

/** The members of a revision's body that only those who confirm may write. */
export function confirmedIn({ kind, body }: Pick<Revision, 'kind' | 'body'>): readonly string[] {
	const confirming = kinds.get(kind)?.confirming ?? [];
	return confirming.filter((member) => body !== null && Object.hasOwn(body, member));
}

/**
 * Whether the grants let an account add photos to the database of `node`. A photo belongs to no place of its own:
 * whoever reads and writes records there that name photos may.
 */
export function mayAddPhoto(grants: readonly Grant[], node: Scope): boolean {
	return grants.some((grant) => {
		const holder = holderOf(grant);
		const reaches = isWithin(node, grant.scope) || databaseOf(grant.scope) === databaseOf(node);
		return reaches && photoKinds.some((kind) => hasRight(holder, kind, 'r') && hasRight(holder, kind, 'w'));
	});
}

/** Whether the grants let an account open a new database for the area `node`: its office may. */
export function mayOpenNode(grants: readonly Grant[], node: Scope): boolean {
	return grants.some(({ role, scope }) => role === 'office' && isWithin(node, scope));
}

/** Whether a record about `scope` belongs into `database`. */
export function belongsIn(database: string, scope: Scope): boolean {
	return databaseOf(scope) === database;
}

function holds(grants: readonly Grant[], kind: string, scope: Scope, right: Right): boolean {
	return grants.some((grant) => isWithin(scope, grant.scope) && hasRight(holderOf(grant), kind, right));
}
