import { Hono, type Context } from 'hono';
import { isJsonObject } from '#records/json.ts';
import { badRequest, methodNotAllowed, unauthorized } from '../couch-error.ts';
import type { ServerEnv } from '../server-env.ts';
import type { Credentials } from './authenticate.ts';
import { accountOf, endSession, startSession, type SessionDeps } from './session.ts';

const authenticationHandlers = ['cookie', 'default'];

/** CouchDB's `/_session` (CouchDB docs, 1.6.2.2 "Cookie Authentication"), except for its `next` parameter. */
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
			const account = await accountOf(c, await readCredentials(c), deps.authenticate);
			startSession(c, account, deps);
			return c.json({ ok: true, name: account.name, roles: account.roles });
		})
		.delete('/', (c) => {
			endSession(c);
			return c.json({ ok: true });
		})
		.all('/', () => {
			throw methodNotAllowed(['GET', 'HEAD', 'POST', 'DELETE']);
		});
}

/** A form (nano's and curl's way) or JSON. What is missing counts as empty, and fails as a wrong password does. */
async function readCredentials(c: Context<ServerEnv>): Promise<Credentials> {
	const type = c.req.header('Content-Type') ?? '';
	const fields = /^application\/json\b/i.test(type) ? await readJson(c) : await c.req.parseBody();
	const name = fields['name'] ?? fields['username'];
	const password = fields['password'];
	return {
		name: typeof name === 'string' ? name : '',
		password: typeof password === 'string' ? password : ''
	};
}

async function readJson(c: Context<ServerEnv>): Promise<Readonly<Record<string, unknown>>> {
	const value: unknown = await c.req.json().catch(() => {
		throw badRequest('invalid UTF-8 JSON');
	});
	if (!isJsonObject(value)) throw badRequest('Request body must be a JSON object');
	return value;
}
