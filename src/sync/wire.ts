import * as v from 'valibot';
import { toWireError, WireError } from './wire-error.ts';

/** fetch, as handed in. */
export type Fetch = (url: string | Request, init?: RequestInit) => Promise<Response>;

/** Where the server is and how to reach it. */
export interface Wire {
	/** Scheme, host and port: `https://office.example`. */
	readonly origin: string;
	readonly fetch: Fetch;
}

/** No answer for so long is as good as no network, even if a page of a feed comes over a bad line. */
const requestLimitMs = 60_000;
/** What a bad line takes at least, a second: a photo of 1 MiB, in base64, has a minute and a half more. */
const bytesPerSecond = 16_000;

/** How long a request with this body may take, if one without may take `limitMs`. */
export function timeLimit(limitMs: number, body: RequestInit['body']): number {
	const bytes = typeof body === 'string' ? new Blob([body]).size : 0;
	return limitMs + Math.ceil((bytes / bytesPerSecond) * 1000);
}

/**
 * A wire whose requests carry the session, leave nothing in the browser's cache (it lies on the disk in clear, under
 * a lock as well), and end: after a minute and what their body takes, or when `stop` says so.
 * What never got an answer rejects with a WireError.
 */
export function boundedWire({ origin, fetch }: Wire, stop: AbortSignal, limitMs = requestLimitMs): Wire {
	return {
		origin,
		fetch: async (url, init = {}) => {
			const ends = [
				stop,
				AbortSignal.timeout(timeLimit(limitMs, init.body)),
				...(init.signal ? [init.signal] : [])
			];
			try {
				const signal = AbortSignal.any(ends);
				return await fetch(url, { ...init, credentials: 'include', cache: 'no-store', signal });
			} catch (error) {
				throw toWireError(error);
			}
		}
	};
}

const couchError = v.object({ reason: v.optional(v.string()), error: v.optional(v.string()) });

/**
 * Asks for JSON of a known shape. `path` begins with a slash.
 * @throws WireError when there is no answer, another status than 2xx, or something else than asked for.
 */
export async function askJson<Schema extends v.GenericSchema>(
	wire: Wire,
	path: string,
	schema: Schema,
	init: RequestInit = {}
): Promise<v.InferOutput<Schema>> {
	const response = await wire.fetch(wire.origin + path, {
		...init,
		headers: {
			Accept: 'application/json',
			...(init.body ? { 'Content-Type': 'application/json' } : {}),
			...Object.fromEntries(new Headers(init.headers))
		}
	});
	const body = await readJson(response);
	if (!response.ok) throw new WireError(response.status, reasonIn(body));
	const parsed = v.safeParse(schema, body);
	if (!parsed.success) throw new WireError(response.status, `unexpected answer to ${path}`);
	return parsed.output;
}

/**
 * Asks for a text. `path` begins with a slash.
 * @throws WireError when there is no answer, or another status than 2xx.
 */
export async function askText(wire: Wire, path: string): Promise<string> {
	const response = await wire.fetch(wire.origin + path, { headers: { Accept: 'application/json' } });
	if (!response.ok) throw new WireError(response.status, reasonIn(await readJson(response)));
	try {
		return await response.text();
	} catch (error) {
		throw toWireError(error);
	}
}

async function readJson(response: Response): Promise<unknown> {
	try {
		return await response.json();
	} catch (error) {
		if (response.ok) throw toWireError(error);
		return undefined; // an error page of something between us and the server: its status says enough
	}
}

function reasonIn(body: unknown): string {
	const parsed = v.safeParse(couchError, body);
	return (parsed.success ? (parsed.output.reason ?? parsed.output.error) : undefined) ?? 'no reason given';
}
