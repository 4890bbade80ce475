import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';
import { timeout } from 'hono/timeout';
import { accountsRoutes, type AccountsDeps } from './accounts/accounts-routes.ts';
import { passwordRoutes } from './accounts/password-routes.ts';
import { couchApi } from './api/couch-api.ts';
import type { CouchDeps } from './api/couch-deps.ts';
import { sameOrigin } from './auth/same-origin.ts';
import { sessionRoutes } from './auth/session-routes.ts';
import { session, type SessionDeps } from './auth/session.ts';
import { setupRoutes, type SetupDeps } from './auth/setup-routes.ts';
import { clientOf } from './client.ts';
import type { Config } from './config.ts';
import { CouchError, notFound, tooLarge } from './couch-error.ts';
import type { Cards } from './join/cards.ts';
import { joiningRoutes } from './join/joining.ts';
import { decisionsRoutes } from './devices/decisions-routes.ts';
import { devicesRoutes, type DevicesRoutesDeps } from './devices/devices-routes.ts';
import { handoverRoutes, type HandoverDeps } from './devices/handover-routes.ts';
import { erasureRoutes } from './erasure/erasure-routes.ts';
import type { Erasures } from './erasure/erasures.ts';
import { healthRoutes } from './observe/health-routes.ts';
import type { Log } from './observe/log.ts';
import { metricsRoutes } from './observe/metrics-routes.ts';
import type { Metrics } from './observe/metrics.ts';
import { observeRequests } from './observe/observe-requests.ts';
import { waitsForChanges } from './observe/route-family.ts';
import { pointsRoutes } from './points/points-routes.ts';
import type { ServerEnv } from './server-env.ts';
import { appRoutes } from './static/app-routes.ts';
import type { BuildFiles } from './static/build-files.ts';
import { contentSecurityPolicy } from './static/content-security-policy.ts';
import { securityHeaders } from './static/security-headers.ts';

export interface AppDeps {
	readonly config: Pick<Config, 'proxies' | 'metricsToken' | 'requestSeconds'>;
	readonly couch: CouchDeps;
	readonly session: SessionDeps;
	readonly setup: SetupDeps;
	readonly accounts: AccountsDeps;
	readonly devices: DevicesRoutesDeps & HandoverDeps;
	readonly cards: Cards;
	readonly erasures: Erasures;
	readonly files: BuildFiles;
	readonly log: Log;
	readonly metrics: Metrics;
	/** Whether the server is being stopped: what has begun is finished, nothing more is begun. */
	readonly isStopping: () => boolean;
	/** Reads from a database; throws when that fails. */
	readonly probe: () => Promise<unknown>;
}

/** Bytes of a login or a set-up. */
const smallBody = 16 * 1024;

/**
 * The whole server: `/db/` is CouchDB's, `/api/` our own, `/_up` and `/metrics` for those who run it, and every other
 * path the app's. No name of a database can so meet a page of the app.
 */
export function createApp(deps: AppDeps): Hono<ServerEnv> {
	const { config, log, metrics } = deps;
	const app = new Hono<ServerEnv>();

	app.use(async (c, next) => {
		c.set('client', clientOf(c.env.incoming, config.proxies));
		await next();
	});
	app.use(observeRequests({ log, metrics, now: () => performance.now() }));
	app.use(securityHeaders(contentSecurityPolicy(deps.files)));
	app.use(async (c, next) => {
		if (deps.isStopping()) throw new CouchError(503, 'service_unavailable', 'The server is stopping.');
		await next();
	});
	app.use(sameOrigin);
	app.use('/db/*', unlessWaiting(compress()));
	app.use(
		unlessWaiting(
			timeout(config.requestSeconds * 1000, new HTTPException(504, { message: 'The request took too long.' }))
		)
	);

	const small = bodyLimit({
		maxSize: smallBody,
		onError: () => {
			throw tooLarge('the request entity is too large');
		}
	});
	const health = healthRoutes(deps.probe);
	app.route('/_up', health);
	app.route('/metrics', metricsRoutes(metrics, config.metricsToken));
	app.route('/api', handoverRoutes(deps.devices));
	app.use('/api/*', small);
	app.route('/api/setup', setupRoutes(deps.setup));
	app.route('/api/password', passwordRoutes(deps.accounts));
	app.use('/api/accounts/*', session(deps.session));
	app.route('/api/accounts', accountsRoutes(deps.accounts));
	app.use('/api/devices/*', session(deps.session));
	app.route('/api/devices', devicesRoutes(deps.devices));
	app.use('/api/handovers/*', session(deps.session));
	app.route('/api/handovers', decisionsRoutes({ ...deps.devices, couch: deps.couch }));
	app.route(
		'/api',
		joiningRoutes({ ...deps.couch, ...deps.accounts, cards: deps.cards, session: deps.session })
	);
	app.use('/api/erasures/*', session(deps.session));
	app.route('/api/erasures', erasureRoutes(deps.erasures));
	app.use('/api/points', session(deps.session));
	app.route('/api/points', pointsRoutes(deps.couch.databases));

	app.route('/db/_up', health);
	app.use('/db/*', session(deps.session));
	app.use('/db/_session', small);
	app.route('/db/_session', sessionRoutes(deps.session));
	app.route('/db', couchApi(deps.couch));

	app.all('/db/*', () => {
		throw notFound();
	});
	app.all('/api/*', () => {
		throw notFound();
	});
	app.route('/', appRoutes(deps.files));

	app.onError((error, c) => {
		if (error instanceof CouchError) return c.json(error.body, error.status, error.headers);
		if (error instanceof HTTPException) {
			return c.json({ error: 'request_failed', reason: error.message }, error.status);
		}
		log.error({ id: c.get('requestId'), error }, 'request failed');
		return c.json(
			{ error: 'internal_server_error', reason: 'The server could not answer; its log says why.' },
			500
		);
	});
	app.notFound((c) => c.json({ error: 'not_found', reason: 'missing' }, 404));
	return app;
}

/** Leaves out requests that wait for changes: compressing would hold their heartbeat back, a limit end them. */
function unlessWaiting(middleware: ReturnType<typeof compress>) {
	return createMiddleware<ServerEnv>((c, next) =>
		waitsForChanges(c.req.path, c.req.query('feed')) ? next() : middleware(c, next)
	);
}
