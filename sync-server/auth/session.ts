import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import type { NamedDevice } from '#access/devices-api.ts';
import { rolesOn } from '#access/grant.ts';
import { dayAt } from '#kinds/day.ts';
import { CouchError, unauthorized } from '../couch-error.ts';
import { arrivingDevice } from '../devices/device.ts';
import type { Devices } from '../devices/devices.ts';
import { isJoined } from '../join/joined-account.ts';
import type { AuthenticatedBy, ServerEnv } from '../server-env.ts';
import { nobody, type User } from '../user.ts';
import type { Account, Accounts } from './account.ts';
import type { Authenticate, Authenticated, Credentials } from './authenticate.ts';
import {
	checkSession,
	parseSession,
	sessionSeconds,
	signSession,
	type SessionDevice
} from './session-cookie.ts';

export interface SessionDeps {
	readonly accounts: Accounts;
	readonly devices: Devices;
	readonly authenticate: Authenticate;
	readonly secret: Buffer;
	/** Milliseconds since 1970. */
	readonly now: () => number;
}

const cookieName = 'AuthSession';

/**
 * Says who a request is from: by its cookie, else by HTTP Basic (RFC 7617), else nobody. A cookie that does not
 * hold, or is of a device that was revoked, makes the request nobody's; a wrong password ends it with 401, as in
 * CouchDB.
 */
export function session(deps: SessionDeps) {
	return createMiddleware<ServerEnv>(async (c, next) => {
		const bearer = await bearerOf(c, deps);
		const toUser = (held: Bearer | undefined) => (held ? userOf(held.account, deps) : nobody);
		c.set('user', toUser(bearer));
		c.set('reauthenticate', async () => toUser(await bearerOf(c, deps)));
		c.set('authenticatedBy', bearer?.by);
		c.set('device', bearer?.device?.device);
		await next();
		const { account, device, renew = false } = bearer ?? {};
		const renews = renew && !c.res.headers.has('set-cookie');
		if (renews && account && device) startSession(c, account, device, deps);
	});
}

/** The account with the roles that hold today. */
export function userOf({ name, roles }: Account, { now }: Pick<SessionDeps, 'now'>): User {
	return { name, roles: rolesOn(roles, dayAt(new Date(now()))) };
}

/**
 * Gives the account a session from now on, on the device that names itself or is known by its User-Agent. Nothing
 * of a session before it goes on, and of what the client says only the device's id enters the cookie.
 *
 * @returns the secret to hand over with, for a device that named itself.
 * @throws CouchError 401 for a device that joined and was revoked: it has its credential, and would be back at once.
 */
export async function signIn(
	c: Context<ServerEnv>,
	account: Account,
	named: NamedDevice | undefined,
	deps: Pick<SessionDeps, 'devices' | 'secret' | 'now'>
): Promise<string | undefined> {
	const arriving = arrivingDevice(named, c.req.header('User-Agent') ?? '');
	if (isJoined(account.roles) && (await deps.devices.find(account.name, arriving.id))?.revoked)
		throw unauthorized('This device was revoked.');
	const { device, handover } = await deps.devices.signedIn(account.name, arriving);
	startSession(c, account, device, deps);
	return handover;
}

/** Ends the session for the client, and on the server for all copies of its cookie. */
export async function signOut(c: Context<ServerEnv>, { devices }: SessionDeps): Promise<void> {
	const [name, device] = [c.get('user').name, c.get('device')];
	if (name !== null && device !== undefined) await devices.signedOut(name, device);
	setSessionCookie(c, '', 0, 0);
}

function startSession(
	c: Context<ServerEnv>,
	account: Account,
	device: SessionDevice,
	{ secret, now }: Pick<SessionDeps, 'secret' | 'now'>
): void {
	const issued = Math.floor(now() / 1000);
	const cookie = signSession(account, device, issued, secret);
	setSessionCookie(c, cookie, sessionSeconds, issued + sessionSeconds);
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
	/** Where the cookie was given out; HTTP Basic names none. */
	readonly device?: SessionDevice;
	readonly renew: boolean;
}

async function bearerOf(c: Context<ServerEnv>, deps: SessionDeps): Promise<Bearer | undefined> {
	const held = await sessionOf(getCookie(c, cookieName) ?? '', deps);
	if (held) return held;
	const credentials = basicCredentials(c.req.header('Authorization'));
	if (!credentials) return undefined;
	return {
		account: await accountOf(c, credentials, deps.authenticate),
		by: 'default',
		renew: false
	};
}

async function sessionOf(cookie: string, deps: SessionDeps): Promise<Bearer | undefined> {
	const claim = parseSession(cookie);
	const account = claim && (await deps.accounts.find(claim.name));
	const device = account && (await deps.devices.find(account.name, claim.device));
	if (!claim || !account || !device || device.revoked) return undefined;
	const state = checkSession(claim, account, device, deps.now() / 1000, deps.secret);
	if (state === 'invalid') return undefined;
	await deps.devices.contact(device);
	return { account, by: 'cookie', device, renew: state === 'renew' };
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
