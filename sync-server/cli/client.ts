/** A server one is logged in to. */
export interface Client {
	/** Without a slash at its end. */
	readonly url: string;
	/** @param path below the server's URL: `/db/_all_dbs`. */
	request(path: string, init?: RequestInit): Promise<Response>;
}

/** What went wrong, for the person at the terminal. */
export class CommandError extends Error {
	constructor(message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'CommandError';
	}
}

/**
 * Logs in as an app does, with a session's cookie.
 * @throws CommandError when the server cannot be reached or does not let the account in.
 */
export async function login(url: string, name: string, password: string): Promise<Client> {
	const base = url.replace(/\/+$/, '');
	let cookie = '';

	const request: Client['request'] = async (path, init = {}) => {
		const headers = new Headers(init.headers);
		if (cookie !== '') headers.set('Cookie', cookie);
		const response = await reach(base, path, { ...init, headers });
		for (const set of response.headers.getSetCookie()) [cookie = ''] = set.split(';');
		return response;
	};

	const response = await request('/db/_session', {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ name, password })
	});
	if (!response.ok) throw new CommandError(`${base} does not let ${name} in: ${await reasonOf(response)}`);
	return { url: base, request };
}

/** The server's own words for why it refused. */
export async function reasonOf(response: Response): Promise<string> {
	const text = await response.text();
	try {
		const body: unknown = JSON.parse(text);
		if (typeof body === 'object' && body !== null && 'reason' in body) return String(body.reason);
	} catch {
		// Not JSON: some other server, or a proxy; its text says more than nothing.
	}
	return `${response.status} ${text.slice(0, 200)}`;
}

async function reach(base: string, path: string, init: RequestInit): Promise<Response> {
	if (!URL.canParse(base + path)) throw new CommandError(`${base} is not a server's address.`);
	try {
		return await fetch(base + path, init);
	} catch (error) {
		const { cause } = error instanceof Error ? error : { cause: error };
		const detail = cause instanceof Error && cause.message !== '' ? cause.message : String(error);
		throw new CommandError(`${base} cannot be reached: ${detail}`, { cause: error });
	}
}
