import { hashOfBytes, isHash } from '#records/hash.ts';
import type { Synchroniser } from '#records/sync-status.ts';
import type { SyncStore } from '#records/sync-store.ts';
import { Bell } from './bell.ts';
import type { FetchedPhoto, SessionAccount } from './couch-server.ts';
import { Loop } from './loop.ts';
import { photoId } from './photo-document.ts';
import { connect, type Remote } from './remote.ts';
import { Exchanges } from './exchanges.ts';
import { StatusBoard } from './status-board.ts';
import type { Surroundings } from './surroundings.ts';
import { UpdatesListener } from './updates-listener.ts';
import { WireError } from './wire-error.ts';

/**
 * Keeps an account's store and the server exchanging, until stopped. `onAccount` is told name and roles as
 * the server knows them, in every exchange of this tab.
 */
export function startSynchroniser(
	account: string,
	store: SyncStore,
	surroundings: Surroundings,
	onAccount: (account: SessionAccount) => void = () => {}
): Synchroniser {
	const stopping = new AbortController();
	const stop = stopping.signal;
	const bell = new Bell();
	const remote = connect(surroundings.wire, stop);
	const board = new StatusBoard(surroundings.channel, () => bell.ring('everything'));
	const exchanges = new Exchanges({ account, store, remote, board, surroundings, stop, onAccount });
	const listener = new UpdatesListener(remote.server, surroundings, stop);
	const endings = [
		surroundings.onChange(() => bell.ring('look')),
		store.onNotice(({ type }) => {
			if (type === 'superseded') end();
			else bell.ring('look');
		})
	];
	function end(): void {
		for (const ending of endings) ending();
		stopping.abort();
		bell.ring('look');
	}
	void new Loop({ store, surroundings, bell, board, exchanges, listener, stop })
		.run()
		.finally(() => surroundings.channel.close());
	return {
		get status() {
			return board.status;
		},
		onStatus: (listening) => board.onStatus(listening),
		now() {
			bell.ring('everything');
			board.askNow();
		},
		fetchPhoto: (database, hash) => fetchPhoto(remote, database, hash),
		stop: end
	};
}

/** Undefined, too, when the server's bytes are not the ones the hash names. */
async function fetchPhoto(remote: Remote, database: string, hash: string): Promise<FetchedPhoto | undefined> {
	if (!isHash(hash)) return undefined;
	try {
		const photo = await remote.server.photo(database, photoId(hash));
		return photo && hashOfBytes(photo.bytes) === hash ? photo : undefined;
	} catch (error) {
		if (error instanceof WireError) return undefined;
		throw error;
	}
}
