import type { SyncActivity, SyncTrouble } from '#records/sync-status.ts';
import { emptyPage, type SyncStore } from '#records/sync-store.ts';
import type { SessionAccount } from './couch-server.ts';
import { passedOver, type DeliveredRange } from './delivered-ranges.ts';
import type { DeviceDesk } from './device-desk.ts';
import { mendErased } from './erasing.ts';
import { afterPage, afterTakingIn, pulledOf, type PullProgress } from './pull-progress.ts';
import { pull, type PullDeps } from './pull.ts';
import { push, type Pushed } from './push.ts';
import type { Remote } from './remote.ts';
import { survey, type FeedToRead, type Infos } from './survey.ts';
import { takeInPages } from './take-in-pages.ts';
import { toWireError, WireError } from './wire-error.ts';

export interface ExchangeDeps {
	readonly account: string;
	readonly store: SyncStore;
	readonly remote: Remote;
	readonly now: () => Date;
	readonly breathe: () => Promise<void>;
	readonly batchSize: number;
	readonly onActivity: (activity: SyncActivity) => void;
	readonly onDamaged: (ids: readonly string[]) => void;
	/** The account as the server knows it, told in every exchange. */
	readonly onAccount: (account: SessionAccount) => void;
	/** Where this device hands over; undefined when it cannot. */
	readonly desk: () => Promise<DeviceDesk | undefined>;
}

/** `trouble`: not everything was exchanged. */
export interface Exchanged {
	readonly trouble?: SyncTrouble;
}

/**
 * Sends what waits and reads the given feeds to their end. What goes wrong with one database does
 * not keep the others from theirs. What fails but the network throws.
 *
 * For the account whose store this is and no other: in some other tab the session may have ended or
 * become another account's, whose feeds have no place in this store.
 */
export async function exchange(deps: ExchangeDeps, databases: readonly string[]): Promise<Exchanged> {
	try {
		const account = await sessionAccount(deps);
		return account ? await exchangeAs(deps, databases) : { trouble: 'signed-out' };
	} catch (error) {
		if (error instanceof WireError) return { trouble: error.trouble };
		throw error;
	}
}

/** The account, if the session is still its own. @throws WireError */
export async function sessionAccount({
	account,
	remote,
	onAccount
}: ExchangeDeps): Promise<SessionAccount | undefined> {
	const known = await remote.server.account();
	if (known?.name !== account) return undefined;
	onAccount(known);
	return known;
}

/** Exchanges, knowing whose session it is. @throws WireError */
export async function exchangeAs(
	deps: ExchangeDeps,
	databases: readonly string[],
	infos?: Infos
): Promise<Exchanged> {
	const { feeds, trouble } = await survey(deps.store, deps.remote, databases, infos);
	const pushed = await pushWaiting(deps);
	if (pushed.trouble === 'offline' || pushed.trouble === 'signed-out') return { trouble: pushed.trouble };
	await mendErased(deps.store, deps.now);
	const read = new Set(feeds.map(({ database }) => database));
	const others = databases.filter((database) => !read.has(database));
	await passOver(deps.store, others, pushed);
	const pulled = await pullAll(deps, feeds, pushed);
	await deps.store.compact();
	return firstOf(pushed.trouble, pulled, trouble?.trouble);
}

export function pushWaiting(deps: ExchangeDeps): Promise<Pushed> {
	const onProgress = (done: number, total: number) => deps.onActivity({ state: 'sending', done, total });
	return push({ ...deps, onProgress });
}

/** Feeds that had nothing new before this device sent are read on past what it sent, without a request. */
async function passOver(
	store: SyncStore,
	databases: readonly string[],
	{ delivered }: Pushed
): Promise<void> {
	for (const database of databases) {
		const ranges = delivered.get(database);
		const before = ranges && (await store.checkpoint(database));
		if (!before) continue;
		const reached = passedOver(before, ranges);
		if (reached !== before) await store.storePage(database, emptyPage, reached);
	}
}

/**
 * Fetches all feeds, and takes in what came, also when the line breaks. While what came before cannot be taken in
 * nothing is fetched: it would only take the room that is left for what is saved here.
 */
async function pullAll(
	deps: ExchangeDeps,
	feeds: readonly FeedToRead[],
	{ delivered }: Pushed
): Promise<SyncTrouble | undefined> {
	let progress: PullProgress = new Map(
		feeds.map(({ database, expected }) => [database, { takenIn: 0, onDisk: 0, left: expected }])
	);
	const tell = (now: PullProgress) => {
		progress = now;
		deps.onActivity({ state: 'fetching', ...pulledOf(progress) });
	};
	const taking = {
		...deps,
		onTakenIn: (database: string, changes: number) => tell(afterTakingIn(progress, database, changes))
	};
	let trouble: SyncTrouble | undefined;
	await takeInPages(taking);
	try {
		for (const feed of feeds) {
			const { database } = feed;
			tell(progress);
			const onPage = (changes: number, left: number) => tell(afterPage(progress, database, changes, left));
			trouble = (await pullOne({ ...taking, onPage }, feed, delivered.get(database))) ?? trouble;
		}
	} finally {
		await takeInPages(taking);
	}
	return trouble;
}

/** What goes wrong with this feed alone. @throws WireError for what goes wrong with all. */
async function pullOne(
	deps: PullDeps,
	{ database, from }: FeedToRead,
	delivered?: readonly DeliveredRange[]
): Promise<SyncTrouble | undefined> {
	try {
		await pull(deps, database, from, delivered);
		return undefined;
	} catch (error) {
		if (!(error instanceof WireError)) throw error;
		if (toWireError(error).trouble === 'offline' || error.trouble === 'signed-out') throw error;
		return error.trouble;
	}
}

function firstOf(...troubles: readonly (SyncTrouble | undefined)[]): Exchanged {
	const trouble = troubles.find((one) => one !== undefined);
	return trouble ? { trouble } : {};
}
