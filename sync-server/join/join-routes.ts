import { Hono } from 'hono';
import * as v from 'valibot';
import { joinRequest, toCode, type Joined } from '#access/cards-api.ts';
import type { UserDocuments } from '../accounts/user-documents.ts';
import type { Accounts } from '../auth/account.ts';
import { signIn, type SessionDeps } from '../auth/session.ts';
import { badRequest, notFound } from '../couch-error.ts';
import type { ServerEnv } from '../server-env.ts';
import type { Card } from './card.ts';
import type { Cards } from './cards.ts';
import { joinedRoles, newAccountName, newSecret } from './joined-account.ts';
import { RateLimit } from './rate-limit.ts';

export interface JoinDeps {
	readonly cards: Cards;
	readonly users: UserDocuments;
	readonly accounts: Pick<Accounts, 'find'>;
	readonly session: Pick<SessionDeps, 'devices' | 'secret' | 'now'>;
}

/** Failures of one address, and wrong codes of all together: 40 bits of code then outlast their 30 days. */
const allowances = [
	{ tries: 10, seconds: 60 },
	{ tries: 60, seconds: 24 * 3600 },
	{ tries: 600, seconds: 3600, everyone: true }
];

/** The way in for phones and tablets with a card's code. Why a code does not open is nobody's to know. */
export function joinRoutes({ cards, users, accounts, session }: JoinDeps): Hono<ServerEnv> {
	const limit = new RateLimit(allowances);

	async function admit(name: string, { scope, by }: Card): Promise<Omit<Joined, 'handover'>> {
		const secret = newSecret();
		const roles = joinedRoles(scope);
		await users.create(name, { roles: [...roles], password: secret }, by);
		return { name, roles: [...roles], secret };
	}

	return new Hono<ServerEnv>().post('/', async (c) => {
		const { address } = c.get('client');
		await limit.enter(address);
		const parsed = v.safeParse(joinRequest, await c.req.json().catch(() => undefined));
		if (!parsed.success) throw badRequest('Expected JSON with code and device.');
		const { code: typed, device } = parsed.output;
		const code = toCode(typed);
		const joined = code === undefined ? undefined : await cards.use(code, newAccountName, admit);
		const account = joined && (await accounts.find(joined.name));
		if (!joined || !account) throw notFound('This code does not open, or no longer.');
		await limit.forgive(address);
		const handover = await signIn(c, account, device, session);
		if (handover === undefined) throw new Error(`no handover secret for ${device.id}`);
		const answer: Joined = { ...joined, handover };
		return c.json(answer, 201);
	});
}
