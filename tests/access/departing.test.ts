import { expect, test } from 'vitest';
import { departFrom } from '#access/departing.ts';
import { MemoryDevice } from '../sync/memory-device.ts';

const home = 'qianmen/caochang/g3/c12/h04';
const yard = 'qianmen/caochang/g3/c12';
const departure = { handedOver: 2, drafts: 0 };

test.each([
	['a household’s phone', `resident:${home}`, true, 'resident'],
	['a courtyard’s tablet', `tablet:${yard}`, true, 'tablet'],
	['whoever has a password', 'worker:qianmen/caochang/g3', false, undefined]
])('%s leaves word of how it came in', async (_who, role, byCard, joined) => {
	const device = new MemoryDevice('home-b');
	await device.keepAccount({ name: 'home-b', roles: [role] });
	if (byCard) await device.keepCredential('home-b', { how: 'passkey' });
	await departFrom(device, 'home-b', departure);
	expect(await device.departure()).toEqual(joined ? { ...departure, joined } : departure);
	expect(await device.account()).toBeUndefined();
	expect(await device.joinedAccounts()).toEqual([]);
});

test('who comes second to take an account off leaves the word of the first', async () => {
	const device = new MemoryDevice('li');
	await device.keepHandover('li', { secret: 'own', count: 2 });
	await departFrom(device, 'li', departure);
	await departFrom(device, 'li', { handedOver: 0, drafts: 0 });
	expect(await device.departure()).toEqual(departure);
});
