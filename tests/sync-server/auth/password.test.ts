import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashPassword, isPassword, readPasswordHash } from '../../../sync-server/auth/password.ts';

/** From CouchDB's documentation, "Authentication Database": the password is `apple`. */
const jan = {
	derived_key: 'e579375db0e0c6a6fc79cd9e36a36859f71575c3',
	iterations: 10,
	password_scheme: 'pbkdf2',
	salt: '1112283cf988a34f124200a050d308a1'
};

const old = {
	password_scheme: 'simple',
	password_sha: createHash('sha1').update('apple1112283cf988a34f').digest('hex'),
	salt: '1112283cf988a34f'
};

test.each([
	['before 3.4', jan],
	['before 1.3', old]
])('the password of a document that CouchDB wrote %s is recognised', async (_version, doc) => {
	const hash = readPasswordHash(doc);
	expect(hash && (await isPassword('apple', hash))).toBe(true);
	expect(hash && (await isPassword('Apple', hash))).toBe(false);
	expect(hash && (await isPassword('', hash))).toBe(false);
});

test('a password is kept as CouchDB 3.4 does', async () => {
	const hash = await hashPassword('众耕-密码-1234', 'a'.repeat(32), 1000);
	expect(hash).toMatchObject({ password_scheme: 'pbkdf2', pbkdf2_prf: 'sha256', iterations: 1000 });
	expect(readPasswordHash({ ...hash })).toEqual(hash);
	expect(await isPassword('众耕-密码-1234', hash)).toBe(true);
	expect(await isPassword('众耕-密码-1235', hash)).toBe(false);
});

test.each([
	['no salt', { ...jan, salt: undefined }],
	['an empty salt', { ...jan, salt: '' }],
	['no key', { ...jan, derived_key: undefined }],
	['an empty key, which any password would match', { ...jan, derived_key: '' }],
	['a key that is not hex', { ...jan, derived_key: 'z'.repeat(40) }],
	['another scheme', { ...jan, password_scheme: 'plain' }],
	['another function', { ...jan, pbkdf2_prf: 'md5' }],
	['a function named like a property of objects', { ...jan, pbkdf2_prf: 'constructor' }],
	['no iterations', { ...jan, iterations: 0 }],
	['iterations as text', { ...jan, iterations: '10' }],
	['iterations that would take for ever', { ...jan, iterations: 10_000_001 }]
])('a document with %s has no password', (_what, doc) => {
	expect(readPasswordHash(doc)).toBeUndefined();
});
