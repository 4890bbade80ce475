import type { SyncTrouble } from '#records/sync-status.ts';
import type { SyncStore } from '#records/sync-store.ts';
import { backOffDelay, usualBackOff } from './back-off.ts';
import type { Bell } from './bell.ts';
import type { Exchanges } from './exchanges.ts';
import type { StatusBoard } from './status-board.ts';
import type { Surroundings } from './surroundings.ts';
import type { Changed, UpdatesListener } from './updates-listener.ts';

export interface LoopDeps {
	readonly store: SyncStore;
	readonly surroundings: Surroundings;
	readonly bell: Bell;
	readonly board: StatusBoard;
	readonly exchanges: Exchanges;
	readonly listener: UpdatesListener;
	readonly stop: AbortSignal;
}

/**
 * Exchange after exchange until stopped. The turn is kept while someone may be looking; it is given away by
 * a hidden page with nothing to do, and while waiting to try again.
 */
export class Loop {
	readonly #deps: LoopDeps;
	/** In a row. */
	#failures = 0;

	constructor(deps: LoopDeps) {
		this.#deps = deps;
	}

	async run(): Promise<void> {
		const { surroundings, stop } = this.#deps;
		while (!stop.aborted) {
			try {
				const trouble = await surroundings.inTurn(() => this.#shift(), stop);
				if (stop.aborted) return;
				await (trouble ? this.#waitAfter(trouble) : this.#untilNeeded());
			} catch (error) {
				if (stop.aborted) return;
				surroundings.report(error);
				await this.#waitAfter('store');
			}
		}
	}

	/** Exchanges while there is something to do or someone may be looking. Returns the trouble that ended it. */
	async #shift(): Promise<SyncTrouble | undefined> {
		const { surroundings, bell, board, exchanges, listener, stop } = this.#deps;
		board.telling = true;
		try {
			let changed: Changed = exchanges.fullDue || bell.answer() === 'everything' ? 'everything' : [];
			while (!stop.aborted) {
				const { trouble, lastSeq } = await exchanges.make(changed);
				if (trouble) return trouble;
				this.#failures = 0;
				if (changed === 'everything') listener.startFrom(lastSeq);
				if (!surroundings.visible()) return undefined;
				changed = exchanges.fullDue ? 'everything' : await this.#next();
			}
			return undefined;
		} finally {
			listener.release();
			board.telling = false;
		}
	}

	/** What to do next, of what is heard from the server and of what is wished for here. */
	async #next(): Promise<Changed> {
		const { bell, listener } = this.#deps;
		const heard = await Promise.race([listener.next(), bell.rung()]);
		if (heard) return listener.take(heard);
		return bell.answer() === 'everything' ? 'everything' : [];
	}

	/** A hidden page takes the turn again when shown, when asked, or when something waits. */
	async #untilNeeded(): Promise<void> {
		const { store, surroundings, bell, stop } = this.#deps;
		while (!stop.aborted && !surroundings.visible()) {
			await bell.rung();
			if ((await store.counts()).waiting > 0 || bell.answer() === 'everything') return;
		}
	}

	/** Until it is time to try again, or something gives new hope. */
	async #waitAfter(trouble: SyncTrouble): Promise<void> {
		const { store, surroundings, bell, exchanges, stop } = this.#deps;
		this.#failures += 1;
		const delay = backOffDelay(usualBackOff, this.#failures, surroundings.random());
		exchanges.waiting(trouble, new Date(surroundings.now().getTime() + delay));
		bell.answer();
		if (trouble === 'offline' && (await store.counts()).waiting > 0) await surroundings.wakeLater();
		const woken = new AbortController();
		const pause = surroundings.pause(delay, AbortSignal.any([woken.signal, stop]));
		const rung = bell.rung().then(() => {
			this.#failures = 0;
		});
		await Promise.race([pause, rung]);
		woken.abort();
	}
}
