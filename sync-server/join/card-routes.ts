import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { newCard } from '#access/cards-api.ts';
import { grantsOf } from '#access/grant.ts';
import { mayIssueCard } from '#access/managing.ts';
import { isScope, type Scope } from '#records/scope.ts';
import type { UserDocuments } from '../accounts/user-documents.ts';
import { badRequest, forbidden, notFound, unauthorized } from '../couch-error.ts';
import type { ServerEnv } from '../server-env.ts';
import { toIssued } from './card.ts';
import type { Cards } from './cards.ts';
import { shutOut } from './joined-account.ts';

export interface CardDeps {
	readonly cards: Cards;
	readonly users: UserDocuments;
}

const revocation = v.strictObject({ devices: v.optional(v.boolean(), false) });

/** Cards as offices and workers issue them: `src/access/cards-api.ts`. */
export function cardRoutes({ cards, users }: CardDeps): Hono<ServerEnv> {
	return new Hono<ServerEnv>()
		.get('/', async (c) => {
			const scope = c.req.query('scope');
			if (!isScope(scope)) throw badRequest('`scope` must be a place.');
			issuerFor(c, scope);
			return c.json({ cards: (await cards.within(scope)).map(toIssued) });
		})
		.post('/', async (c) => {
			const parsed = v.safeParse(newCard, await c.req.json().catch(() => undefined));
			if (!parsed.success)
				throw badRequest('Expected JSON with a household or courtyard and uses from 1 to 10.');
			const by = issuerFor(c, parsed.output.scope);
			const { card, code } = await cards.issue(parsed.output, by);
			return c.json({ card: toIssued(card), code }, 201);
		})
		.post('/:id/revoke', async (c) => {
			const body: unknown = await c.req.json().catch(() => ({}));
			const parsed = v.safeParse(revocation, body);
			if (!parsed.success) throw badRequest('Expected JSON with devices, true or false.');
			const id = c.req.param('id');
			const known = await cards.find(id);
			if (!known) throw notFound();
			const by = issuerFor(c, known.scope);
			const card = await cards.revoke(id, by, async ({ joined }) => {
				if (parsed.output.devices) for (const account of joined) await shutOut(account, by, users);
			});
			if (!card) throw notFound();
			return c.json({ card: toIssued(card) });
		});
}

/** The account's name. @throws CouchError 401 or 403 when it issues no cards there. */
function issuerFor(c: Context<ServerEnv>, scope: Scope): string {
	const { name, roles } = c.get('user');
	if (name === null) throw unauthorized('Please login.');
	if (!mayIssueCard(grantsOf(roles), scope)) throw forbidden(`You issue no cards for ${scope}.`);
	return name;
}
