import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { namedDevice, type NamedDevice } from '#access/devices-api.ts';
import { isJsonObject } from '#records/json.ts';
import { badRequest, CouchError, methodNotAllowed, unauthorized } from '../couch-error.ts';
import type { ServerEnv } from '../server-env.ts';
import type { Credentials } from './authenticate.ts';
import { accountOf, signIn, signOut, userOf, type SessionDeps } from './session.ts';

const authenticationHandlers = ['cookie', 'default'];

/**
 * CouchDB's `/_session` (CouchDB docs, 1.6.2.2 "Cookie Authentication"), except for its `next` parameter. A login in
 * JSON may name its device, and is then told a secret to hand over with.
 */
export function sessionRoutes(deps: SessionDeps): Hono<ServerEnv> {
	return new Hono<ServerEnv>()
		.get('/', (c) => {
			const user = c.get('user');
			if (c.req.query('basic') === 'true' && user.name === null) throw unauthorized('Please login.');
			const authenticated = c.get('authenticatedBy');
			return c.json({
				ok: true,
				userCtx: user,
				info: {
					authentication_handlers: authenticationHandlers,
					...(authenticated && { authenticated })
				}
			});
		})
		.post('/', async (c) => {
			const { device, ...credentials } = await readLogin(c);
			const account = await accountOf(c, credentials, deps.authenticate);
			const handover = await signIn(c, account, device, deps);
			const { name, roles } = userOf(account, deps);
			return c.json({ ok: true, name, roles, ...(handover !== undefined && { handover }) });
		})
		.delete('/', async (c) => {
			await signOut(c, deps);
			return c.json({ ok: true });
		})
		.all('/', () => {
			throw methodNotAllowed(['GET', 'HEAD', 'POST', 'DELETE']);
		});
}

interface Login extends Credentials {
	readonly device: NamedDevice | undefined;
}

/** A form (nano's and curl's way) or JSON. What is missing counts as empty, and fails as a wrong password does. */
async function readLogin(c: Context<ServerEnv>): Promise<Login> {
	const type = c.req.header('Content-Type') ?? '';
	const fields = /^application\/json\b/i.test(type) ? await readJson(c) : await readForm(c);
	const name = fields['name'] ?? fields['username'];
	const password = fields['password'];
	const device = v.safeParse(v.optional(namedDevice), fields['device']);
	if (!device.success) throw badRequest('`device` must have an id of at most 64 letters, digits, _ and -.');
	return {
		name: typeof name === 'string' ? name : '',
		password: typeof password === 'string' ? password : '',
		device: device.output
	};
}

async function readForm(c: Context<ServerEnv>): Promise<Readonly<Record<string, unknown>>> {
	return await c.req.parseBody().catch((error: unknown) => {
		throw error instanceof CouchError ? error : badRequest('The form cannot be read');
	});
}

async function readJson(c: Context<ServerEnv>): Promise<Readonly<Record<string, unknown>>> {
	const value: unknown = await c.req.json().catch(() => {
		throw badRequest('invalid UTF-8 JSON');
	});
	if (!isJsonObject(value)) throw badRequest('Request body must be a JSON object');
	return value;
}
