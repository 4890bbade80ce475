import * as v from 'valibot';
import { joined, madeCard, type IssuedCard, type Joined } from '../../../src/access/cards-api.ts';
import { basic, type Login, type TestServer } from '../../serve.ts';

/** Talks to a server about cards as a browser would, each request from an address of its own when told. */
export interface Sent {
	readonly as?: Login;
	readonly cookie?: string;
	/** Believed by a server that is started with TRUST_PROXY=1. */
	readonly from?: string;
}

export function send(server: TestServer, method: string, path: string, body?: unknown, sent: Sent = {}) {
	return fetch(`${server.url}${path}`, {
		method,
		headers: {
			...(sent.as && basic(sent.as)),
			...(sent.cookie !== undefined && { Cookie: sent.cookie }),
			...(sent.from !== undefined && { 'X-Forwarded-For': sent.from }),
			...(body !== undefined && { 'Content-Type': 'application/json' })
		},
		...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) })
	});
}

export async function makeCard(
	server: TestServer,
	as: Login,
	scope: string,
	uses: number
): Promise<{ readonly card: IssuedCard; readonly code: string }> {
	const response = await send(server, 'POST', '/api/cards', { scope, uses }, { as });
	if (response.status !== 201) throw new Error(`no card: ${response.status} ${await response.text()}`);
	return v.parse(madeCard, await response.json());
}

export function tryToJoin(server: TestServer, code: string, from?: string): Promise<Response> {
	const device = { id: 'phone-1', label: '安卓手机 Chrome' };
	return send(server, 'POST', '/api/join', { code, device }, from === undefined ? {} : { from });
}

/** Joins, and the session it got as a cookie. */
export async function join(
	server: TestServer,
	code: string,
	from?: string
): Promise<Joined & { readonly cookie: string }> {
	const response = await tryToJoin(server, code, from);
	if (response.status !== 201) throw new Error(`not joined: ${response.status} ${await response.text()}`);
	const [cookie = ''] = (response.headers.getSetCookie()[0] ?? '').split(';');
	return { ...v.parse(joined, await response.json()), cookie };
}

/** Limits are an address's own: another one at each call, for tests that are not about them. */
export function addresses(): () => string {
	let last = 0;
	return () => {
		last += 1;
		return `10.0.${Math.floor(last / 250)}.${last % 250}`;
	};
}
