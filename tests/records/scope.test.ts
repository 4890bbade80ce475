import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { databaseOf, scopeOfDatabase } from '#records/database-name.ts';
import {
	childScope,
	isScope,
	isWithin,
	levelOf,
	parentScope,
	scopeAt,
	toScope,
	type Scope
} from '#records/scope.ts';

const segment = fc.stringMatching(/^[a-z0-9_]{1,8}$/);
const scopes = fc
	.array(segment, { minLength: 1, maxLength: 5 })
	.map((segments) => toScope(segments.join('/')));

describe('scope', () => {
	it.each(['', '/', 'a/', '/a', 'a//b', 'A', 'a-b', 'a/b/c/d/e/f', '草厂', `${'a'.repeat(33)}`, '../a'])(
		'%j is not a scope',
		(text) => {
			expect(isScope(text)).toBe(false);
		}
	);

	it('knows its level and what lies within it', () => {
		expect(levelOf(toScope('qianmen'))).toBe('subdistrict');
		expect(levelOf(toScope('qianmen/caochang/g3/c12/h04'))).toBe('household');
		expect(scopeAt(toScope('qianmen/caochang/g3/c12'), 'grid')).toBe('qianmen/caochang/g3');
		expect(scopeAt(toScope('qianmen'), 'grid')).toBeUndefined();
		expect(isWithin(toScope('qianmen/caochang2'), toScope('qianmen/caochang'))).toBe(false);
	});

	it('lies within its parent, and its parent not within it', () => {
		fc.assert(
			fc.property(scopes, segment, (scope, step) => {
				fc.pre(levelOf(scope) !== 'household');
				const child = childScope(scope, step);
				expect(parentScope(child)).toBe(scope);
				expect(isWithin(child, scope)).toBe(true);
				expect(isWithin(scope, child)).toBe(false);
			})
		);
	});
});

describe('databaseOf', () => {
	it('is the grid’s for all that lies within a grid', () => {
		expect(databaseOf(toScope('qianmen'))).toBe('zg-qianmen');
		expect(databaseOf(toScope('qianmen/caochang'))).toBe('zg-qianmen-caochang');
		expect(databaseOf(toScope('qianmen/caochang/g3/c12/h04'))).toBe('zg-qianmen-caochang-g3');
	});

	it('names each node down to the grid differently, and the name leads back', () => {
		const nodes = scopes.map((scope): Scope => scopeAt(scope, 'grid') ?? scope);
		fc.assert(
			fc.property(nodes, (node) => {
				expect(scopeOfDatabase(databaseOf(node))).toBe(node);
			})
		);
	});

	it.each(['_users', 'zg-', 'zg-a-b-c-d', 'zg-A', 'other', 'zg-a--b'])('%s is no scope database', (name) => {
		expect(scopeOfDatabase(name)).toBeUndefined();
	});
});
