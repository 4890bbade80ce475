import type { Departure, DeviceStore } from '#records/device-store.ts';
import { grantsOf } from './grant.ts';

/**
 * Takes an account off a device for good. Whose device it was stays known there when it joined by a card: those
 * who use it know no password, and come back by a card. @throws StoreError
 */
export async function departFrom(
	device: DeviceStore,
	account: string,
	departure: Omit<Departure, 'joined'>
): Promise<void> {
	const [last, credential] = await Promise.all([device.account(), device.credential(account)]);
	const roles = last?.name === account ? last.roles : [];
	const joined = grantsOf(roles).some(({ role }) => role === 'tablet') ? 'tablet' : 'resident';
	await device.depart(account, credential ? { ...departure, joined } : departure);
}
