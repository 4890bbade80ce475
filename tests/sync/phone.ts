import { deskOf } from '../../src/sync/device-desk.ts';
import { exchangeAll, type ExchangedAll } from '../../src/sync/exchange-all.ts';
import { breathe } from '../../src/sync/pause.ts';
import { connect } from '../../src/sync/remote.ts';
import { mostInBatch } from '../../src/sync/send-step.ts';
import type { Wire } from '../../src/sync/wire.ts';
import type { SessionAccount } from '../../src/sync/couch-server.ts';
import type { SyncActivity } from '#records/sync-status.ts';
import { basic, createAccount, sessionCookie, type Login, type TestServer } from '../serve.ts';
import { MemoryDevice } from './memory-device.ts';
import { MemoryStore } from './memory-store.ts';

/** A request as it went over the wire. */
export interface Seen {
	readonly method: string;
	/** Without the origin. */
	readonly path: string;
	/** Documents sent and received. */
	readonly documents: number;
}

/** What stands between a phone and the server: fails as networks do. */
export type Weather = (request: Request, send: () => Promise<Response>) => Promise<Response>;

/** An account's device: its store, its session, and a count of what it asks. */
export interface Phone {
	readonly account: string;
	readonly store: MemoryStore;
	readonly device: MemoryDevice;
	wire: Wire;
	readonly seen: Seen[];
	readonly activities: SyncActivity[];
	readonly damaged: string[];
	readonly accounts: SessionAccount[];
	weather: Weather;
	/** Everything once, as on opening. */
	sync(batchSize?: number): Promise<ExchangedAll>;
}

const clear: Weather = (_request, send) => send();

export async function makePhone(
	server: TestServer,
	login: Login,
	store = new MemoryStore(login.name)
): Promise<Phone> {
	const device = new MemoryDevice(login.name);
	const cookie = await sessionCookie(server, login);
	const phone: Phone = {
		account: login.name,
		store,
		device,
		wire: {
			origin: server.url,
			fetch: (url, init) => counted(new Request(url, withCookie(init, cookie)), phone)
		},
		seen: [],
		activities: [],
		damaged: [],
		accounts: [],
		weather: clear,
		sync: (batchSize = mostInBatch) => {
			const remote = connect(phone.wire, new AbortController().signal);
			return exchangeAll({
				account: login.name,
				store,
				remote,
				desk: () => deskOf(login.name, device, remote.wire),
				now: () => new Date(),
				breathe,
				batchSize,
				onActivity: (activity) => phone.activities.push(activity),
				onDamaged: (ids) => phone.damaged.push(...ids),
				onAccount: (account) => phone.accounts.push(account)
			});
		}
	};
	return phone;
}

function withCookie(init: RequestInit = {}, cookie: string): RequestInit {
	const headers = new Headers(init.headers);
	headers.set('Cookie', cookie);
	return { ...init, headers };
}

async function counted(request: Request, phone: Phone): Promise<Response> {
	const sent = request.method === 'POST' ? docsIn(await request.clone().json()) : 0;
	const { pathname, search } = new URL(request.url);
	const response = await phone.weather(request, () => fetch(request));
	const type = response.headers.get('Content-Type') ?? '';
	const received = type.includes('json') ? docsIn(await response.clone().json()) : 0;
	phone.seen.push({ method: request.method, path: pathname + search, documents: sent + received });
	return response;
}

/** `docs` of a `_bulk_docs`, rows with a `doc` of a changes feed. */
function docsIn(body: unknown): number {
	if (typeof body !== 'object' || body === null) return 0;
	if ('docs' in body && Array.isArray(body.docs)) return body.docs.length;
	if (!('results' in body) || !Array.isArray(body.results)) return 0;
	return body.results.filter((row: unknown) => typeof row === 'object' && row !== null && 'doc' in row)
		.length;
}

/** A request as the server's administrator. */
export async function asAdmin(
	server: TestServer,
	method: string,
	path: string,
	body?: unknown
): Promise<unknown> {
	const response = await fetch(`${server.url}/db/${path}`, {
		method,
		headers: { ...basic(server.admin), 'Content-Type': 'application/json' },
		...(body === undefined ? {} : { body: JSON.stringify(body) })
	});
	if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
	return await response.json();
}

/** An account with its phone. */
export async function newPhone(server: TestServer, name: string, roles: readonly string[]): Promise<Phone> {
	return makePhone(server, await createAccount(server, name, roles));
}
