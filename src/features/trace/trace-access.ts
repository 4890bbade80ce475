import { accountHouseholds, staffScopes, type Account } from '#app/account.ts';
import { kinds } from '#kinds/kinds.ts';
import type { TraceSubject } from '#read-models/trace.ts';
import type { Revision } from '#records/revision.ts';
import { isWithin, type Scope } from '#records/scope.ts';

/** Staff follow any trace they hold; all others what they recorded themselves and what is of their household. */
export function mayTrace(account: Account, subject: TraceSubject): boolean {
	if (staffScopes(account).length > 0) return true;
	if (subject.type === 'account') return subject.account === account.name;
	const scope = subject.type === 'place' ? subject.scope : kinds.get(subject.kind)?.scopeOf(subject.entity);
	return scope !== undefined && isOwn(account, scope);
}

/** Whether a record that belongs to a trace is shown in it: a household’s own matter has been published by others. */
export function showsInTrace(
	account: Account,
	{ scope, author }: Pick<Revision, 'scope' | 'author'>
): boolean {
	return staffScopes(account).length > 0 || author === account.name || isOwn(account, scope);
}

function isOwn(account: Account, scope: Scope): boolean {
	return accountHouseholds(account).some((own) => isWithin(scope, own));
}
