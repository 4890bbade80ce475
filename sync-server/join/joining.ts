import { Hono } from 'hono';
import type { UserDocuments } from '../accounts/user-documents.ts';
import { session, type SessionDeps } from '../auth/session.ts';
import type { ServerEnv } from '../server-env.ts';
import type { Databases } from '../storage/databases.ts';
import { cardRoutes } from './card-routes.ts';
import type { Cards } from './cards.ts';
import { Challenges } from './challenges.ts';
import { joinRoutes } from './join-routes.ts';
import { passkeyRoutes } from './passkey-routes.ts';
import { Passkeys } from './passkeys.ts';
import { tabletRoutes } from './tablet-routes.ts';

export interface JoiningDeps {
	readonly cards: Cards;
	readonly databases: Databases;
	readonly session: SessionDeps;
	readonly users: UserDocuments;
}

/** All by which households join, below `/api`: their cards, the way in, passkeys, and what a tablet shows. */
export function joiningRoutes({ cards, databases, session: sessions, users }: JoiningDeps): Hono<ServerEnv> {
	const { accounts, secret, now } = sessions;
	const passkeys = new Passkeys({ users, challenges: new Challenges(secret, now), now });
	const known = session(sessions);

	return new Hono<ServerEnv>()
		.use('/cards/*', known)
		.route('/cards', cardRoutes({ cards, users }))
		.route('/join', joinRoutes({ cards, users, accounts, session: sessions }))
		.use('/passkeys/*', known)
		.route('/passkeys', passkeyRoutes({ passkeys, accounts, session: sessions }))
		.use('/tablet/*', known)
		.route('/tablet', tabletRoutes({ cards, databases, now }));
}
