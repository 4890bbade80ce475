import { accountHouseholds, staffScopes, type Account } from '#app/account.ts';
import type { TraceSubject } from '#read-models/trace.ts';
import { isWithin } from '#records/scope.ts';

/** Staff follow any trace they hold; all others what they recorded themselves and what is about their household. */
export function mayTrace(account: Account, subject: TraceSubject): boolean {
	if (staffScopes(account).length > 0) return true;
	if (subject.type === 'account') return subject.account === account.name;
	return subject.type === 'place' && accountHouseholds(account).some((own) => isWithin(subject.scope, own));
}
