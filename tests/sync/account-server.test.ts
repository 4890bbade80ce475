import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountServer } from '#sync/account-server.ts';
import { startServer, type TestServer } from '../serve.ts';

/** Pages ask at their own origin; here the origin is put before each path. */
function pageOf({ url }: { url: string }) {
	return accountServer((path, init) => fetch(`${url}${path}`, init));
}

let server: TestServer;
let page: ReturnType<typeof pageOf>;
beforeAll(async () => {
	server = await startServer();
	page = pageOf(server);
});
afterAll(() => server.remove());

const device = { id: 'phone', label: '安卓手机 Chrome' };
const administrator = { name: '街道办', password: 'brick-and-sorghum', subdistrict: 'qianmen' };

test('the printed link makes the first administrator once, and then opens no more', async () => {
	const token = server.setupToken ?? '';
	expect(await page.checkSetUp(`${token}x`)).toEqual({ outcome: 'closed' });
	expect(await page.checkSetUp(token)).toEqual({ outcome: 'done' });
	expect(await page.setUp({ ...administrator, token, subdistrict: 'Qian-Men' })).toMatchObject({
		outcome: 'failed'
	});
	expect(await page.setUp({ ...administrator, token })).toEqual({ outcome: 'done' });
	expect(await page.setUp({ ...administrator, token, name: 'another' })).toEqual({ outcome: 'closed' });
	expect(await page.checkSetUp(token)).toEqual({ outcome: 'closed' });
	expect(await page.signIn(administrator.name, administrator.password, device)).toMatchObject({
		outcome: 'signed-in',
		name: administrator.name,
		roles: ['_admin', 'office:qianmen']
	});
});

test('a wrong password is told apart from too many of them, and those from no server', async () => {
	expect(await page.signIn(administrator.name, 'wrong', device)).toEqual({ outcome: 'wrong' });
	let answer = await page.signIn('nobody', 'wrong', device);
	for (let tries = 0; answer.outcome === 'wrong' && tries < 100; tries += 1) {
		answer = await page.signIn('nobody', 'wrong', device);
	}
	expect(answer.outcome).toBe('too-many');
	if (answer.outcome === 'too-many') expect(answer.seconds).toBeGreaterThan(0);

	// Nothing listens on port 1.
	const nowhere = pageOf({ url: 'http://127.0.0.1:1' });
	expect(await nowhere.signIn(administrator.name, 'any', device)).toEqual({ outcome: 'offline' });
	expect(await nowhere.checkSetUp('any')).toEqual({ outcome: 'offline' });
	await expect(nowhere.signOut()).resolves.toBeUndefined();
});
