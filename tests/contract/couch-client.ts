import type { Json } from '#records/json.ts';
import { parsedJson } from '../parsed-json.ts';
import { basic, type Login, type TestServer } from '../serve.ts';

export interface Answer {
	readonly status: number;
	readonly headers: Headers;
	/** Parsed when it is JSON, the text otherwise. */
	readonly body: Json;
}

export interface CouchClient {
	get(path: string, headers?: Record<string, string>): Promise<Answer>;
	send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
	/** The answer as it is. `body` is sent as it is too. */
	raw(path: string, init: RequestInit): Promise<Response>;
}

/** Speaks HTTP with the server's `/db/` as CouchDB's own clients would, without a library in between. */
export function couchClient(server: TestServer, login: Login | undefined): CouchClient {
	const raw = (path: string, init: RequestInit) =>
		fetch(`${server.url}/db/${path}`, {
			...init,
			headers: { ...(login && basic(login)), ...Object.fromEntries(new Headers(init.headers)) }
		});
	return {
		raw,
		get: async (path, headers = {}) => toAnswer(await raw(path, { headers })),
		send: async (method, path, body, headers = {}) =>
			toAnswer(
				await raw(path, {
					method,
					headers: { 'Content-Type': 'application/json', ...headers },
					...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) })
				})
			)
	};
}

async function toAnswer(response: Response): Promise<Answer> {
	const text = await response.text();
	const isJson = response.headers.get('Content-Type') === 'application/json' && text !== '';
	return { status: response.status, headers: response.headers, body: isJson ? parsedJson(text) : text };
}
