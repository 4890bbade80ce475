import { Hono } from 'hono';
import {
	handover,
	type DeviceStanding,
	type ErasedHousehold,
	type HandoverAnswer
} from '#access/devices-api.ts';
import { grantsOf } from '#access/grant.ts';
import { mayRead } from '#access/rights.ts';
import { databaseOf } from '#records/database-name.ts';
import type { Revision } from '#records/revision.ts';
import { parsedBody } from '../api/parsed-body.ts';
import type { Accounts } from '../auth/account.ts';
import { methodNotAllowed, tooLarge } from '../couch-error.ts';
import { erasedWords, type ErasedBefore } from '../erasure/erased-words.ts';
import type { Databases } from '../storage/databases.ts';
import { anyBuried } from '../storage/tombstones.ts';
import { checkHandover } from './check-handover.ts';
import { deviceAuthorization, type DeviceEnv } from './device-authorization.ts';
import type { Device } from './device.ts';
import type { Devices } from './devices.ts';
import type { Handovers } from './handovers.ts';

export interface HandoverDeps {
	readonly accounts: Accounts;
	readonly devices: Devices;
	readonly handovers: Handovers;
	readonly databases: Pick<Databases, 'get'>;
	readonly erasedBefore: ErasedBefore;
	readonly erasures: () => readonly ErasedHousehold[];
}

const maxBody = 16 * 1024 * 1024;
/** Records and photos of one request. */
const maxItems = 500;

/**
 * `/api/device` and `/api/handover`, for devices that show their secret: #access/devices-api.ts. The secret opens
 * nothing else, and tells beside how the device stands which households were erased within its account's places.
 */
export function handoverRoutes({
	accounts,
	devices,
	handovers,
	databases,
	erasedBefore,
	erasures
}: HandoverDeps): Hono<DeviceEnv> {
	async function standingOf({ account, revoked }: Device): Promise<DeviceStanding> {
		const known = await accounts.find(account);
		if (!known) return { standing: 'closed', erased: [] };
		if (revoked) return { standing: 'revoked', erased: [] };
		const grants = grantsOf(known.roles);
		const erased = erasures().filter(({ household }) => mayRead(grants, 'erasure', household));
		return {
			standing: 'active',
			erased: erased.map(({ id, household, before }) => ({ id, household, before }))
		};
	}

	function erased(revision: Revision) {
		return erasedWords(revision, erasedBefore, async (ids) => {
			const home = await databases.get(databaseOf(revision.scope));
			return home !== undefined && (await anyBuried(home, ids));
		});
	}

	const authorized = deviceAuthorization(devices);
	return new Hono<DeviceEnv>()
		.get('/device', authorized, async (c) => {
			const device = c.get('bearer');
			await devices.contact(device);
			return c.json(await standingOf(device));
		})
		.post('/handover', authorized, async (c) => {
			const device = c.get('bearer');
			const sent = await parsedBody(c.req.raw, handover, maxBody);
			if (sent.records.length + sent.photos.length > maxItems) throw tooLarge(`more than ${maxItems} items`);
			const checked = await checkHandover(device.account, sent, erased);
			await handovers.keep(device, checked);
			const kept = [...checked.records, ...checked.photos].map(({ _id }) => _id);
			const answer: HandoverAnswer = { kept, refused: [...checked.refused] };
			return c.json(answer);
		})
		.on('ALL', ['/device', '/handover'], () => {
			throw methodNotAllowed(['GET', 'HEAD', 'POST']);
		});
}
