import * as v from 'valibot';
import type { SyncStatus } from '#records/sync-status.ts';
import type { Channel } from './surroundings.ts';

const count = v.number();
const trouble = v.picklist(['offline', 'server', 'signed-out', 'forbidden', 'store']);
const status = v.object({
	activity: v.variant('state', [
		v.object({ state: v.literal('idle') }),
		v.object({ state: v.literal('sending'), done: count, total: count }),
		v.object({ state: v.literal('fetching'), done: count, total: v.exactOptional(count) }),
		v.object({ state: v.literal('waiting'), why: trouble, nextAt: v.string() })
	]),
	lastDone: v.exactOptional(v.string()),
	offlineSince: v.exactOptional(v.string()),
	damaged: count
});

/** `ask`: a tab was opened and would like to know. `now`: a person asked in a tab that has not the turn. */
const message = v.variant('type', [
	v.object({ type: v.literal('status'), status }),
	v.object({ type: v.literal('ask') }),
	v.object({ type: v.literal('now') })
]);

/** What syncing is doing, the same in every tab: who has the turn tells, the others repeat it. */
export class StatusBoard {
	readonly #channel: Channel;
	readonly #listeners = new Set<(status: SyncStatus) => void>();
	#status: SyncStatus = { activity: { state: 'idle' }, damaged: 0 };
	#telling = false;

	/** `onNow`: someone asked in another tab, while this one has the turn. */
	constructor(channel: Channel, onNow: () => void) {
		this.#channel = channel;
		channel.listen((received) => {
			const parsed = v.safeParse(message, received);
			if (!parsed.success) return; // from a tab with another version of the app
			if (parsed.output.type === 'status') this.#hear(parsed.output.status);
			else if (!this.#telling) return;
			else if (parsed.output.type === 'now') onNow();
			else channel.post({ type: 'status', status: this.#status });
		});
		channel.post({ type: 'ask' });
	}

	get status(): SyncStatus {
		return this.#status;
	}

	/** Whether this is the tab that has the turn. */
	set telling(telling: boolean) {
		this.#telling = telling;
	}

	/** Says what this tab is doing. */
	tell(told: SyncStatus): void {
		this.#show(told);
		this.#channel.post({ type: 'status', status: told });
	}

	/** Asks the tab that has the turn to exchange now. */
	askNow(): void {
		this.#channel.post({ type: 'now' });
	}

	onStatus(listener: (status: SyncStatus) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	#hear(heard: SyncStatus): void {
		if (!this.#telling) this.#show(heard);
	}

	#show(shown: SyncStatus): void {
		this.#status = shown;
		for (const listener of this.#listeners) listener(shown);
	}
}
