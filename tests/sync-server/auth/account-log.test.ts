import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '#records/json.ts';
import { logged, logOf } from '../../../sync-server/auth/account-log.ts';

const change = { by: 'office', at: '2026-11-23T01:00:00.000Z' };
const li = {
	_id: 'org.couchdb.user:li',
	type: 'user',
	name: 'li',
	roles: ['worker:qianmen/caochang/g3'],
	derived_key: '00',
	salt: 'a'
};
const deedsOf = (before: JsonObject | undefined, after: JsonObject) =>
	logged(before, after, change).map(({ deed, before: was, after: is }) => [deed, was, is]);

test.each<[string, JsonObject | undefined, JsonObject, readonly unknown[]]>([
	['made', undefined, li, ['created', undefined, 'worker:qianmen/caochang/g3']],
	['given other roles', li, { ...li, roles: [] }, ['roles', 'worker:qianmen/caochang/g3', '']],
	['given a name to show', li, { ...li, display: '小李' }, ['display', undefined, '小李']],
	['disabled', li, { ...li, disabled: true }, ['disabled', undefined, undefined]],
	['enabled', { ...li, disabled: true }, li, ['enabled', undefined, undefined]],
	['given a password', li, { ...li, salt: 'b' }, ['password', undefined, undefined]],
	['given a link', li, { ...li, link: { hash: '1' } }, ['link', undefined, undefined]],
	['deleted', li, { ...li, _deleted: true }, ['deleted', 'worker:qianmen/caochang/g3', undefined]],
	['made anew', { ...li, _deleted: true }, li, ['created', undefined, 'worker:qianmen/caochang/g3']]
])('an account that was %s has a line for it', (_what, before, after, deed) => {
	expect(deedsOf(before, after)).toEqual([deed]);
});

test.each<[string, JsonObject, JsonObject]>([
	['is as it was', li, { ...li }],
	['was never disabled, said aloud', li, { ...li, disabled: false }],
	['has used its link', { ...li, link: { hash: '1' } }, li],
	['has another field of someone else’s', li, { ...li, phone: '1' }]
])('an account that %s has no line for it', (_what, before, after) => {
	expect(deedsOf(before, after)).toEqual([]);
});

test('lines are added and none is changed, whatever the document says, up to a hundred', () => {
	const anyDoc = fc.record(
		{
			roles: fc.subarray(['worker:qianmen', 'partner:qianmen']),
			display: fc.constantFrom('a', 'b'),
			disabled: fc.boolean(),
			salt: fc.constantFrom('a', 'b'),
			_deleted: fc.boolean(),
			log: fc.constantFrom([], [{ at: '', by: 'nobody', account: 'li', deed: 'created' }], 'none')
		},
		{ requiredKeys: ['roles', 'log'] }
	);
	fc.assert(
		fc.property(fc.array(anyDoc, { maxLength: 60 }), (docs) => {
			let stored: JsonObject | undefined;
			for (const doc of docs) {
				const before = logOf(stored);
				stored = { ...li, ...doc, log: logged(stored, { ...li, ...doc }, change) };
				const after = logOf(stored);
				expect(after.length).toBeLessThanOrEqual(100);
				expect(after.every(({ by }) => by === 'office')).toBe(true);
				const kept = before.slice(Math.max(0, before.length - 90));
				expect(JSON.stringify(after)).toContain(JSON.stringify(kept).slice(1, -1));
			}
		}),
		{ numRuns: 200 }
	);
});
