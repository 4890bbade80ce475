import * as v from 'valibot';
import { basic, type Login, type TestServer } from '../serve.ts';

export interface Answer {
	readonly status: number;
	readonly body: unknown;
}

/** A request to `/api/` as an account, with HTTP Basic; as nobody without one. */
export async function ask(
	server: TestServer,
	login: Login | undefined,
	method: string,
	path: string,
	body?: unknown
): Promise<Answer> {
	const response = await fetch(`${server.url}/api/${path}`, {
		method,
		headers: { ...(login && basic(login)), 'Content-Type': 'application/json' },
		...(body !== undefined && { body: JSON.stringify(body) })
	});
	return { status: response.status, body: await response.json() };
}

/** Changes an account as it stands now. */
export async function changeAccount(
	server: TestServer,
	by: Login,
	name: string,
	fields: object
): Promise<Answer> {
	const path = `${server.url}/db/_users/${encodeURIComponent(`org.couchdb.user:${name}`)}`;
	const stored: unknown = await (await fetch(path, { headers: basic(server.admin) })).json();
	const { _rev: rev } = v.parse(v.object({ _rev: v.string() }), stored);
	return await ask(server, by, 'PATCH', `accounts/${encodeURIComponent(name)}`, { ...fields, rev });
}
