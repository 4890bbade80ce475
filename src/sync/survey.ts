import { scopeOfDatabase } from '#records/database-name.ts';
import type { Checkpoint, SyncStore } from '#records/sync-store.ts';
import { acquaintance, identityOf, seqNumber, type DatabaseInfo } from './database-identity.ts';
import type { Remote } from './remote.ts';
import { WireError } from './wire-error.ts';

/** A feed to read: from where, and about how many changes there are. */
export interface FeedToRead {
	readonly database: string;
	readonly from: Checkpoint;
	readonly expected: number;
}

export interface Survey {
	readonly feeds: readonly FeedToRead[];
	/** Of databases that could not be asked; the others go on. */
	readonly trouble?: WireError;
}

/** What the server said of databases in this exchange, by name. */
export type Infos = ReadonlyMap<string, DatabaseInfo>;

/**
 * The databases an account follows. `gone`: followed before, and not listed any more. `told`: the list is the
 * server's, and not only remembered.
 */
export interface Followed {
	readonly listed: readonly string[];
	readonly infos: Infos;
	readonly gone: readonly string[];
	readonly told: boolean;
}

export async function followed(store: SyncStore, { server }: Remote): Promise<Followed> {
	const remembered = await store.feeds();
	try {
		const infos = await server.databases();
		const listed = [...infos.keys()].filter((name) => scopeOfDatabase(name));
		return { listed, infos, gone: remembered.filter((name) => !infos.has(name)), told: true };
	} catch (error) {
		// An Apache CouchDB keeps the list to its administrators.
		if (error instanceof WireError && error.trouble === 'forbidden')
			return { listed: remembered, infos: new Map(), gone: [], told: false };
		throw error;
	}
}

/**
 * Asks each database what it is, unless the server just said so, and says what there is to read. Where the server lost what this
 * device delivered to it, the device offers all of it again and reads from the start.
 * @throws WireError when there is no answer at all.
 */
export async function survey(
	store: SyncStore,
	remote: Remote,
	databases: readonly string[],
	infos: Infos = new Map()
): Promise<Survey> {
	const surveyed = await Promise.all(
		databases.map((database) => surveyOne(store, remote, database, infos.get(database)))
	);
	const troubles = surveyed.filter((one) => one instanceof WireError);
	const fatal = troubles.find(({ trouble }) => trouble === 'offline' || trouble === 'signed-out');
	if (fatal) throw fatal;
	const [trouble] = troubles.filter((one) => one.trouble !== 'forbidden');
	const feeds = surveyed.flatMap((one) => (one && !(one instanceof WireError) ? [one] : []));
	return { feeds, ...(trouble && { trouble }) };
}

async function surveyOne(
	store: SyncStore,
	remote: Remote,
	database: string,
	told: DatabaseInfo | undefined
): Promise<FeedToRead | WireError | undefined> {
	try {
		const info = told ?? (await remote.server.info(database)) ?? (await remade(remote, database));
		const checkpoint = await store.checkpoint(database);
		const known = acquaintance(checkpoint, info);
		if (known === 'unchanged') return undefined;
		if (known === 'lost') await store.offerAgain(database);
		const from = known === 'known' && checkpoint ? checkpoint : { identity: identityOf(info), seq: 0 };
		return { database, from, expected: Math.max(0, seqNumber(info.update_seq) - seqNumber(from.seq)) };
	} catch (error) {
		if (error instanceof WireError) return error;
		throw error;
	}
}

/** A database that was followed and is gone: whoever may make it anew does, and fills it again. */
async function remade({ server }: Remote, database: string) {
	await server.create(database);
	const info = await server.info(database);
	if (!info) throw new WireError(404, `${database} was made and is not there`);
	return info;
}
