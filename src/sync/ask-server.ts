import * as v from 'valibot';
import type { Answer, Trouble } from '#access/office-server.ts';

export type Fetch = (path: string, init: RequestInit) => Promise<Response>;

export interface Question<Value> {
	readonly path: string;
	readonly method?: 'GET' | 'POST' | 'PATCH';
	readonly body?: unknown;
	/** A token that opens what is asked for: in a header, since addresses are logged on the way. */
	readonly bearer?: string;
	/** The shape of an answer that is as it should be, and what is taken of it. */
	readonly answer: v.GenericSchema<unknown, Value>;
}

const failure = v.object({ error: v.string(), reason: v.string() });

/** Long enough for a password's hash on a busy server, short enough for someone who waits. */
const patienceMs = 20_000;
/** Where the server does not say how long to wait (RFC 9110, 10.2.3). */
const defaultRetrySeconds = 60;

/** Asks the server for JSON under `/api/`. Rejects never. */
export async function askServer<Value>(
	fetch: Fetch,
	{ path, method = 'GET', body, bearer, answer }: Question<Value>
): Promise<Answer<Value>> {
	let response: Response;
	let received: unknown;
	try {
		response = await fetch(path, {
			method,
			credentials: 'same-origin',
			cache: 'no-store',
			signal: AbortSignal.timeout(patienceMs),
			headers: {
				Accept: 'application/json',
				...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
				...(bearer === undefined ? {} : { Authorization: `Bearer ${bearer}` })
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) })
		});
		received = await response.json().catch(() => undefined);
	} catch {
		// fetch rejects when nothing answered, and when the answer was cut off.
		return { outcome: 'offline' };
	}
	if (!response.ok) return troubleOf(response, received);
	const parsed = v.safeParse(answer, received);
	if (parsed.success) return { outcome: 'done', value: parsed.output };
	return { outcome: 'failed', detail: `${path}: ${parsed.issues[0].message}` };
}

function troubleOf({ status, headers }: Response, body: unknown): Trouble {
	switch (status) {
		case 401:
			return { outcome: 'signed-out' };
		case 403:
			return { outcome: 'denied' };
		case 404:
			return { outcome: 'gone' };
		case 409:
			return { outcome: 'conflict', detail: reasonOf(body) ?? '' };
		case 429: {
			const seconds = Number(headers.get('Retry-After'));
			return { outcome: 'too-many', seconds: seconds > 0 ? seconds : defaultRetrySeconds };
		}
		default:
			return { outcome: 'failed', detail: reasonOf(body) ?? String(status) };
	}
}

function reasonOf(body: unknown): string | undefined {
	const parsed = v.safeParse(failure, body);
	return parsed.success ? parsed.output.reason : undefined;
}
