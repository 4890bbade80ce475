import { Hono } from 'hono';
import * as v from 'valibot';
import { isScope, levelOf } from '#records/scope.ts';
import { badRequest, CouchError, notFound } from '../couch-error.ts';
import type { ServerEnv } from '../server-env.ts';
import { userDocId, type Accounts } from './account.ts';
import { bearerToken } from './bearer-token.ts';
import { prepareUserDoc } from './prepare-user-doc.ts';
import { endSetup, isSetupToken } from './setup-token.ts';
import { tryLimit } from './try-limit.ts';

export interface SetupDeps {
	readonly accounts: Accounts;
	readonly setupFile: string;
	readonly iterations: number;
	readonly now: () => number;
}

const request = v.object({
	token: v.string(),
	name: v.pipe(v.string(), v.trim()),
	password: v.string(),
	subdistrict: v.pipe(v.string(), v.trim())
});

/**
 * The first administrator, made by whoever has the link that the server printed. Open only while there is no
 * administrator, and once: of several at the same time one wins.
 */
export function setupRoutes({ accounts, setupFile, iterations, now }: SetupDeps): Hono<ServerEnv> {
	let busy = false;

	async function checkToken(token: string): Promise<void> {
		const open = (await isSetupToken(setupFile, token, now())) && !(await accounts.hasAdmin());
		if (!open)
			throw notFound('This link has been used or has expired. Start the server again for a new one.');
	}

	return new Hono<ServerEnv>()
		.use(tryLimit())
		.get('/', async (c) => {
			await checkToken(bearerToken(c));
			return c.json({ ok: true });
		})
		.post('/', async (c) => {
			const parsed = v.safeParse(request, await c.req.json().catch(() => undefined));
			if (!parsed.success) throw badRequest('Expected JSON with token, name, password and subdistrict.');
			const { token, name, password, subdistrict } = parsed.output;
			if (busy) throw new CouchError(409, 'conflict', 'The set-up is under way.');
			busy = true;
			try {
				await checkToken(token);
				if (!isScope(subdistrict) || levelOf(subdistrict) !== 'subdistrict') {
					throw badRequest('`subdistrict` must be of a-z, 0-9 and _ only.');
				}
				const doc = {
					_id: userDocId(name),
					type: 'user',
					name,
					roles: ['_admin', `office:${subdistrict}`],
					password
				};
				const change = { stored: undefined, iterations, by: name, at: new Date(now()).toISOString() };
				await accounts.create({ ...(await prepareUserDoc(doc, change)), _id: doc._id });
				await endSetup(setupFile);
			} finally {
				busy = false;
			}
			return c.json({ ok: true }, 201);
		});
}
