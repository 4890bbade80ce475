import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UserDocuments } from '../../../sync-server/accounts/user-documents.ts';
import { hashPassword } from '../../../sync-server/auth/password.ts';
import { accountsIn } from '../../../sync-server/auth/user-database.ts';
import { Databases } from '../../../sync-server/storage/databases.ts';
import { unsyncedLevel } from '../../../sync-server/storage/level-factory.ts';

const newId = () => randomUUID().replaceAll('-', '');
let folder: string;
let databases: Databases;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'zhonggeng-users-'));
	databases = await Databases.open(folder, { newId, level: unsyncedLevel });
});
afterEach(async () => {
	await databases.close();
	await rm(folder, { recursive: true });
});

test('accounts that an earlier version stored go on as they were, and are written anew once', async () => {
	const accounts = await accountsIn(databases);
	const users = new UserDocuments({ databases, iterations: 1, now: () => Date.UTC(2026, 10, 23) });
	const hash = await hashPassword('a good password', '00'.repeat(16), 1);
	const log = [{ at: '2026-01-01T00:00:00.000Z', by: 'admin', account: 'made', deed: 'created' }];
	const stored = (name: string, fields: object) => ({
		...{ _id: `org.couchdb.user:${name}`, type: 'user', name, ...hash, log },
		...fields
	});
	await accounts.create(stored('admin', { roles: ['office:qianmen', '_admin'] }));
	await accounts.create(stored('li', { roles: ['worker:qianmen'], disabled: true }));
	await accounts.create(stored('wang', { roles: ['worker:qianmen'] }));
	const untouched = await users.find('wang');
	const standing = async () => [
		(await accounts.find('admin'))?.roles,
		await accounts.find('li'),
		await accounts.hasAdmin()
	];
	const before = await standing();
	expect(before).toEqual([['_admin', 'office:qianmen'], undefined, true]);

	await users.renew();
	expect(await standing()).toEqual(before);
	expect(await users.find('admin')).toMatchObject({ roles: ['office:qianmen'], server_admin: true, log });
	expect(await users.find('li')).toMatchObject({ disabled: true, kept_password: hash, log });
	expect(await users.find('li')).not.toHaveProperty('derived_key');
	expect(await users.find('wang')).toEqual(untouched);
	const once = [await users.find('admin'), await users.find('li')];
	await users.renew();
	expect([await users.find('admin'), await users.find('li')]).toEqual(once);

	await users.change('li', 'admin', (doc) => ({ ...doc, disabled: false }));
	expect(await accounts.find('li')).toMatchObject({ password: hash });
});
