import { expect, test } from 'vitest';
import type { SignIn } from '#access/account-server.ts';
import type { Joined } from '#access/cards-api.ts';
import type { NamedDevice } from '#access/devices-api.ts';
import type { JoinServer } from '#access/join-server.ts';
import { WayIn } from '#app/way-in.ts';
import type { LastAccount } from '#records/device-store.ts';
import { newDevice } from './devices.ts';

const home: Joined = {
	name: 'home-2345abcdef',
	roles: ['resident:qianmen/caochang/g3/c12/h04'],
	secret: 'the secret',
	handover: 'to hand over'
};

/** A phone at a server that lets the household in with one code, its secret while it stands, and its passkey. */
function phone() {
	const world = { reachable: true, secretStands: true, passkey: false, offersPasskey: true };
	const tries: string[] = [];
	const entered: LastAccount[] = [];
	const devices: NamedDevice[] = [];
	const device = newDevice().open();
	const session = { name: home.name, roles: home.roles, handover: 'another' };
	const server: JoinServer = {
		join(code, named) {
			devices.push(named);
			if (!world.reachable) return Promise.resolve({ outcome: 'offline' });
			return Promise.resolve(code === '23456789' ? { outcome: 'done', value: home } : { outcome: 'gone' });
		},
		offersPasskey: () => Promise.resolve(world.offersPasskey),
		makePasskey() {
			world.passkey = true;
			world.secretStands = false;
			// The answer is lost when the network breaks off.
			return Promise.resolve(world.reachable ? { outcome: 'done', value: session } : { outcome: 'offline' });
		},
		signInByPasskey() {
			tries.push('passkey');
			return Promise.resolve(world.passkey ? { outcome: 'done', value: session } : { outcome: 'declined' });
		}
	};
	const wayIn = () =>
		new WayIn(
			{
				parts: { device, deviceLabel: '安卓手机 Chrome' },
				signIn(name, password): Promise<SignIn> {
					tries.push('secret');
					if (!world.reachable) return Promise.resolve({ outcome: 'offline' });
					const right = name === home.name && password === home.secret && world.secretStands;
					return Promise.resolve(
						right ? { outcome: 'signed-in', name, roles: home.roles } : { outcome: 'wrong' }
					);
				},
				enter(account) {
					entered.push(account);
					return Promise.resolve();
				}
			},
			() => Promise.resolve(server)
		);
	return { world, device, devices, tries, entered, wayIn };
}

test('what opens the account again is on the disk before anyone is told of joining', async () => {
	const { device, devices, wayIn } = phone();
	expect(await wayIn().join('23456789')).toEqual({ outcome: 'done', value: home });
	expect(await device.credential(home.name)).toEqual({ how: 'secret', secret: home.secret });
	expect(await device.handover(home.name)).toEqual({ secret: home.handover, count: 0 });
	expect(await device.account()).toEqual({ name: home.name, roles: home.roles });
	expect(await device.joinedAccounts()).toEqual([home.name]);
	expect(devices).toEqual([{ id: await device.id(), label: '安卓手机 Chrome' }]);
});

test('a code that does not open leaves nothing behind', async () => {
	const { device, wayIn } = phone();
	expect(await wayIn().join('98765432')).toEqual({ outcome: 'gone' });
	expect(await device.account()).toBeUndefined();
	expect(await device.joinedAccounts()).toEqual([]);
});

test('with its secret it signs in again with nobody asked, and waits for a network where there is none', async () => {
	const { world, wayIn } = phone();
	const own = wayIn();
	await own.join('23456789');
	expect(await own.silently(home.name)).toBe('signed-in');
	world.reachable = false;
	expect(await own.silently(home.name)).toBe('offline');
	expect(await own.silently('someone')).toBe('none');
});

test('a passkey takes the secret’s place, and asks for a tap', async () => {
	const { device, tries, entered, wayIn } = phone();
	const own = wayIn();
	await own.join('23456789');
	expect((await own.makePasskey()).outcome).toBe('done');
	expect(await device.credential(home.name)).toEqual({ how: 'passkey' });
	expect(await own.silently(home.name)).toBe('tap');
	expect(tries).toEqual([]);
	expect(await own.byTap(home.name)).toBe('signed-in');
	expect(entered).toEqual([{ name: home.name, roles: home.roles }]);
});

test('when the answer of a new passkey was lost, one tap finds it, and the dead secret is tried once', async () => {
	const { world, device, tries, wayIn } = phone();
	const own = wayIn();
	await own.join('23456789');
	world.reachable = false;
	expect((await own.makePasskey()).outcome).toBe('offline');
	world.reachable = true;
	expect(await own.silently(home.name)).toBe('tap');
	expect(await own.silently(home.name)).toBe('tap');
	expect(await own.byTap(home.name)).toBe('signed-in');
	expect(tries).toEqual(['secret', 'passkey']);
	expect(await device.credential(home.name)).toEqual({ how: 'passkey' });
});

test('a phone that was shut out is told so, and one whose owner declines may tap again', async () => {
	const { world, wayIn } = phone();
	const own = wayIn();
	await own.join('23456789');
	world.secretStands = false;
	expect(await own.byTap(home.name)).toBe('declined');
	world.offersPasskey = false;
	expect(await own.byTap(home.name)).toBe('ended');
});

test('a credential goes when its account is forgotten or taken off the device, and no other goes with it', async () => {
	const { device } = phone();
	for (const name of ['home-a', 'home-b', 'home-c']) await device.keepCredential(name, { how: 'passkey' });
	await device.forgetCredential('home-a');
	expect(await device.joinedAccounts()).toEqual(['home-b', 'home-c']);
	await device.depart('home-b', { handedOver: 0, drafts: 0 });
	expect(await device.joinedAccounts()).toEqual(['home-c']);
	expect(await device.credential('home-b')).toBeUndefined();
});
