import { Hono } from 'hono';
import type { KnownDevice } from '#access/devices-api.ts';
import { managesDevices, nameOf, toManaged } from '../accounts/managed.ts';
import type { JsonObject } from '#records/json.ts';
import type { UserDocuments } from '../accounts/user-documents.ts';
import { signedIn } from '../auth/signed-in.ts';
import { rolesOf } from '../auth/stored-form.ts';
import { badRequest, forbidden, methodNotAllowed, notFound } from '../couch-error.ts';
import { isJoined, shutOut } from '../join/joined-account.ts';
import type { ServerEnv } from '../server-env.ts';
import type { User } from '../user.ts';
import { toKnown } from './device.ts';
import type { Devices } from './devices.ts';

export interface DevicesRoutesDeps {
	readonly devices: Devices;
	readonly users: UserDocuments;
}

/** `/api/devices`: #access/devices-api.ts. Mounted after the session. */
export function devicesRoutes({ devices, users }: DevicesRoutesDeps): Hono<ServerEnv> {
	async function requireManaged(user: User, account: string): Promise<void> {
		const doc = await users.findEver(account);
		if (!doc) throw notFound('There is no such account.');
		if (!managesDevices(user, rolesOf(doc))) throw forbidden('This device is not yours to revoke.');
	}

	return new Hono<ServerEnv>()
		.get('/', async (c) => {
			const user = signedIn(c);
			const managed = (await users.everyone()).filter((doc) => managesDevices(user, rolesOf(doc)));
			const owners = new Map(managed.map((doc) => [nameOf(doc), ownerOf(doc)]));
			const known = (await devices.all())
				.filter(({ account }) => account === user.name || owners.has(account))
				.map((device) => toKnown(device, owners.get(device.account)));
			return c.json({ devices: known.sort((a, b) => (a.lastContact < b.lastContact ? 1 : -1)) });
		})
		.post('/:account/:device/revoke', async (c) => {
			const user = signedIn(c);
			const { account, device } = c.req.param();
			if (account !== user.name) await requireManaged(user, account);
			else if (device === c.get('device')) throw badRequest('Sign out on this device instead.');
			if (!(await devices.revoke(account, device, user.name))) throw notFound('There is no such device.');
			// A device that joined signs in by itself: revoked, it would be back at once.
			const doc = account === user.name ? undefined : await users.find(account);
			if (doc && isJoined(rolesOf(doc))) await shutOut(account, user.name, users);
			return c.json({ ok: true });
		})
		.on('ALL', ['/', '/:account/:device/revoke'], () => {
			throw methodNotAllowed(['GET', 'HEAD', 'POST']);
		});
}

type Owner = Pick<KnownDevice, 'roles' | 'display' | 'closed'>;

/** What an account is for, whose it is, and whether it is disabled. */
function ownerOf(doc: JsonObject): Owner {
	const { roles, display, disabled } = toManaged(doc);
	return { roles, ...(display !== undefined && { display }), ...(disabled && { closed: true }) };
}
