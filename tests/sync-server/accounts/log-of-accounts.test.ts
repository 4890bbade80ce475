import { expect, test } from 'vitest';
import type { JsonObject } from '#records/json.ts';
import { logOfAccounts } from '../../../sync-server/accounts/log-of-accounts.ts';

/** An account with `lines` in its log, a second apart, of which the first says how it was made. */
function account(name: string, lines: number, first = 'created'): JsonObject {
	const log = Array.from({ length: lines }, (_, index) => ({
		at: new Date(Date.UTC(2026, 10, 23, 0, 0, index)).toISOString(),
		by: 'office',
		account: name,
		deed: index === 0 ? first : 'display'
	}));
	return { name, log };
}

test('all that is kept is told, newest first', () => {
	const { entries, more, shortened } = logOfAccounts([account('a', 2), account('b', 3)]);
	expect(entries.map(({ account, deed }) => [account, deed])).toEqual([
		['b', 'display'],
		['b', 'display'],
		['a', 'display'],
		['b', 'created'],
		['a', 'created']
	]);
	expect([more, shortened]).toEqual([0, []]);
});

test('what is left out is counted, and who keeps no first lines is named', () => {
	const whole = Array.from({ length: 10 }, (_, index) => account(`a${index}`, 100));
	const { entries, more, shortened } = logOfAccounts([...whole, account('busy', 100, 'roles')]);
	expect([entries.length, more, shortened]).toEqual([1000, 100, ['busy']]);
});
