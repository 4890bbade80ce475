import type { AccountLog } from '#access/accounts-api.ts';
import type { JsonObject } from '#records/json.ts';
import { kept, logOf } from '../auth/account-log.ts';
import { nameOf } from './managed.ts';

/** More than anyone reads. */
const maxEntries = 1_000;

/** What was done to these accounts, and how much of it is not told. */
export function logOfAccounts(docs: readonly JsonObject[]): AccountLog {
	const entries = docs.flatMap(logOf);
	const newestFirst = entries.reverse().sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
	return {
		entries: newestFirst.slice(0, maxEntries),
		more: Math.max(0, entries.length - maxEntries),
		shortened: docs.filter(isShortened).map(nameOf).sort()
	};
}

/** Whether an account keeps less of its log than there was: it no longer begins with how it was made. */
function isShortened(doc: JsonObject): boolean {
	const log = logOf(doc);
	return log.length >= kept && log[0]?.deed !== 'created';
}
