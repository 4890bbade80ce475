/** Who may call a route outside of CouchDB's API, and what everybody else gets. */
export interface RouteRule {
	/** `public`: by design; a token, a code or a secret in the request decides. */
	readonly without: 'public' | 401;
	/** Kinds of accounts that may not, by the role of their first grant. */
	readonly refused?: readonly ('resident' | 'tablet' | 'partner' | 'worker')[];
	/** In place of the route's parameters. */
	readonly path?: string;
	readonly body?: unknown;
}

/**
 * Every route of the server that is not below a database, by method and path. A route that is missing here fails the
 * matrix: whoever adds one says who may call it.
 */
export const routeRules: Readonly<Record<string, RouteRule>> = {
	'GET /_up': { without: 'public' },
	'GET /db/_up': { without: 'public' },
	// Open on this machine, else by a token of its own.
	'GET /metrics': { without: 'public' },
	'GET /db/_session': { without: 'public' },
	'POST /db/_session': { without: 'public', body: { name: 'nobody', password: 'nothing' } },
	'DELETE /db/_session': { without: 'public' },
	'GET /api/setup': { without: 'public' },
	'POST /api/setup': { without: 'public', body: {} }
};
