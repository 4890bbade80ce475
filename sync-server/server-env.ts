import type { HttpBindings } from '@hono/node-server';
import type { Client } from './client.ts';
import type { User } from './user.ts';

/** How a request showed who it is from, in CouchDB's words: a session's cookie, or HTTP Basic. */
export type AuthenticatedBy = 'cookie' | 'default';

/** What the shell's middleware hands down with each request. */
export interface ServerEnv {
	Bindings: HttpBindings;
	Variables: {
		requestId: string;
		client: Client;
		user: User;
		authenticatedBy: AuthenticatedBy | undefined;
	};
}
