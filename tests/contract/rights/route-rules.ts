import type { MatrixAccount } from './matrix-accounts.ts';

/** Ids of what the routes are tried on, made beforehand. */
export interface RouteTargets {
	/** An account of grid g3, and its device. */
	readonly account: string;
	readonly device: string;
	/** A card of household h04 in courtyard c12 of g3. */
	readonly card: string;
	/** A record about the same household that was handed over. */
	readonly handover: string;
}

/** Who may call a route. */
export interface RouteRule {
	/**
	 * `public`: the status of anybody's request without the token, code or secret that the route asks for. Otherwise the
	 * status for those in `who`, by the names of the matrix's accounts; everybody else with an account is told 403, and
	 * nobody 401.
	 */
	readonly status: number;
	readonly who: 'public' | 'any account' | readonly string[];
	/** Those to whom the answer shows what concerns other accounts; for `any account` only. */
	readonly seenBy?: readonly string[];
	readonly path?: (targets: RouteTargets) => string;
	readonly body?: (account: MatrixAccount) => unknown;
}

const offices = ['subdistrict office', 'community office'];
const gridWorkers = ['grid worker', 'worker until today'];
const staff = [...offices, ...gridWorkers, 'worker of one courtyard'];
const joined = ['resident', 'neighbouring resident', 'courtyard tablet'];
const household = 'qianmen/caochang/g3/c12/h04';

/**
 * Every route of the server beside the database API, by method and path. A route that is missing here fails the
 * matrix: whoever adds one says who may call it.
 */
export const routeRules: Readonly<Record<string, RouteRule>> = {
	'GET /_up': { who: 'public', status: 200 },
	'GET /db/_up': { who: 'public', status: 200 },
	// On the server's own machine; elsewhere by a token.
	'GET /metrics': { who: 'public', status: 200 },
	'GET /db/_session': { who: 'public', status: 200 },
	'POST /db/_session': { who: 'public', status: 401, body: () => ({ name: 'nobody', password: 'nothing' }) },
	'DELETE /db/_session': { who: 'public', status: 200 },
	'GET /api/setup': { who: 'public', status: 404 },
	'POST /api/setup': {
		who: 'public',
		status: 404,
		body: () => ({ token: 'none', name: 'wang', password: 'brick-grey and red', subdistrict: 'qianmen' })
	},
	'GET /api/password': { who: 'public', status: 404 },
	'POST /api/password': {
		who: 'public',
		status: 404,
		body: () => ({ token: 'none', password: 'brick-grey' })
	},
	'GET /api/device': { who: 'public', status: 401 },
	'POST /api/handover': { who: 'public', status: 401, body: () => ({ records: [], photos: [] }) },
	'POST /api/join': { who: 'public', status: 404, body: () => ({ code: '23456789', device: { id: 'd' } }) },
	// A server that is addressed by numbers, as this one is, has no passkeys.
	'POST /api/passkeys/login-options': { who: 'public', status: 400, body: () => ({}) },
	'POST /api/passkeys/login': { who: 'public', status: 400, body: () => ({}) },
	'POST /api/passkeys/options': { who: joined, status: 400, body: () => ({}) },
	'POST /api/passkeys': { who: joined, status: 400, body: () => ({}) },

	'GET /api/accounts': { who: 'any account', status: 200, seenBy: offices },
	'GET /api/accounts/log': { who: 'any account', status: 200, seenBy: offices },
	'POST /api/accounts': {
		who: offices,
		status: 201,
		body: ({ name }) => ({ name: `made-by-${name ?? 'nobody'}`, roles: ['worker:qianmen/caochang/g3'] })
	},
	'PATCH /api/accounts/:name': {
		who: offices,
		// Those who may learn that it is no longer as it was then.
		status: 409,
		path: ({ account }) => `/api/accounts/${account}`,
		body: () => ({ display: '某人', rev: '1-0' })
	},
	'POST /api/accounts/:name/link': {
		who: offices,
		status: 201,
		path: ({ account }) => `/api/accounts/${account}/link`,
		body: () => ({})
	},
	'GET /api/devices': { who: 'any account', status: 200, seenBy: offices },
	'POST /api/devices/:account/:device/revoke': {
		who: offices,
		status: 200,
		path: ({ account, device }) => `/api/devices/${account}/${device}/revoke`,
		body: () => ({})
	},
	'GET /api/handovers': { who: 'any account', status: 200, seenBy: offices },
	'POST /api/handovers/:id': {
		who: offices,
		status: 200,
		path: ({ handover }) => `/api/handovers/${handover}`,
		body: () => ({ decision: 'drop' })
	},
	'GET /api/cards': { who: staff, status: 200, path: () => `/api/cards?scope=${household}` },
	'POST /api/cards': { who: staff, status: 201, body: () => ({ scope: household, uses: 1 }) },
	'POST /api/cards/:id/revoke': {
		who: staff,
		status: 200,
		path: ({ card }) => `/api/cards/${card}/revoke`,
		body: () => ({})
	},
	'GET /api/tablet': { who: ['courtyard tablet'], status: 200 },
	'GET /api/points': {
		who: [...staff, 'resident'],
		status: 200,
		path: () => `/api/points?household=${household}&month=2026-11`
	},
	'GET /api/erasures': { who: 'any account', status: 200 },
	'GET /api/erasures/outlook': {
		who: offices,
		status: 200,
		path: () => `/api/erasures/outlook?household=${household}`
	},
	'POST /api/erasures': {
		who: offices,
		status: 202,
		body: () => ({ household: 'qianmen/caochang/g3/c12/h05' })
	}
};

/**
 * What is registered for every method, and how often: what goes before the handlers (sessions, limits), and what says
 * that a method or a path is not there. A handler that does anything is for methods by name, and has a rule above.
 */
export const everyMethod: Readonly<Record<string, number>> = {
	'ALL /*': 6,
	'ALL /api/*': 2,
	'ALL /api/accounts': 1,
	'ALL /api/accounts/*': 1,
	'ALL /api/accounts/:name': 1,
	'ALL /api/accounts/:name/link': 1,
	'ALL /api/accounts/log': 1,
	'ALL /api/cards/*': 1,
	'ALL /api/device': 1,
	'ALL /api/devices': 1,
	'ALL /api/devices/*': 1,
	'ALL /api/devices/:account/:device/revoke': 1,
	'ALL /api/erasures': 1,
	'ALL /api/erasures/*': 1,
	'ALL /api/erasures/outlook': 1,
	'ALL /api/handover': 1,
	'ALL /api/handovers': 1,
	'ALL /api/handovers/*': 1,
	'ALL /api/handovers/:id': 1,
	'ALL /api/passkeys/*': 2,
	'ALL /api/password': 1,
	'ALL /api/password/*': 1,
	'ALL /api/points': 1,
	'ALL /api/setup/*': 1,
	'ALL /api/tablet/*': 1,
	'ALL /db/*': 4,
	'ALL /db/_session': 2
};
