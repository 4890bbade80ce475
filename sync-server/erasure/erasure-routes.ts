import { Hono } from 'hono';
import { erasureRequest } from '#access/erasure-api.ts';
import { grantsOf } from '#access/grant.ts';
import { mayDecideFor } from '#access/managing.ts';
import { isScope, levelOf, type Scope } from '#records/scope.ts';
import { parsedBody } from '../api/parsed-body.ts';
import { signedIn } from '../auth/signed-in.ts';
import { badRequest, forbidden, methodNotAllowed } from '../couch-error.ts';
import type { ServerEnv } from '../server-env.ts';
import { isAdmin, type User } from '../user.ts';
import { toErasure } from './erasure-doc.ts';
import type { Erasures } from './erasures.ts';

const maxBody = 16 * 1024;

/** `/api/erasures`: #access/erasure-api.ts. Mounted after the session. */
export function erasureRoutes(erasures: Erasures): Hono<ServerEnv> {
	return new Hono<ServerEnv>()
		.get('/', (c) => {
			const user = signedIn(c);
			const own = erasures.all().filter(({ household }) => mayErase(user, household));
			return c.json({ erasures: own.map(toErasure) });
		})
		.get('/outlook', async (c) => {
			const user = signedIn(c);
			const household = c.req.query('household');
			if (!isScope(household) || levelOf(household) !== 'household')
				throw badRequest('`household` must be the path of a household.');
			requireOffice(user, household);
			return c.json(await erasures.outlook(household));
		})
		.post('/', async (c) => {
			const user = signedIn(c);
			const { household } = await parsedBody(c.req.raw, erasureRequest, maxBody);
			requireOffice(user, household);
			return c.json(toErasure(await erasures.begin(household, user.name)), 202);
		})
		.on('ALL', ['/', '/outlook'], () => {
			throw methodNotAllowed(['GET', 'HEAD', 'POST']);
		});
}

function requireOffice(user: User, household: Scope): void {
	if (!mayErase(user, household)) throw forbidden(`You are no office of ${household}.`);
}

function mayErase(user: User, household: Scope): boolean {
	return isAdmin(user) || mayDecideFor(grantsOf(user.roles), household);
}
