import { randomInt } from 'node:crypto';
import * as v from 'valibot';
import { parseGrant } from '#access/grant.ts';
import { rolesOf } from '../auth/stored-form.ts';
import { CommandError, login, reasonOf, type Client } from './client.ts';
import { askLogin } from './credentials.ts';

const usage = `Usage:
  npm run account -- list
  npm run account -- add NAME ROLE…      roles: worker:qianmen/caochang/g3, office:qianmen/caochang, _admin
  npm run account -- reset NAME          prints a link that sets a new password, once, within three days
  npm run account -- disable NAME

A role may have a last day: worker:qianmen/caochang/g3@2026-12-31

Log in as an administrator: ZG_URL (http://localhost:8787), ZG_USER, ZG_PASSWORD, or type what is missing.`;

const userDoc = v.looseObject({
	_id: v.string(),
	name: v.string(),
	roles: v.array(v.string()),
	disabled: v.optional(v.boolean()),
	derived_key: v.optional(v.string()),
	password_sha: v.optional(v.string()),
	server_admin: v.optional(v.boolean()),
	kept_password: v.optional(v.looseObject({}))
});
const made = v.object({ link: v.string() });
const userRows = v.object({ rows: v.array(v.object({ doc: v.looseObject({}) })) });

const [command, name, ...roles] = process.argv.slice(2);

try {
	if (command === 'list' && name === undefined) await list(await connect());
	else if (command === 'add' && name !== undefined && roles.length > 0) await add(name, roles);
	else if (command === 'disable' && name !== undefined && roles.length === 0)
		await disable(await connect(), name);
	else if (command === 'reset' && name !== undefined && roles.length === 0)
		await reset(await connect(), name);
	else throw new CommandError(usage);
} catch (error) {
	if (!(error instanceof CommandError)) throw error;
	console.error(error.message);
	process.exitCode = 1;
}

async function connect(): Promise<Client> {
	const { url, name, password } = await askLogin(process.env);
	return await login(url, name, password);
}

async function list(client: Client): Promise<void> {
	const response = await client.request('/db/_users/_all_docs?include_docs=true');
	if (!response.ok) throw new CommandError(await reasonOf(response));
	for (const { doc } of v.parse(userRows, await response.json()).rows) {
		const parsed = v.safeParse(userDoc, doc);
		if (!parsed.success) continue; // a design document
		const { name, disabled, derived_key, password_sha, kept_password } = parsed.output;
		const unopened = [derived_key, password_sha, kept_password].every((field) => field === undefined);
		const marks = [...(disabled ? ['disabled'] : []), ...(unopened ? ['no password yet'] : [])];
		console.log([name, rolesOf(parsed.output).join(' '), ...marks].join('\t'));
	}
}

async function add(name: string, roles: readonly string[]): Promise<void> {
	const unknown = roles.find((role) => role !== '_admin' && !parseGrant(role));
	if (unknown !== undefined) throw new CommandError(`${unknown} is not a role.\n\n${usage}`);
	const client = await connect();
	const password = newPassword();
	await put(client, { _id: userId(name), type: 'user', name, roles, password });
	console.log(`${name} can log in with this password, which is shown only now: ${password}`);
}

async function reset(client: Client, name: string): Promise<void> {
	const response = await client.request(`/api/accounts/${encodeURIComponent(name)}/link`, { method: 'POST' });
	if (!response.ok) throw new CommandError(await reasonOf(response));
	const { link } = v.parse(made, await response.json());
	console.log(
		`Whoever opens this link sets the password of ${name}, once, within three days: ${client.url}${link}`
	);
}

/** Ends the account's sessions too: the server looks the account up for every request. */
async function disable(client: Client, name: string): Promise<void> {
	const response = await client.request(docPath(userId(name)));
	if (response.status === 404) throw new CommandError(`There is no account ${name}.`);
	if (!response.ok) throw new CommandError(await reasonOf(response));
	await put(client, { ...v.parse(userDoc, await response.json()), disabled: true });
	console.log(`${name} is disabled.`);
}

async function put(client: Client, doc: Readonly<Record<string, unknown>> & { readonly _id: string }) {
	const response = await client.request(docPath(doc._id), {
		method: 'PUT',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify(doc)
	});
	if (response.status === 409)
		throw new CommandError('There is an account of that name, or it has just changed.');
	if (!response.ok) throw new CommandError(await reasonOf(response));
}

function userId(name: string): string {
	return `org.couchdb.user:${name}`;
}

function docPath(id: string): string {
	return `/db/_users/${encodeURIComponent(id)}`;
}

/** To be typed on a phone once: no letters that look alike; about 79 bits. */
function newPassword(): string {
	const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
	const four = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
	return [four(), four(), four(), four()].join('-');
}
