import { afterAll, beforeAll, beforeEach } from 'vitest';
import { startServer, type TestServer } from '../serve.ts';
import { couchClient, type CouchClient } from './couch-client.ts';
import { gridDatabase } from './field-records.ts';

export const couchHeaders = { Accept: 'application/json', 'User-Agent': 'CouchDB-Replicator/3.5.0' };

/** There once the tests run. */
interface ShelfServer {
	readonly server: TestServer;
	readonly admin: CouchClient;
}

/** A server for the tests of a file. Before each test its `shelf` and a grid's database are empty. */
export function startShelf(): ShelfServer {
	let server: TestServer;
	let admin: CouchClient;
	beforeAll(async () => {
		server = await startServer();
		await server.setup();
		admin = couchClient(server, server.admin);
	});
	afterAll(() => server.remove());
	beforeEach(async () => {
		for (const name of ['shelf', gridDatabase]) {
			await admin.send('DELETE', name);
			await admin.send('PUT', name);
		}
	});
	return {
		get server() {
			return server;
		},
		get admin() {
			return admin;
		}
	};
}
