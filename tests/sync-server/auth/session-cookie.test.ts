import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Account } from '../../../sync-server/auth/account.ts';
import {
	checkSession,
	parseSession,
	sessionSeconds,
	signSession
} from '../../../sync-server/auth/session-cookie.ts';

const secret = Buffer.alloc(32, 7);
const issued = 1_795_000_000;
const account = accountWith({});
const device = { device: 'phone-1', session: 'first' };

function accountWith({ name = '李', salt = 'a'.repeat(32) }): Account {
	const key = { pbkdf2_prf: 'sha256', iterations: 1, derived_key: '00'.repeat(32) } as const;
	return { name, roles: [], password: { password_scheme: 'pbkdf2', ...key, salt } };
}

function stateOf(cookie: string, now: number, of = account, under = secret, on = device) {
	const claim = parseSession(cookie);
	return claim ? checkSession(claim, of, on, now, under) : 'malformed';
}

test.each([
	[0, 'valid'],
	[sessionSeconds / 10 - 1, 'valid'],
	[sessionSeconds / 10, 'renew'],
	[sessionSeconds - 1, 'renew'],
	[sessionSeconds, 'invalid']
])('a session %i seconds old is %s', (age, state) => {
	expect(stateOf(signSession(account, device, issued, secret), issued + age)).toBe(state);
});

test('a cookie names its account, whatever letters the name has', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (name) => {
			expect(parseSession(signSession(accountWith({ name }), device, issued, secret))).toMatchObject({
				name,
				device: 'phone-1',
				issued
			});
		})
	);
});

test('no change of any character of a cookie leaves it valid', () => {
	const cookie = signSession(account, device, issued, secret);
	fc.assert(
		fc.property(
			fc.nat(cookie.length - 1),
			fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.'),
			(at, letter) => {
				fc.pre(cookie[at] !== letter);
				const forged = cookie.slice(0, at) + letter + cookie.slice(at + 1);
				expect(stateOf(forged, issued)).not.toMatch(/^(valid|renew)$/);
			}
		)
	);
});

test('a session of another account, of an old password or under another secret is invalid', () => {
	const cookie = signSession(account, device, issued, secret);
	expect(stateOf(cookie, issued, accountWith({ name: '王' }))).toBe('invalid');
	expect(stateOf(cookie, issued, accountWith({ salt: 'b'.repeat(32) }))).toBe('invalid');
	expect(stateOf(cookie, issued, account, Buffer.alloc(32, 8))).toBe('invalid');
});

test('a session of another device, or of before its sessions were ended, is invalid', () => {
	const cookie = signSession(account, device, issued, secret);
	const on = (other: typeof device) => stateOf(cookie, issued, account, secret, other);
	expect(on(device)).toBe('valid');
	expect(on({ ...device, device: 'phone-2' })).toBe('invalid');
	expect(on({ ...device, session: 'second' })).toBe('invalid');
});

test('a cookie of three parts, which named no device, is no cookie', () => {
	const [name = '', , time = '', signature = ''] = signSession(account, device, issued, secret).split('.');
	expect(parseSession([name, time, signature].join('.'))).toBeUndefined();
});
