import * as v from 'valibot';
import { expect, test } from 'vitest';
import type { DeviceStanding, ErasedHousehold } from '#access/devices-api.ts';
import type { DeviceStore } from '#records/device-store.ts';
import { openUnlocked } from '#storage/account-store.ts';
import { destroyStore, isNewHere } from '#storage/destroying.ts';
import { dropSealed } from '#storage/dropping-sealed.ts';
import { leaveKept } from '#sync/kept-accounts.ts';
import { newDevice } from '../app/devices.ts';
import { checkIn, ids } from '../storage/records.ts';
import { clock, freshAccount, loaded, openAnew } from '../storage/stores.ts';

const roles = ['worker:qianmen/caochang/g3'];
const sent = v.object({ records: v.array(v.looseObject({ _id: v.string() })) });

type Standings = Readonly<Record<string, DeviceStanding['standing']>>;

/** A server that knows how each account stands; `takes` says whether it keeps what is handed over. */
function office(standings: Standings, takes = true, erased: readonly ErasedHousehold[] = []) {
	const handedOver: string[] = [];
	const asked: string[] = [];
	const fetch = (url: string | Request, init?: RequestInit): Promise<Response> => {
		const authorization = new Headers(init?.headers).get('Authorization') ?? '';
		const [account = ''] = atob(authorization.replace('Device ', '')).split(':');
		if ((url instanceof Request ? url.url : url).endsWith('/api/device')) {
			asked.push(account);
			return Promise.resolve(Response.json({ standing: standings[account], erased }));
		}
		const body: unknown = JSON.parse(typeof init?.body === 'string' ? init.body : '');
		const ids = v.parse(sent, body).records.map(({ _id }) => _id);
		if (!takes)
			return Promise.resolve(
				Response.json({ kept: [], refused: ids.map((id) => ({ id, reason: 'shape: no' })) })
			);
		handedOver.push(...ids);
		return Promise.resolve(Response.json({ kept: ids, refused: [] }));
	};
	return { handedOver, asked, wire: { origin: 'https://office.example', fetch } };
}

/** An account that has signed out and left its contents here: one record waits, one is delivered. */
async function keptBy(device: DeviceStore): Promise<{ readonly account: string; readonly waiting: string }> {
	const account = freshAccount();
	const store = await openAnew(account);
	const [delivered, waiting] = [checkIn(1), checkIn(2)];
	await store.save({ revisions: [delivered, waiting] });
	await store.settle([{ id: delivered._id, outcome: 'delivered' }], clock().toISOString());
	store.close();
	await device.keepHandover(account, { secret: 'secret', count: 0 });
	return { account, waiting: waiting._id };
}

function leave(device: DeviceStore, wire: ReturnType<typeof office>['wire']): Promise<boolean> {
	const openStore = (account: string) => openUnlocked({ account, now: clock });
	return leaveKept({ device, wire, now: clock, openStore, dropSealed, destroyStore });
}

test('what a dismissed account left here when it signed out is handed over and goes, beside others that stay', async () => {
	const device = newDevice().open();
	const [revoked, closed, active, here] = [
		await keptBy(device),
		await keptBy(device),
		await keptBy(device),
		await keptBy(device)
	];
	await device.keepAccount({ name: here.account, roles });
	const server = office({
		[revoked.account]: 'revoked',
		[closed.account]: 'closed',
		[active.account]: 'active',
		[here.account]: 'revoked'
	});
	expect(await leave(device, server.wire)).toBe(true);
	expect(server.handedOver.toSorted()).toEqual([revoked.waiting, closed.waiting].toSorted());
	expect(server.asked).not.toContain(here.account);
	expect(await Promise.all([revoked, closed, active, here].map(({ account }) => isNewHere(account)))).toEqual(
		[true, true, false, false]
	);
	expect(await device.handoverAccounts()).toEqual([active.account, here.account].toSorted());
	expect(await device.departure()).toBeUndefined();
	expect(await leave(device, server.wire)).toBe(false);
});

test('with nobody signed in the device tells what was taken off it', async () => {
	const device = newDevice().open();
	const { account } = await keptBy(device);
	expect(await leave(device, office({ [account]: 'revoked' }).wire)).toBe(true);
	expect(await device.departure()).toEqual({ handedOver: 1, drafts: 0 });
});

test('without a network, or where the server does not take what is only here, it stays', async () => {
	const device = newDevice().open();
	const { account } = await keptBy(device);
	const offline = { origin: 'https://office.example', fetch: () => Promise.reject(new TypeError('offline')) };
	expect(await leave(device, offline)).toBe(false);
	expect(await leave(device, office({ [account]: 'revoked' }, false).wire)).toBe(false);
	expect(await isNewHere(account)).toBe(false);
	expect(await leave(device, office({ [account]: 'revoked' }).wire)).toBe(true);
	expect(await isNewHere(account)).toBe(true);
});

test('what was erased goes from an account that may stay, beside what waits', async () => {
	const device = newDevice().open();
	const { account, waiting } = await keptBy(device);
	const household = checkIn(1).scope;
	const erased = [{ id: 'k3v9x0ab', household, before: clock().toISOString() }];
	expect(await leave(device, office({ [account]: 'active' }, true, erased).wire)).toBe(false);
	const store = await openAnew(account);
	expect(ids(await loaded(store, ['2026-09']))).toEqual([waiting]);
	store.close();
	expect(await device.handoverAccounts()).toEqual([account]);
});
