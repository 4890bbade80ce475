import { pbkdf2Sync } from 'node:crypto';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { madeAccount, managedAccount } from '#access/accounts-api.ts';
import { createAccount, sessionCookie, startServer, type Login, type TestServer } from '../serve.ts';
import { ask, changeAccount } from '../sync-server/api-request.ts';
import { couchClient } from './couch-client.ts';
import { gridRole } from './field-records.ts';

const prefix = 'org.couchdb.user:';
const line = v.pipe(v.string(), v.regex(/^[^_:][^:]*$/));
const hex = v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{2})+$/));

/**
 * What CouchDB lets into `_users`: the rules of its `_design/_auth`, told in its documentation under "Users
 * Documents". It asks nothing of members that it does not know, but that their names begin with no underscore.
 */
const named = v.looseObject({
	_id: v.string(),
	_rev: v.string(),
	type: v.literal('user'),
	name: line,
	roles: v.array(v.pipe(v.string(), v.regex(/^[^_]/)))
});
const withPassword = v.looseObject({
	password_scheme: v.literal('pbkdf2'),
	pbkdf2_prf: v.literal('sha256'),
	iterations: v.pipe(v.number(), v.integer(), v.minValue(1)),
	derived_key: hex,
	salt: v.pipe(v.string(), v.nonEmpty())
});

let server: TestServer;
let office: Login;

beforeAll(async () => {
	server = await startServer();
	await server.setup();
	office = await createAccount(server, 'office', ['office:qianmen']);
});
afterAll(() => server.remove());

async function docOf(name: string): Promise<Record<string, unknown>> {
	const { body } = await couchClient(server, server.admin).get(`_users/${encodeURIComponent(prefix + name)}`);
	return v.parse(v.record(v.string(), v.unknown()), body);
}

async function make(name: string): Promise<string> {
	const { body } = await ask(server, office, 'POST', 'accounts', {
		name,
		display: '某某',
		roles: [gridRole]
	});
	return v.parse(madeAccount, body).link.split('#')[1] ?? '';
}

/** Each way to an account, and its password: undefined where it has none. */
const ways: readonly (readonly [string, string, () => Promise<string | undefined>])[] = [
	['an administrator’s PUT', 'li', async () => (await createAccount(server, 'li', [gridRole])).password],
	[
		'an office, its link not opened',
		'王芳',
		async () => {
			await make('王芳');
			return undefined;
		}
	],
	[
		'an office, its link opened',
		'zhao.2@qianmen',
		async () => {
			const token = await make('zhao.2@qianmen');
			const password = 'a good password';
			expect((await ask(server, undefined, 'POST', 'password', { token, password })).status).toBe(200);
			return password;
		}
	],
	[
		'an office that gave it another password while it was disabled',
		'qian',
		async () => {
			await createAccount(server, 'qian', [gridRole]);
			await changeAccount(server, office, 'qian', { disabled: true });
			const password = 'a newer password';
			const path = `_users/${encodeURIComponent(`${prefix}qian`)}`;
			const admin = couchClient(server, server.admin);
			expect((await admin.send('PUT', path, { ...(await docOf('qian')), password })).status).toBe(201);
			await changeAccount(server, office, 'qian', { disabled: false });
			return password;
		}
	],
	['the set-up, of the first administrator', 'admin', () => Promise.resolve(server.admin.password)],
	[
		'an office that changed it since',
		'sun',
		async () => {
			const { password } = await createAccount(server, 'sun', [gridRole]);
			const roles = [`${gridRole}@2099-12-31`];
			await changeAccount(server, office, 'sun', { roles, disabled: true });
			await changeAccount(server, office, 'sun', { disabled: false });
			return password;
		}
	]
];

describe.each(ways)('the document made by %s', (_way, name, prepare) => {
	test('is one that CouchDB takes, and its password one that CouchDB verifies', async () => {
		const password = await prepare();
		const doc = await docOf(name);
		expect(v.parse(named, doc)._id).toBe(prefix + name);
		expect(
			Object.keys(doc)
				.filter((member) => member.startsWith('_'))
				.toSorted()
		).toEqual(['_id', '_rev']);
		expect(doc).not.toHaveProperty('password');
		if (password === undefined) {
			for (const member of Object.keys(withPassword.entries)) expect(doc).not.toHaveProperty(member);
			return;
		}
		const { iterations, salt, derived_key } = v.parse(withPassword, doc);
		// As couch_passwords does: the salt as the text it is, a key as long as the digest.
		expect(pbkdf2Sync(password, salt, iterations, 32, 'sha256').toString('hex')).toBe(derived_key);
		await sessionCookie(server, { name, password });
	});
});

test.each<[string, string, number, 'sha1' | 'sha256']>([
	['3.4 and later', 'sha256', 32, 'sha256'],
	['before, for years', 'sha', 20, 'sha1']
])('an account that CouchDB made (%s) logs in here', async (_version, prf, length, digest) => {
	const name = `from-couchdb-${prf}`;
	const password = 'kept in CouchDB';
	const salt = '591d04d0cd6bcebb5a7c1ab1d8b39bda';
	const key = pbkdf2Sync(password, salt, 10, length, digest).toString('hex');
	const doc = {
		...{ _id: prefix + name, type: 'user', name, roles: [gridRole] },
		...{ password_scheme: 'pbkdf2', ...(prf !== 'sha' && { pbkdf2_prf: prf }) },
		...{ iterations: 10, derived_key: key, salt }
	};
	const path = `_users/${encodeURIComponent(doc._id)}`;
	expect((await couchClient(server, server.admin).send('PUT', path, doc)).status).toBe(201);
	expect(await docOf(name)).toMatchObject(doc);
	await sessionCookie(server, { name, password });
	await expect(sessionCookie(server, { name, password: 'another' })).rejects.toThrow('401');
});

test('CouchDB finds no password in the document of an account that is disabled, nor lets it in', async () => {
	const disabled = await createAccount(server, 'disabled', [gridRole]);
	await changeAccount(server, office, 'disabled', { disabled: true });
	const doc = await docOf('disabled');
	expect(v.is(named, doc)).toBe(true);
	for (const member of [...Object.keys(withPassword.entries), 'password', 'password_sha'])
		expect(doc).not.toHaveProperty(member);
	await expect(sessionCookie(server, disabled)).rejects.toThrow('401');
	const { body } = await ask(server, office, 'GET', 'accounts');
	const { accounts } = v.parse(v.object({ accounts: v.array(managedAccount) }), body);
	expect(accounts.find(({ name }) => name === 'disabled')).toMatchObject({ disabled: true, unopened: false });
});

test('a server admin is one still after changing its password as CouchDB’s clients do', async () => {
	const second = await createAccount(server, 'second-admin', ['_admin', gridRole]);
	expect(v.is(named, await docOf('second-admin'))).toBe(true);
	const own = couchClient(server, second);
	const path = `_users/${encodeURIComponent(`${prefix}second-admin`)}`;
	const password = 'another good password';
	expect((await own.send('PUT', path, { ...(await docOf('second-admin')), password })).status).toBe(201);
	const { body } = await couchClient(server, { ...second, password }).get('_session');
	expect(body).toMatchObject({ userCtx: { roles: ['_admin', gridRole] } });
});
