import { Hono } from 'hono';
import * as v from 'valibot';
import { grantsOf } from '#access/grant.ts';
import { mayDecideFor } from '#access/managing.ts';
import type { Scope } from '#records/scope.ts';
import type { CouchDeps } from '../api/couch-deps.ts';
import { parsedBody } from '../api/parsed-body.ts';
import { signedIn } from '../auth/signed-in.ts';
import { CouchError, forbidden, methodNotAllowed, notFound } from '../couch-error.ts';
import { Turns } from '../join/turns.ts';
import type { ServerEnv } from '../server-env.ts';
import { isAdmin, type User } from '../user.ts';
import type { Handovers } from './handovers.ts';
import { takeIn } from './take-in.ts';

export interface DecisionsDeps {
	readonly couch: CouchDeps;
	readonly handovers: Handovers;
}

const request = v.strictObject({ decision: v.picklist(['accept', 'drop']) });
const maxBody = 16 * 1024;
/** In one answer; undecided ones first. */
const maxListed = 1_000;

/** `/api/handovers`: #access/devices-api.ts. Mounted after the session. */
export function decisionsRoutes({ couch, handovers }: DecisionsDeps): Hono<ServerEnv> {
	const turns = new Turns();

	return new Hono<ServerEnv>()
		.get('/', async (c) => {
			const user = signedIn(c);
			return c.json({ handovers: await handovers.list((scope) => mayDecide(user, scope), maxListed) });
		})
		.post('/:id', async (c) => {
			const user = signedIn(c);
			const { decision } = await parsedBody(c.req.raw, request, maxBody);
			// One after another: what is accepted cannot be dropped meanwhile.
			const decided = await turns.take(c.req.param('id'), async () => {
				const handover = await handovers.find(c.req.param('id'));
				if (!handover) throw notFound();
				if (!mayDecide(user, handover.record.scope)) throw forbidden('This is for another office to decide.');
				if (handover.decided?.decision === decision) return handover;
				if (handover.decided)
					throw new CouchError(409, 'conflict', `${handover.decided.by} has decided otherwise.`);
				if (decision === 'accept') await takeIn(handover, user, { couch, handovers });
				return await handovers.decide(handover, decision, user.name);
			});
			if (!decided) throw notFound();
			return c.json(decided);
		})
		.on('ALL', ['/', '/:id'], () => {
			throw methodNotAllowed(['GET', 'HEAD', 'POST']);
		});
}

function mayDecide(user: User, scope: Scope): boolean {
	return isAdmin(user) || mayDecideFor(grantsOf(user.roles), scope);
}
