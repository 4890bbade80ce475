import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OfficeServer } from '#access/office-server.ts';
import { toScope } from '#records/scope.ts';
import { officeServer } from '#sync/office-server.ts';
import { passwordServer } from '#sync/password-server.ts';
import { createAccount, sessionCookie, startServer, type Login, type TestServer } from '../serve.ts';

let server: TestServer;
let office: Login;
beforeAll(async () => {
	server = await startServer();
	await server.setup();
	office = await createAccount(server, 'office1', ['office:qianmen/m1']);
});
afterAll(() => server.remove());

/** The page of someone signed in; pages ask at their own origin, here it is put before each path. */
async function pageOf(login: Login) {
	const cookie = await sessionCookie(server, login);
	return officeServer((path, init) =>
		fetch(`${server.url}${path}`, { ...init, headers: { ...init.headers, Cookie: cookie } })
	);
}
async function revOf(page: OfficeServer, name: string): Promise<string> {
	const accounts = await page.accounts();
	if (accounts.outcome !== 'done') throw new Error(accounts.outcome);
	return accounts.value.find((account) => account.name === name)?.rev ?? '';
}
function visitor() {
	return passwordServer((path, init) => fetch(`${server.url}${path}`, init));
}

describe('an office at the real server', () => {
	test('makes an account whose link sets a password once', async () => {
		const page = await pageOf(office);
		const made = await page.createAccount({
			name: 'wang',
			display: '示例甲',
			roles: ['worker:qianmen/m1/g3']
		});
		if (made.outcome !== 'done') throw new Error(made.outcome);
		expect(made.value.account).toEqual({
			name: 'wang',
			display: '示例甲',
			roles: ['worker:qianmen/m1/g3'],
			disabled: false,
			unopened: true,
			rev: await revOf(page, 'wang')
		});
		const token = made.value.link.replace('/password#', '');
		expect(await visitor().passwordOwner(token)).toEqual({ outcome: 'done', value: 'wang' });
		expect(await visitor().setPassword(token, 'short')).toEqual({ outcome: 'weak' });
		expect(await visitor().setPassword(token, 'sorghum and bricks')).toEqual({
			outcome: 'done',
			value: 'wang'
		});
		expect(await visitor().setPassword(token, 'sorghum and bricks')).toEqual({ outcome: 'gone' });
		expect(await visitor().passwordOwner(token)).toEqual({ outcome: 'gone' });

		expect(await page.createAccount({ name: 'wang', roles: ['worker:qianmen/m1'] })).toMatchObject({
			outcome: 'conflict'
		});
		const changed = await page.changeAccount('wang', { disabled: true, rev: await revOf(page, 'wang') });
		expect(changed).toMatchObject({ outcome: 'done', value: { name: 'wang', disabled: true } });
		const log = await page.accountLog();
		if (log.outcome !== 'done') throw new Error(log.outcome);
		expect(log.value.entries.filter(({ account }) => account === 'wang').map(({ deed }) => deed)).toEqual(
			expect.arrayContaining(['created', 'password', 'disabled'])
		);
	});

	test('is told what it may not do, what is not there, and that nobody is signed in', async () => {
		const page = await pageOf(office);
		expect(await page.createAccount({ name: 'chen', roles: ['worker:qianmen/m2'] })).toEqual({
			outcome: 'denied'
		});
		expect(await page.newLink('nobody')).toEqual({ outcome: 'gone' });
		expect(await page.revokeDevice('nobody', 'phone')).toEqual({ outcome: 'gone' });
		const nobody = officeServer((path, init) => fetch(`${server.url}${path}`, init));
		expect(await nobody.accounts()).toEqual({ outcome: 'signed-out' });
		// Nothing listens on port 1.
		const nowhere = officeServer((path, init) => fetch(`http://127.0.0.1:1${path}`, init));
		expect(await nowhere.accounts()).toEqual({ outcome: 'offline' });
	});

	test('issues a card, sees it in its list, and revokes it', async () => {
		const page = await pageOf(office);
		const household = toScope('qianmen/m1/g3/c12/h1');
		const made = await page.issueCard({ scope: household, uses: 2 });
		if (made.outcome !== 'done') throw new Error(made.outcome);
		expect(made.value.code).toMatch(/^[2-9A-HJKMNP-Z]{8}$/);
		const listed = await page.cards(toScope('qianmen/m1/g3/c12'));
		expect(listed).toMatchObject({
			outcome: 'done',
			value: [{ id: made.value.card.id, uses: 2, joined: [] }]
		});
		expect(await page.revokeCard(made.value.card.id, false)).toMatchObject({
			outcome: 'done',
			value: { revoked: { by: office.name } }
		});
	});

	test('reads its devices and what was handed over', async () => {
		const page = await pageOf(office);
		expect(await page.devices()).toMatchObject({ outcome: 'done' });
		expect(await page.handovers()).toEqual({ outcome: 'done', value: [] });
		expect(await page.decide('nothing', 'drop')).toEqual({ outcome: 'gone' });
	});

	test('takes an answer of another shape for a failure, and nothing rejects', async () => {
		const odd = officeServer(() => Promise.resolve(Response.json({ accounts: [{ name: 1 }] })));
		expect(await odd.accounts()).toMatchObject({ outcome: 'failed' });
		const html = officeServer(() => Promise.resolve(new Response('<html>', { status: 200 })));
		expect(await html.accounts()).toMatchObject({ outcome: 'failed' });
		const busy = officeServer(() =>
			Promise.resolve(new Response('{}', { status: 429, headers: { 'Retry-After': '7' } }))
		);
		expect(await busy.devices()).toEqual({ outcome: 'too-many', seconds: 7 });
	});
});
