import type { SyncActivity, SyncTrouble } from '#records/sync-status.ts';
import type { SyncStore } from '#records/sync-store.ts';
import { exchange, type ExchangeDeps } from './exchange.ts';
import { fullRound, type Round } from './full-round.ts';
import type { Remote } from './remote.ts';
import { mostInBatch, nextBatchSize } from './send-step.ts';
import type { StatusBoard } from './status-board.ts';
import type { Surroundings } from './surroundings.ts';
import type { Changed } from './updates-listener.ts';

/** After so long a round is full even if nothing told of a change. */
const fullEveryMs = 60 * 60_000;

export interface RoundsDeps {
	readonly account: string;
	readonly store: SyncStore;
	readonly remote: Remote;
	readonly board: StatusBoard;
	readonly surroundings: Surroundings;
	readonly stop: AbortSignal;
}

/** Makes one round after another, and tells the board of each. */
export class Rounds {
	readonly #deps: RoundsDeps;
	#batchSize = mostInBatch;
	#lastFull: number | undefined;

	constructor(deps: RoundsDeps) {
		this.#deps = deps;
	}

	/** Whether only a full round will do: none yet, none since trouble, or none for long. */
	get fullDue(): boolean {
		const now = this.#deps.surroundings.now().getTime();
		return this.#lastFull === undefined || now - this.#lastFull >= fullEveryMs;
	}

	/** A round. Nothing changed and nothing waits: it costs no request and says nothing. */
	async make(changed: Changed): Promise<Round> {
		const { board, surroundings } = this.#deps;
		const round = await this.#attempt(changed);
		if (round === 'nothing to do') return {};
		this.#batchSize = nextBatchSize(this.#batchSize, round.trouble !== 'offline');
		if (round.trouble) this.#lastFull = undefined;
		else if (changed === 'everything') this.#lastFull = surroundings.now().getTime();
		if (round.trouble) return round;
		const lastDone = surroundings.now().toISOString();
		board.tell({ activity: { state: 'idle' }, lastDone, damaged: board.status.damaged });
		return round;
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
	 * and tried again like any other.
	 */
	async #attempt(changed: Changed): Promise<Round | 'nothing to do'> {
		const { store, surroundings, stop } = this.#deps;
		try {
			if (changed.length === 0 && (await store.counts()).waiting === 0) return 'nothing to do';
			if (!surroundings.online()) return { trouble: 'offline' };
			const deps = this.#exchangeDeps();
			return changed === 'everything' ? await fullRound(deps) : await exchange(deps, changed);
		} catch (error) {
			if (!stop.aborted) surroundings.report(error);
			return { trouble: 'store' };
		}
	}

	#exchangeDeps(): ExchangeDeps {
		const { account, store, remote, board, surroundings } = this.#deps;
		return {
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
