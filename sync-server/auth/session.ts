import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import { CouchError, unauthorized } from '../couch-error.ts';
import type { AuthenticatedBy, ServerEnv } from '../server-env.ts';
import { nobody } from '../user.ts';
import type { Account, Accounts } from './account.ts';
import type { Authenticate, Authenticated, Credentials } from './authenticate.ts';
import { checkSession, parseSession, sessionSeconds, signSession } from './session-cookie.ts';

export interface SessionDeps {
	readonly accounts: Accounts;
	readonly authenticate: Authenticate;
	readonly secret: Buffer;
	/** Milliseconds since 1970. */
	readonly now: () => number;
}

const cookieName = 'AuthSession';

/**
 * Says who a request is from: by its cookie, else by HTTP Basic (RFC 7617), else nobody. A cookie that does not
 * hold makes the request nobody's, a wrong password ends it with 401, as in CouchDB.
 */
export function session(deps: SessionDeps) {
	return createMiddleware<ServerEnv>(async (c, next) => {
		const bearer = await bearerOf(c, deps);
		c.set('user', bearer ? { name: bearer.account.name, roles: bearer.account.roles } : nobody);
		c.set('authenticatedBy', bearer?.by);
		await next();
		const renews = bearer?.renew === true && !c.res.headers.has('set-cookie');
		if (renews) startSession(c, bearer.account, deps);
	});
}

/** Gives the account a session from now on. */
export function startSession(c: Context<ServerEnv>, account: Account, { secret, now }: SessionDeps): void {
	const issued = Math.floor(now() / 1000);
	setSessionCookie(c, signSession(account, issued, secret), sessionSeconds, issued + sessionSeconds);
}

export function endSession(c: Context<ServerEnv>): void {
	setSessionCookie(c, '', 0, 0);
}

/** @throws CouchError 401 for a wrong name or password, 429 after too many of them. */
export async function accountOf(
	c: Context<ServerEnv>,
	credentials: Credentials,
	authenticate: Authenticate
): Promise<Account> {
	const result: Authenticated = await authenticate(credentials, c.get('client').address);
	if (result.outcome === 'welcome') return result.account;
	if (result.outcome === 'refused') throw unauthorized('Name or password is incorrect.');
	throw new CouchError(
		429,
		'too_many_requests',
		`Too many failed logins. Try again in ${result.seconds} seconds.`,
		{ 'Retry-After': String(result.seconds) }
	);
}

interface Bearer {
	readonly account: Account;
	readonly by: AuthenticatedBy;
	readonly renew: boolean;
}

async function bearerOf(c: Context<ServerEnv>, deps: SessionDeps): Promise<Bearer | undefined> {
	const claim = parseSession(getCookie(c, cookieName) ?? '');
	const account = claim && (await deps.accounts.find(claim.name));
	if (claim && account) {
		const state = checkSession(claim, account, deps.now() / 1000, deps.secret);
		if (state !== 'invalid') return { account, by: 'cookie', renew: state === 'renew' };
	}
	const credentials = basicCredentials(c.req.header('Authorization'));
	if (!credentials) return undefined;
	return {
		account: await accountOf(c, credentials, deps.authenticate),
		by: 'default',
		renew: false
	};
}

/** RFC 7617: `Basic base64(name:password)`; the name holds no colon. */
function basicCredentials(header: string | undefined): Credentials | undefined {
	const [, encoded] = /^Basic +([A-Za-z0-9+/=_-]+) *$/i.exec(header ?? '') ?? [];
	if (!encoded) return undefined;
	const text = Buffer.from(encoded, 'base64').toString();
	const colon = text.indexOf(':');
	return colon < 0 ? undefined : { name: text.slice(0, colon), password: text.slice(colon + 1) };
}

/**
 * Strict costs nothing: the app's pages are the same for everybody, and what they fetch they fetch from their own
 * site. So no request that another site starts ever carries a session. It says in both ways when it ends, as
 * CouchDB's does: nano knows only Expires.
 *
 * @param expires seconds since 1970.
 */
function setSessionCookie(c: Context<ServerEnv>, value: string, maxAge: number, expires: number): void {
	setCookie(c, cookieName, value, {
		path: '/',
		httpOnly: true,
		sameSite: 'Strict',
		secure: c.get('client').secure,
		maxAge,
		expires: new Date(expires * 1000)
	});
}
