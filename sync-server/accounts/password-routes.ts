import { Hono } from 'hono';
import { passwordRequest } from '#access/accounts-api.ts';
import { parsedBody } from '../api/parsed-body.ts';
import { bearerToken } from '../auth/bearer-token.ts';
import { hashOfSecret } from '../auth/secret.ts';
import { tryLimit } from '../auth/try-limit.ts';
import { methodNotAllowed, notFound } from '../couch-error.ts';
import type { ServerEnv } from '../server-env.ts';
import type { AccountsDeps } from './accounts-routes.ts';
import { opens } from './link.ts';

const maxBody = 16 * 1024;
const closed = () => notFound('This link has been used or has expired. Ask your office for a new one.');

/**
 * `/api/password`: whoever has an account's latest link sets its password, once. The new one ends the link and,
 * by its salt, every session of before. Of several at the same time one wins.
 */
export function passwordRoutes({ users, now }: AccountsDeps): Hono<ServerEnv> {
	return new Hono<ServerEnv>()
		.use(tryLimit())
		.get('/', async (c) => {
			const token = bearerToken(c);
			const name = await users.nameOfLink(hashOfSecret(token));
			const doc = name === undefined ? undefined : await users.find(name);
			if (name === undefined || !doc || !opens(doc, token, now())) throw closed();
			return c.json({ name });
		})
		.post('/', async (c) => {
			const { token, password } = await parsedBody(c.req.raw, passwordRequest, maxBody);
			const hash = hashOfSecret(token);
			const name = await users.nameOfLink(hash);
			if (name === undefined) throw closed();
			const changed = await users.change(name, name, (stored) => {
				if (!opens(stored, token, now())) throw closed();
				return { ...stored, password };
			});
			if (!changed) throw closed();
			await users.forgetLink(hash);
			return c.json({ name });
		})
		.all('/', () => {
			throw methodNotAllowed(['GET', 'HEAD', 'POST']);
		});
}
