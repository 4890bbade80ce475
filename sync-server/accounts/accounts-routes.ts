import { Hono } from 'hono';
import { accountChange, newAccount, type AccountChange } from '#access/accounts-api.ts';
import type { JsonObject } from '#records/json.ts';
import { parsedBody } from '../api/parsed-body.ts';
import { signedIn } from '../auth/signed-in.ts';
import { rolesOf } from '../auth/stored-form.ts';
import { conflict, forbidden, methodNotAllowed, notFound } from '../couch-error.ts';
import type { ServerEnv } from '../server-env.ts';
import type { User } from '../user.ts';
import { addressOf, linkHashOf, newLink } from './link.ts';
import { logOfAccounts } from './log-of-accounts.ts';
import { isCardRole, managesAccount, nameOf, toManaged } from './managed.ts';
import type { UserDocuments } from './user-documents.ts';

export interface AccountsDeps {
	readonly users: UserDocuments;
	/** Milliseconds since 1970. */
	readonly now: () => number;
}

const maxBody = 16 * 1024;

/** `/api/accounts`: #access/accounts-api.ts. Mounted after the session. */
export function accountsRoutes({ users, now }: AccountsDeps): Hono<ServerEnv> {
	return new Hono<ServerEnv>()
		.get('/', async (c) => {
			const docs = await managedBy(signedIn(c), users);
			const accounts = docs.filter(({ _deleted }) => _deleted !== true).map(toManaged);
			return c.json({ accounts: accounts.sort((a, b) => (a.name < b.name ? -1 : 1)) });
		})
		.post('/', async (c) => {
			const user = signedIn(c);
			const { name, display, roles } = await parsedBody(c.req.raw, newAccount, maxBody);
			requireRoles(user, roles);
			const { token, link } = newLink(now());
			const fields = { roles, ...(display !== undefined && { display }), link };
			const made = await users.create(name, fields, user.name);
			await users.rememberLink(link.hash, name);
			return c.json({ account: toManaged(made), link: addressOf(token) }, 201);
		})
		.get('/log', async (c) => {
			return c.json(logOfAccounts(await managedBy(signedIn(c), users)));
		})
		.patch('/:name', async (c) => {
			const user = signedIn(c);
			const change = await parsedBody(c.req.raw, accountChange, maxBody);
			const changed = await users.change(c.req.param('name'), user.name, (stored) => {
				requireManaged(user, stored);
				requireOthers(user, stored, change);
				if (change.roles) requireRoles(user, change.roles);
				if (stored['_rev'] !== change.rev) throw conflict();
				return withChange(stored, change);
			});
			if (!changed) throw notFound('There is no such account.');
			return c.json({ account: toManaged(changed) });
		})
		.post('/:name/link', async (c) => {
			const user = signedIn(c);
			const name = c.req.param('name');
			const { token, link } = newLink(now());
			let before: string | undefined;
			const changed = await users.change(name, user.name, (stored) => {
				requireManaged(user, stored);
				before = linkHashOf(stored);
				return { ...stored, link };
			});
			if (!changed) throw notFound('There is no such account.');
			await users.rememberLink(link.hash, name);
			if (before !== undefined) await users.forgetLink(before);
			return c.json({ link: addressOf(token) }, 201);
		})
		.on('ALL', ['/', '/log', '/:name', '/:name/link'], () => {
			throw methodNotAllowed(['GET', 'HEAD', 'POST', 'PATCH']);
		});
}

async function managedBy(user: User, users: UserDocuments): Promise<readonly JsonObject[]> {
	return (await users.everyone()).filter((doc) => managesAccount(user, rolesOf(doc)));
}

function requireManaged(user: User, doc: JsonObject): void {
	if (!managesAccount(user, rolesOf(doc))) throw forbidden('This account is not yours to manage.');
}

function requireRoles(user: User, roles: readonly string[]): void {
	if (roles.some(isCardRole)) throw forbidden('Residents and tablets join by a card.');
	if (!managesAccount(user, roles)) throw forbidden('You cannot give a role outside your places.');
}

/** Nobody locks themselves out or up; server admins are made and unmade where the server is kept. */
function requireOthers(user: User, doc: JsonObject, { roles, disabled }: AccountChange): void {
	if (roles === undefined && disabled === undefined) return;
	if (nameOf(doc) === user.name) throw forbidden('Someone else must change your own roles.');
	if (roles && rolesOf(doc).includes('_admin'))
		throw forbidden('A server admin’s roles are not changed here.');
}

/** What an account is by a card stays: cards are how that is changed. */
function withChange(doc: JsonObject, { display, roles, disabled }: AccountChange): JsonObject {
	const { display: before, ...others } = doc;
	const shown = display ?? before;
	return {
		...others,
		...(shown !== undefined && shown !== '' && { display: shown }),
		...(roles && { roles: [...rolesOf(doc).filter(isCardRole), ...roles] }),
		...(disabled !== undefined && { disabled })
	};
}
