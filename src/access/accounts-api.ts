import * as v from 'valibot';
import { isAuthor } from '#records/check-revision.ts';
import { name } from '#kinds/text.ts';
import { parseGrant } from './grant.ts';

/**
 * Accounts as offices keep them, under `/api/accounts`. All need a session; who may manage whom is said by
 * `mayManage`. Errors have CouchDB's form: `{ error, reason }`.
 *
 *     GET   /api/accounts                 { accounts: ManagedAccount[] }, staff and partners within one's places
 *     POST  /api/accounts                 NewAccount → 201 { account, link }
 *     PATCH /api/accounts/{name}          AccountChange → { account }
 *     POST  /api/accounts/{name}/link     → 201 { link }: sets a new password, once, within three days
 *     GET   /api/accounts/log             AccountLog
 *     GET   /api/password                 with `Authorization: Bearer <token>` → { name } or 404
 *     POST  /api/password                 { token, password } → { name }; 404 used or expired, 400 too weak
 *
 * Accounts are CouchDB user documents in `_users`; `display`, `disabled`, `log`, `link`, `server_admin` and
 * `kept_password` are fields of ours that CouchDB leaves alone.
 */
const accountName = v.custom<string>(isAuthor, 'not a name an account can have');
const grantText = v.custom<string>(
	(text) => typeof text === 'string' && parseGrant(text) !== undefined,
	'not a role on a place'
);
const roles = v.pipe(v.array(grantText), v.minLength(1), v.maxLength(20));

export const newAccount = v.strictObject({ name: accountName, display: v.optional(name), roles });
export type NewAccount = v.InferOutput<typeof newAccount>;

/**
 * What is left out stays as it is, and so does what an account is by a card. `display`: `''` takes it away. `rev`: the
 * account's as it was seen; 409 when someone has changed it since.
 */
export const accountChange = v.strictObject({
	display: v.optional(v.union([v.literal(''), name])),
	roles: v.optional(roles),
	disabled: v.optional(v.boolean()),
	rev: v.string()
});
export type AccountChange = v.InferOutput<typeof accountChange>;

export const managedAccount = v.object({
	name: v.string(),
	display: v.optional(v.string()),
	roles: v.array(v.string()),
	disabled: v.boolean(),
	/** Nobody has set a password yet: the first link is still to be opened. */
	unopened: v.boolean(),
	/** What it stands at; another with each change. */
	rev: v.string()
});
export type ManagedAccount = v.InferOutput<typeof managedAccount>;

/** `link`: a one-time address of the app, `/password#<token>`, without the origin. */
export const madeAccount = v.object({ account: managedAccount, link: v.string() });

export const accountDeeds = [
	'created',
	'display',
	'roles',
	'disabled',
	'enabled',
	'password',
	'link',
	'deleted'
] as const;

/** One line of who changed what. `before` and `after`: roles or names, as text. */
export const accountLogEntry = v.object({
	at: v.string(),
	by: v.string(),
	account: v.string(),
	deed: v.picklist(accountDeeds),
	before: v.optional(v.string()),
	after: v.optional(v.string())
});
export type AccountLogEntry = v.InferOutput<typeof accountLogEntry>;

/**
 * Newest first; `more`: how many older ones are left out. `shortened`: accounts that were changed so often that they
 * no longer keep their first lines.
 */
export const accountLog = v.object({
	entries: v.array(accountLogEntry),
	more: v.number(),
	shortened: v.array(v.string())
});
export type AccountLog = v.InferOutput<typeof accountLog>;

export const passwordRequest = v.strictObject({ token: v.string(), password: v.string() });
