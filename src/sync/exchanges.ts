import type { Dismissal, SyncActivity, SyncTrouble } from '#records/sync-status.ts';
import type { SyncStore } from '#records/sync-store.ts';
import type { SessionAccount } from './couch-server.ts';
import { exchange, type ExchangeDeps } from './exchange.ts';
import { exchangeAll, type ExchangedAll } from './exchange-all.ts';
import type { Remote } from './remote.ts';
import { mostInBatch, nextBatchSize } from './send-step.ts';
import type { StatusBoard } from './status-board.ts';
import type { Surroundings } from './surroundings.ts';
import { takeInPages } from './take-in-pages.ts';
import type { Changed } from './updates-listener.ts';
import { WireError } from './wire-error.ts';

/** After so long an exchange is full even if nothing told of a change. */
const fullEveryMs = 60 * 60_000;

export interface ExchangesDeps {
	readonly account: string;
	readonly store: SyncStore;
	readonly remote: Remote;
	readonly board: StatusBoard;
	readonly surroundings: Surroundings;
	readonly stop: AbortSignal;
	readonly onAccount: (account: SessionAccount) => void;
	readonly desk: ExchangeDeps['desk'];
	/** What to do when the session has ended. @throws WireError */
	readonly dismissal: () => Promise<Dismissal | undefined>;
	readonly onDismissal: (dismissal: Dismissal) => void;
}

/** Makes one exchange after another, and tells the board of each. */
export class Exchanges {
	readonly #deps: ExchangesDeps;
	#batchSize = mostInBatch;
	#lastFull: number | undefined;

	constructor(deps: ExchangesDeps) {
		this.#deps = deps;
	}

	/** Whether only a full exchange will do: none yet, none since trouble, or none for long. */
	get fullDue(): boolean {
		const now = this.#deps.surroundings.now().getTime();
		return this.#lastFull === undefined || now - this.#lastFull >= fullEveryMs;
	}

	/** One exchange. Nothing changed and nothing waits: it costs no request and says nothing. */
	async make(changed: Changed): Promise<ExchangedAll> {
		const { board, surroundings } = this.#deps;
		const exchanged = await this.#attempt(changed);
		if (exchanged === 'nothing to do') return {};
		this.#batchSize = nextBatchSize(this.#batchSize, exchanged.trouble !== 'offline');
		if (exchanged.trouble === 'signed-out') return { trouble: await this.#askWhy() };
		if (exchanged.trouble) this.#lastFull = undefined;
		else if (changed === 'everything') this.#lastFull = surroundings.now().getTime();
		if (exchanged.trouble) return exchanged;
		const lastDone = surroundings.now().toISOString();
		board.tell({ activity: { state: 'idle' }, lastDone, damaged: board.status.damaged });
		return exchanged;
	}

	/** Says that it will be tried again, and why. */
	waiting(why: SyncTrouble, nextAt: Date): void {
		const { board, surroundings } = this.#deps;
		const { offlineSince = surroundings.now().toISOString(), ...rest } = board.status;
		const activity: SyncActivity = { state: 'waiting', why, nextAt: nextAt.toISOString() };
		board.tell(why === 'offline' ? { ...rest, activity, offlineSince } : { ...rest, activity });
	}

	/**
	 * What fails but network and server is the store's trouble, or a mistake of ours: it is reported,
	 * and tried again like any other. What cannot be taken in keeps nothing from being sent.
	 */
	async #attempt(changed: Changed): Promise<ExchangedAll | 'nothing to do'> {
		const { surroundings, stop } = this.#deps;
		const failures: unknown[] = [];
		try {
			const deps = this.#exchangeDeps();
			// What an exchange that was cut off had fetched takes no network any more.
			await takeInPages({ ...deps, onTakenIn: () => {} }).catch((error: unknown) => failures.push(error));
			const exchanged = await this.#exchange(deps, changed);
			if (failures.length === 0 || (exchanged !== 'nothing to do' && exchanged.trouble)) return exchanged;
		} catch (error) {
			failures.push(error);
		} finally {
			// Whoever fails to take in fails at it again when it has sent: the later failure says as much.
			const [failure] = failures.slice(-1);
			if (failures.length > 0 && !stop.aborted) surroundings.report(failure);
		}
		return { trouble: 'store' };
	}

	async #exchange(deps: ExchangeDeps, changed: Changed): Promise<ExchangedAll | 'nothing to do'> {
		const { store, surroundings } = this.#deps;
		if (changed.length === 0 && (await store.counts()).waiting === 0) return 'nothing to do';
		if (!surroundings.online()) return { trouble: 'offline' };
		return changed === 'everything' ? await exchangeAll(deps) : await exchange(deps, changed);
	}

	/** Whether the session has merely ended, or the office has dismissed this device. */
	async #askWhy(): Promise<SyncTrouble> {
		const { dismissal, onDismissal, surroundings, stop } = this.#deps;
		this.#lastFull = undefined;
		try {
			const dismissed = await dismissal();
			if (dismissed && !stop.aborted) onDismissal(dismissed);
			return 'signed-out';
		} catch (error) {
			if (error instanceof WireError) return 'signed-out';
			if (!stop.aborted) surroundings.report(error);
			return 'store';
		}
	}

	#exchangeDeps(): ExchangeDeps {
		const { account, store, remote, board, surroundings, onAccount, desk } = this.#deps;
		return {
			desk,
			onAccount,
			account,
			store,
			remote,
			now: () => surroundings.now(),
			breathe: () => surroundings.breathe(),
			batchSize: this.#batchSize,
			onActivity: (activity) => board.tell({ ...board.status, activity }),
			onDamaged: (ids) => board.tell({ ...board.status, damaged: board.status.damaged + ids.length })
		};
	}
}
