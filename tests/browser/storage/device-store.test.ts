import { expect, test } from 'vitest';
import { newDevice } from '../app/devices.ts';

test('a device names itself once, also when two tabs ask at the same time', async () => {
	const device = newDevice();
	const [one, other] = [device.open(), device.open()];
	const [first, second] = await Promise.all([one.id(), other.id()]);
	expect(second).toBe(first);
	expect(await one.id()).toBe(first);
	expect(first).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
});

test('the last account and the settings are there for the next start, and for the worker', async () => {
	const device = newDevice();
	const page = device.open();
	expect(await page.account()).toBeUndefined();
	expect(await page.settings()).toEqual({ theme: 'auto' });
	await page.keepAccount({ name: '王网格', roles: ['worker:qianmen/caochang/g3'] });
	await page.keepSettings({ largeType: true, theme: 'dark' });

	const worker = device.open();
	expect(await worker.account()).toEqual({ name: '王网格', roles: ['worker:qianmen/caochang/g3'] });
	expect(await worker.settings()).toEqual({ largeType: true, theme: 'dark' });
	await worker.forgetAccount();
	expect(await page.account()).toBeUndefined();
	expect(await page.settings()).toEqual({ largeType: true, theme: 'dark' });
});

test('forms filled in before anyone signed in are kept', async () => {
	const store = newDevice().open();
	const draft = { key: 'set-up', at: '2026-11-23T08:00:00.000Z', value: { code: 'qianmen' } };
	await store.keepDraft(draft);
	expect(await store.draft('set-up')).toEqual(draft);
	await store.dropDraft('set-up');
	expect(await store.draft('set-up')).toBeUndefined();
});

test('what a device hands over with goes with the account, and that it went is told until somebody signs in', async () => {
	const device = newDevice();
	const page = device.open();
	const account = { name: '王网格', roles: [] };
	await page.keepAccount(account);
	await page.keepHandover(account.name, { secret: 'secret', count: 0 });
	await page.keepHandover('李网格', { secret: 'another', count: 2 });
	await page.keepCredential(account.name, { how: 'secret', secret: 'own' });
	await page.depart(account.name, { handedOver: 5, drafts: 1 });

	const worker = device.open();
	expect(await worker.account()).toBeUndefined();
	expect(await worker.handover(account.name)).toBeUndefined();
	expect(await worker.credential(account.name)).toBeUndefined();
	expect(await worker.handover('李网格')).toEqual({ secret: 'another', count: 2 });
	expect(await worker.departure()).toEqual({ handedOver: 5, drafts: 1 });
	// Both found the device dismissed; who comes second finds no count any more.
	await worker.depart(account.name, { handedOver: 0, drafts: 0 });
	expect(await page.departure()).toEqual({ handedOver: 5, drafts: 1 });
	await worker.keepAccount(account);
	await worker.depart('李网格', { handedOver: 2, drafts: 0 });
	expect(await page.account()).toEqual(account);
	await page.keepAccount(account);
	expect(await page.departure()).toBeUndefined();
});
