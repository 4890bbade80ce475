import * as v from 'valibot';
import { expect } from 'vitest';
import type { Answer } from '../api-request.ts';
import type { Login, TestServer } from '../../serve.ts';

/** A device that signed in and named itself. */
export interface SignedInDevice {
	readonly id: string;
	/** `name=value`. */
	readonly cookie: string;
	readonly secret: string;
	/** For `Authorization`. */
	readonly authorization: string;
	/** A request to `/api/` with the secret and no session. */
	ask(method: string, path: string, body?: unknown): Promise<Answer>;
	/** Whose session the server takes its cookie for. */
	bearer(): Promise<unknown>;
}

const welcome = v.object({ ok: v.literal(true), handover: v.pipe(v.string(), v.minLength(32)) });
const session = v.object({ userCtx: v.object({ name: v.unknown() }) });

export async function signInOn(
	server: TestServer,
	{ name, password }: Login,
	device: { readonly id: string; readonly label?: string },
	address = '10.0.0.1'
): Promise<SignedInDevice> {
	const response = await fetch(`${server.url}/db/_session`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': address },
		body: JSON.stringify({ name, password, device })
	});
	expect(response.status).toBe(200);
	const { handover: secret } = v.parse(welcome, await response.json());
	const [cookie = ''] = (response.headers.getSetCookie()[0] ?? '').split(';');
	const authorization = authorizationOf(name, device.id, secret);
	return {
		...{ id: device.id, cookie, secret, authorization },
		ask: (method, path, body) => askWith(server, authorization, method, path, body),
		async bearer() {
			const answer = await fetch(`${server.url}/db/_session`, { headers: { Cookie: cookie } });
			return v.parse(session, await answer.json()).userCtx.name;
		}
	};
}

export function authorizationOf(account: string, device: string, secret: string): string {
	return `Device ${Buffer.from(`${account}:${device}:${secret}`).toString('base64')}`;
}

export async function askWith(
	server: TestServer,
	authorization: string,
	method: string,
	path: string,
	body?: unknown
): Promise<Answer> {
	const response = await fetch(`${server.url}/api/${path}`, {
		method,
		headers: { Authorization: authorization, 'Content-Type': 'application/json' },
		...(body !== undefined && { body: JSON.stringify(body) })
	});
	return { status: response.status, body: await response.json() };
}
