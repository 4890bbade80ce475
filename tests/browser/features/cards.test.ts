import { mount, unmount } from 'svelte';
import { page } from 'vitest/browser';
import { expect, onTestFinished, test } from 'vitest';
import type { IssuedCard } from '#access/cards-api.ts';
import type { KnownDevice } from '#access/devices-api.ts';
import { Workplace } from '#app/workplace.svelte.ts';
import { CardIssuing } from '#features/cards/card-issuing.svelte.ts';
import { overwriteGetLocale } from '#paraglide/runtime.js';
import { clock, freshAccount, opened } from '../storage/stores.ts';
import { household } from './household-records.ts';
import JoinedDevicesHost from './JoinedDevicesHost.svelte';

const at = '2026-11-20T01:00:00.000Z';

function device(account: string, label: string, more: Partial<KnownDevice> = {}): KnownDevice {
	const times = { firstSeen: at, lastContact: at };
	return { account, device: `${account}-1`, label, ...times, roles: [`resident:${household}`], ...more };
}

test('a worker sees which phones joined for a household, whatever became of their card, and shuts one out', async () => {
	overwriteGetLocale(() => 'zh-CN');
	const name = freshAccount();
	const store = await opened(name);
	const workplace = new Workplace({ name, roles: ['worker:qianmen/caochang/g3'] }, 'device', store, clock);
	onTestFinished(await workplace.open(['2026-11'], () => {}));
	const revoked: string[] = [];
	const known = () => [
		device('home-a', '安卓手机', revoked.includes('home-a') ? { closed: true } : {}),
		device('home-b', '苹果手机', { revoked: { at, by: 'li' } }),
		device('home-c', '别家的手机', { roles: ['resident:qianmen/caochang/g3/c01/h02'] }),
		device(name, '网格员的手机', { roles: ['worker:qianmen/caochang/g3/c01'] })
	];
	const server = {
		devices: () => Promise.resolve({ outcome: 'done' as const, value: known() }),
		revokeDevice: (account: string) => {
			revoked.push(account);
			return Promise.resolve({ outcome: 'done' as const, value: undefined });
		}
	};
	const target = document.body.appendChild(document.createElement('div'));
	const host = mount(JoinedDevicesHost, { target, props: { workplace, scope: household, server } });
	onTestFinished(async () => {
		await unmount(host);
		target.remove();
	});
	await expect.element(page.getByText('安卓手机', { exact: true })).toBeVisible();
	for (const other of ['苹果手机', '别家的手机', '网格员的手机'])
		expect(page.getByText(other).query()).toBeNull();
	await page.getByRole('button', { name: '停掉 home-a 的 安卓手机' }).click();
	await page.getByRole('button', { name: '停掉这台设备' }).click();
	await expect.element(page.getByText('没有还能用的。')).toBeVisible();
	expect(revoked).toEqual(['home-a']);
});

test('a card that was just made and is revoked is not printed', async () => {
	const card = (id: string): IssuedCard => ({
		...{ id, scope: household, by: 'li', at, expires: '2026-12-20T01:00:00.000Z', uses: 1, joined: [] }
	});
	const issuing = new CardIssuing(
		household,
		{
			cards: () => Promise.resolve({ outcome: 'done', value: [] }),
			issueCard: () => Promise.resolve({ outcome: 'done', value: { card: card('one'), code: 'AAAA-AAAA' } }),
			revokeCard: (id) =>
				Promise.resolve({ outcome: 'done', value: { ...card(id), revoked: { at, by: 'li' } } })
		},
		clock
	);
	await issuing.issue([household], 1);
	expect(issuing.made).toHaveLength(1);
	await issuing.revoke(card('one'), false);
	expect(issuing.made).toEqual([]);
	expect(issuing.cards.value).toMatchObject([{ id: 'one', revoked: { by: 'li' } }]);
});
