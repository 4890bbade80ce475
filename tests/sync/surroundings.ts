import type { Channel, Surroundings } from '../../src/sync/surroundings.ts';
import { turnOf } from '../../src/sync/turn.ts';
import { breathe } from '../../src/sync/pause.ts';
import type { Wire } from '../../src/sync/wire.ts';

/** A wait that somebody asked for, to be ended by the test. */
interface Pause {
	readonly ms: number;
	end(): void;
}

/** A tab whose clock, network and visibility the test holds in its hands; locks and channels are real. */
export class Tab implements Surroundings {
	readonly wire: Wire;
	readonly channel: Channel;
	readonly pauses: Pause[] = [];
	readonly reported: unknown[] = [];
	wokenLater = 0;
	readonly #account: string;
	readonly #listeners = new Set<() => void>();
	readonly #watchers = new Set<() => void>();
	#online = true;
	#visible = true;
	#clock = Date.UTC(2026, 10, 23);

	constructor(account: string, wire: Wire) {
		this.#account = account;
		this.wire = wire;
		const channel = new BroadcastChannel(turnOf(account));
		this.channel = {
			post: (message) => channel.postMessage(message),
			listen: (listener) => (channel.onmessage = ({ data }: MessageEvent<unknown>) => listener(data)),
			close: () => channel.close()
		};
	}

	readonly now = () => new Date(this.#clock);
	readonly random = () => 0.5;
	readonly breathe = breathe;
	readonly online = () => this.#online;
	readonly visible = () => this.#visible;

	readonly pause = (ms: number, stop: AbortSignal): Promise<void> =>
		new Promise((resolve) => {
			if (stop.aborted) resolve();
			stop.addEventListener('abort', () => resolve());
			this.pauses.push({ ms, end: resolve });
			this.#look();
		});

	onChange(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	async inTurn<T>(work: () => Promise<T>, stop: AbortSignal): Promise<T> {
		return await navigator.locks.request(turnOf(this.#account), { signal: stop }, work);
	}

	wakeLater(): Promise<void> {
		this.wokenLater += 1;
		this.#look();
		return Promise.resolve();
	}

	report(error: unknown): void {
		this.reported.push(error);
	}

	become(state: { readonly online?: boolean; readonly visible?: boolean }): void {
		this.#online = state.online ?? this.#online;
		this.#visible = state.visible ?? this.#visible;
		for (const listener of this.#listeners) listener();
	}

	/** Resolves when `holds`, of what this tab was asked for. */
	async when(holds: () => boolean): Promise<void> {
		if (holds()) return;
		await new Promise<void>((resolve) => {
			const watcher = () => {
				if (holds()) resolve();
			};
			this.#watchers.add(watcher);
		});
	}

	#look(): void {
		for (const watcher of this.#watchers) watcher();
	}

	pass(ms: number): void {
		this.#clock += ms;
	}
}
