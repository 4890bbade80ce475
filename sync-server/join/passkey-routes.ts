import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { newPasskey, passkeyLogin } from '#access/passkeys-api.ts';
import type { NamedDevice } from '#access/devices-api.ts';
import type { Account, Accounts } from '../auth/account.ts';
import { signIn, type SessionDeps } from '../auth/session.ts';
import { badRequest, forbidden, unauthorized } from '../couch-error.ts';
import type { ServerEnv } from '../server-env.ts';
import { isJoined } from './joined-account.ts';
import type { Passkeys } from './passkeys.ts';
import { RateLimit } from './rate-limit.ts';
import { relyingParty } from './relying-party.ts';

export interface PasskeyDeps {
	readonly passkeys: Passkeys;
	readonly accounts: Accounts;
	readonly session: Pick<SessionDeps, 'devices' | 'secret' | 'now'>;
}

/** Of one address: a whole courtyard may share it. */
const allowances = [{ tries: 60, seconds: 60 }];

/** Passkeys of devices that joined: `src/access/passkeys-api.ts`. */
export function passkeyRoutes({ passkeys, accounts, session }: PasskeyDeps): Hono<ServerEnv> {
	const limit = new RateLimit(allowances);

	async function answer(c: Context<ServerEnv>, account: Account, device: NamedDevice) {
		const handover = await signIn(c, account, device, session);
		return { name: account.name, roles: account.roles, handover };
	}

	return new Hono<ServerEnv>()
		.use(async (c, next) => {
			await limit.enter(c.get('client').address);
			await next();
		})
		.post('/options', async (c) =>
			c.json(await passkeys.registrationOptions(joinedAccount(c), relyingParty(c.get('client'))))
		)
		.post('/', async (c) => {
			const name = joinedAccount(c);
			const parsed = v.safeParse(newPasskey, await c.req.json().catch(() => undefined));
			if (!parsed.success) throw badRequest('Expected JSON with response and device.');
			const { response, device } = parsed.output;
			const kept = await passkeys.register(name, response, relyingParty(c.get('client')));
			// The secret is gone, and with it the session that this request came with.
			const account = kept ? await accounts.find(name) : undefined;
			if (!account) throw badRequest('The passkey does not answer what was asked.');
			return c.json(await answer(c, account, device), 201);
		})
		.post('/login-options', async (c) => c.json(await passkeys.loginOptions(relyingParty(c.get('client')))))
		.post('/login', async (c) => {
			const parsed = v.safeParse(passkeyLogin, await c.req.json().catch(() => undefined));
			if (!parsed.success) throw badRequest('Expected JSON with response and device.');
			const { response, device } = parsed.output;
			const account = await passkeys.login(response, relyingParty(c.get('client')));
			if (!account) throw unauthorized('This passkey does not open, or no longer.');
			return c.json(await answer(c, account, device));
		});
}

/** The name of the account whose session this is. @throws CouchError 401, or 403 when it did not join by a card. */
function joinedAccount(c: Context<ServerEnv>): string {
	const { name, roles } = c.get('user');
	if (name === null) throw unauthorized('Please login.');
	if (!isJoined(roles)) throw forbidden('Only for devices that joined by a card.');
	return name;
}
