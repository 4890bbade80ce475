import * as v from 'valibot';
import type { AccountServer, SetUp, SignIn } from '#access/account-server.ts';

type Answer =
	| { readonly reached: true; readonly status: number; readonly retryAfter: number; readonly body: unknown }
	| { readonly reached: false };

const signedIn = v.object({
	name: v.string(),
	roles: v.array(v.string()),
	handover: v.exactOptional(v.string())
});
const failure = v.object({ error: v.string(), reason: v.string() });

/** Long enough for a password check on a busy server, short enough for someone who waits. */
const patienceMs = 20_000;
/** Where the server does not say how long to wait (RFC 9110, 10.2.3). */
const defaultRetrySeconds = 60;

/** The server's accounts over CouchDB's `/_session` and our `/api/setup`. */
export function accountServer(fetch: (path: string, init: RequestInit) => Promise<Response>): AccountServer {
	async function ask(
		path: string,
		method: string,
		body?: unknown,
		headers: Readonly<Record<string, string>> = {}
	): Promise<Answer> {
		try {
			const response = await fetch(path, {
				method,
				credentials: 'same-origin',
				cache: 'no-store',
				signal: AbortSignal.timeout(patienceMs),
				headers: {
					Accept: 'application/json',
					...(body ? { 'Content-Type': 'application/json' } : {}),
					...headers
				},
				...(body ? { body: JSON.stringify(body) } : {})
			});
			const seconds = Number(response.headers.get('Retry-After'));
			return {
				reached: true,
				status: response.status,
				retryAfter: seconds > 0 ? seconds : defaultRetrySeconds,
				body: await response.json().catch(() => undefined)
			};
		} catch {
			// fetch rejects when nothing answered, and when the answer was cut off.
			return { reached: false };
		}
	}

	return {
		async signIn(name, password, device): Promise<SignIn> {
			const answer = await ask('/db/_session', 'POST', { name, password, device });
			if (!answer.reached) return { outcome: 'offline' };
			const parsed = v.safeParse(signedIn, answer.body);
			if (answer.status === 200 && parsed.success) return { outcome: 'signed-in', ...parsed.output };
			if (answer.status === 401 || answer.status === 403) return { outcome: 'wrong' };
			return trouble(answer);
		},
		async signOut() {
			await ask('/db/_session', 'DELETE');
		},
		async checkSetUp(token) {
			return setUpAnswer(await ask('/api/setup', 'GET', undefined, { Authorization: `Bearer ${token}` }));
		},
		async setUp(administrator) {
			return setUpAnswer(await ask('/api/setup', 'POST', administrator));
		}
	};
}

function setUpAnswer(answer: Answer): SetUp {
	if (!answer.reached) return { outcome: 'offline' };
	if (answer.status === 200 || answer.status === 201) return { outcome: 'done' };
	if (answer.status === 404) return { outcome: 'closed' };
	return trouble(answer);
}

function trouble(answer: Answer & { reached: true }) {
	if (answer.status === 429) return { outcome: 'too-many', seconds: answer.retryAfter } as const;
	const parsed = v.safeParse(failure, answer.body);
	return {
		outcome: 'failed',
		detail: parsed.success ? parsed.output.reason : String(answer.status)
	} as const;
}
