import type { Context } from 'hono';
import { unauthorized } from '../couch-error.ts';
import type { ServerEnv } from '../server-env.ts';
import type { User } from '../user.ts';

/** Who a request to `/api/` is from. @throws CouchError 401 when it is nobody's. */
export function signedIn(c: Context<ServerEnv>): User & { readonly name: string } {
	const { name, roles } = c.get('user');
	if (name === null) throw unauthorized('Sign in first.');
	return { name, roles };
}
