import { kinds, subjectOfId } from '#kinds/kinds.ts';
import { databaseOf } from '#records/database-name.ts';
import type { Refusal } from '#records/check-revision.ts';
import { sameJson } from '#records/hash.ts';
import { isWithin, type Scope } from '#records/scope.ts';
import type { Revision } from '#records/revision.ts';
import type { Grant } from './grant.ts';
import { hasRight, holderOf, takesStep, type Right } from './rights-table.ts';

/** Kinds whose records name photos. */
const photoKinds = ['check-in', 'matter'];

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
 * Why an account with these grants may not write `revision`, or undefined when it may. `parents`: those of the
 * revision's parents that are known. Whoever may not confirm neither writes what is confirmed nor builds on a
 * record that has it: leaving it out would take it away.
 */
export function writeRefusal(
	grants: readonly Grant[],
	revision: Revision,
	parents: readonly Revision[]
): Refusal | undefined {
	const { kind, scope } = revision;
	if (!mayWrite(grants, kind, scope)) {
		return grants.some((grant) => isWithin(scope, grant.scope))
			? { code: 'rights', detail: `no role here writes ${kind}`, at: '/kind' }
			: { code: 'scope', detail: `no role for ${scope}`, at: '/scope' };
	}
	const step = stepOf(revision, parents);
	if (step !== undefined && !mayTakeStep(grants, kind, step, scope))
		return { code: 'rights', detail: `no role here takes a ${kind} to ${step}`, at: stepAt(revision) };
	if (mayConfirm(grants, kind, scope)) return undefined;
	const [confirmed] = confirmedIn(revision);
	if (confirmed !== undefined)
		return { code: 'rights', detail: `no role here confirms ${kind}`, at: `/body/${confirmed}` };
	return parents.some((parent) => confirmedIn(parent).length > 0)
		? { code: 'rights', detail: `builds on a confirmed ${kind}`, at: '/parents' }
		: undefined;
}

/** Whether the grants let an account take something of `kind` about `scope` to the stage `step`, `withdrawn` included. */
export function mayTakeStep(grants: readonly Grant[], kind: string, step: string, scope: Scope): boolean {
	return grants.some((grant) => isWithin(scope, grant.scope) && takesStep(holderOf(grant), kind, step));
}

/** The stage a revision takes its entity to; undefined when it leaves it where one of its parents has it. */
function stepOf({ kind, body }: Revision, parents: readonly Revision[]): string | undefined {
	const stage = kinds.get(kind)?.stage;
	if (!stage) return undefined;
	if (!body) return 'withdrawn';
	const value = body[stage.member];
	if (value === undefined) return '';
	const same = parents.some((parent) => {
		const before = parent.body?.[stage.member];
		return before !== undefined && sameJson(before, value);
	});
	return same ? undefined : stage.nameOf(value);
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
