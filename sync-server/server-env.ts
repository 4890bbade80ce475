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
		/** Who the request is from by now, as a feed may stay open for long: nobody when the session has ended. */
		reauthenticate: () => Promise<User>;
		authenticatedBy: AuthenticatedBy | undefined;
		/** The id of the device whose session it is; undefined without a session. */
		device: string | undefined;
	};
}
