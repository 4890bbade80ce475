import { CouchDatabase } from './couch-database.ts';
import { CouchServer, longpollLimitMs } from './couch-server.ts';
import { boundedWire, type Wire } from './wire.ts';

/** The office's server, as one run of syncing speaks to it. */
export interface Remote {
	readonly wire: Wire;
	readonly server: CouchServer;
	database(name: string): CouchDatabase;
}

/** Every request ends when `stop` says so, and by itself when it takes too long. */
export function connect(wire: Wire, stop: AbortSignal): Remote {
	const bounded = boundedWire(wire, stop);
	const databases = new Map<string, CouchDatabase>();
	return {
		wire: bounded,
		server: new CouchServer(bounded, boundedWire(wire, stop, longpollLimitMs)),
		database(name) {
			const opened = databases.get(name) ?? new CouchDatabase(bounded, name);
			databases.set(name, opened);
			return opened;
		}
	};
}
