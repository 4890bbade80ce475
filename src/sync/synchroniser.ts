import { hashOfBytes, isHash } from '#records/hash.ts';
import type { DeviceStore } from '#records/device-store.ts';
import type { Dismissal, Synchroniser } from '#records/sync-status.ts';
import type { SyncStore } from '#records/sync-store.ts';
import { Bell } from './bell.ts';
import type { FetchedPhoto, SessionAccount } from './couch-server.ts';
import { deskOf } from './device-desk.ts';
import { dismissal } from './dismissal.ts';
import { Loop } from './loop.ts';
import { photoId } from './photo-document.ts';
import { connect, type Remote } from './remote.ts';
import { Exchanges } from './exchanges.ts';
import { StatusBoard } from './status-board.ts';
import type { Surroundings } from './surroundings.ts';
import { UpdatesListener } from './updates-listener.ts';
import { WireError } from './wire-error.ts';

/** Whose store is kept exchanging, and who is told what the server says of the account. */
export interface SynchroniserSetup {
	readonly account: string;
	readonly store: SyncStore;
	readonly device: DeviceStore;
	/** Told name and roles as the server knows them, in every exchange of this tab. */
	readonly onAccount: (account: SessionAccount) => void;
	/** Told when this device may not keep the account: it is time to stop, and to destroy what is here. */
	readonly onDismissal: (dismissal: Dismissal) => void;
}

/** Keeps an account's store and the server exchanging, until stopped. */
export function startSynchroniser(
	{ account, store, device, onAccount, onDismissal }: SynchroniserSetup,
	surroundings: Surroundings
): Synchroniser {
	const stopping = new AbortController();
	const stop = stopping.signal;
	const bell = new Bell();
	const remote = connect(surroundings.wire, stop);
	const board = new StatusBoard(surroundings.channel, () => bell.ring('everything'));
	const { wire } = remote;
	const exchanges = new Exchanges({
		...{ account, store, remote, board, surroundings, stop, onAccount, onDismissal },
		desk: () => deskOf(account, device, wire),
		dismissal: () => dismissal({ account, store, device, wire, now: () => surroundings.now() })
	});
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
