import { expect, test } from 'vitest';
import type { JsonObject } from '#records/json.ts';
import { CouchError } from '../../../sync-server/couch-error.ts';
import { isPassword, readPasswordHash } from '../../../sync-server/auth/password.ts';
import { prepareUserDoc } from '../../../sync-server/auth/prepare-user-doc.ts';

const named = {
	_id: 'org.couchdb.user:li',
	type: 'user',
	name: 'li',
	roles: ['worker:qianmen/caochang/g3']
};
const li = { ...named, password: 'a good password' };
const by = { by: 'admin', at: '2026-11-23T01:00:00.000Z' };
const prepare = (doc: JsonObject, stored?: JsonObject) =>
	prepareUserDoc(doc, { ...by, stored, iterations: 1 });

test('a password is replaced by its hash, under a new salt each time', async () => {
	const [first, second] = [await prepare(li), await prepare(li)];
	expect(JSON.stringify(first)).not.toContain('a good password');
	expect(first['salt']).not.toBe(second['salt']);
	const hash = readPasswordHash(first);
	expect(hash && (await isPassword('a good password', hash))).toBe(true);
});

test('a new password replaces every field of the old one, fields of others stay', async () => {
	const doc = await prepare({ ...li, password_sha: 'old', password_scheme: 'simple', phone: '2' });
	expect(doc).toMatchObject({ password_scheme: 'pbkdf2', phone: '2', roles: li.roles });
	expect(doc).not.toHaveProperty('password_sha');
});

test('a document whose password is hashed already is kept as it is', async () => {
	const prepared = await prepare(li);
	expect(await prepare(prepared, prepared)).toEqual(prepared);
});

test('a deletion and a design document are no accounts', async () => {
	const deletion = { _id: li._id, _rev: '1-a', _deleted: true };
	expect(await prepare(deletion)).toEqual(deletion);
	expect(await prepare({ _id: '_design/x', views: {} })).toEqual({ _id: '_design/x', views: {} });
});

test('a new password ends the one-time link', async () => {
	expect(await prepare({ ...li, link: { hash: '00', expires: '' } })).not.toHaveProperty('link');
	expect(await prepare({ ...named, link: { hash: '00', expires: '' } })).toHaveProperty('link');
});

test('what an earlier version stored is put in the form of now by the next write, and says nothing in the log', async () => {
	const { salt = '', derived_key = '', ...others } = await prepare(li);
	const before = { ...others, salt, derived_key, disabled: true, roles: ['office:qianmen', '_admin'] };
	const after = await prepare(before, before);
	expect(after).toMatchObject({ roles: ['office:qianmen'], server_admin: true, log: others['log'] });
	expect(after).toMatchObject({ kept_password: { salt, derived_key } });
	expect(after).not.toHaveProperty('derived_key');
	expect(await prepare({ ...after, disabled: false }, after)).toMatchObject({ salt, derived_key });
});

test.each<[string, JsonObject, number, RegExp]>([
	['a kept hash that nothing can verify', { ...named, kept_password: { salt: '1' } }, 403, /kept_password/],
	['a word for whether it keeps the server', { ...named, server_admin: 'yes' }, 403, /server_admin/],
	['another type', { ...li, type: 'robot' }, 403, /doc.type/],
	['no name', { ...li, name: null }, 403, /doc.name/],
	['the id of another', { ...li, _id: 'org.couchdb.user:wang' }, 403, /Doc ID/],
	['a name no record could carry', { ...li, _id: 'org.couchdb.user:a b', name: 'a b' }, 403, /doc.name/],
	['no roles', { ...li, roles: null }, 403, /doc.roles/],
	['a mistyped role', { ...li, roles: ['woker:qianmen'] }, 403, /woker:qianmen/],
	['a role of a wrong form', { ...li, roles: [{ worker: 'qianmen' }] }, 403, /doc.roles/],
	['a name to show that is no line', { ...li, display: 'a\nb' }, 403, /display/],
	['a password that is no text', { ...li, password: 12345678 }, 400, /string/],
	['a short password', { ...li, password: '1234567' }, 400, /at least 8/],
	['a password of one character', { ...li, password: '88888888' }, 400, /weak/],
	['a password that goes on and on', { ...li, password: 'ab1!'.repeat(300) }, 400, /at most/],
	['a key that nothing can verify', { ...named, derived_key: '00' }, 403, /password/]
])('a user document with %s is refused', async (_what, doc, status, reason) => {
	const refusal = await prepare(doc).catch((error: unknown) => error);
	if (!(refusal instanceof CouchError)) throw new Error('not refused');
	expect(refusal.status).toBe(status);
	expect(refusal.body.reason).toMatch(reason);
});
