import type { Wire } from './wire.ts';

/** Messages between the tabs of one account on one device. What one posts, the others hear. */
export interface Channel {
	post(message: unknown): void;
	listen(listener: (message: unknown) => void): void;
	close(): void;
}

/** What a run of syncing needs of the world around it. */
export interface Surroundings {
	readonly wire: Wire;
	now(): Date;
	/** In [0, 1). */
	random(): number;
	/** Resolves after so many milliseconds, or early when `stop` says so. */
	pause(ms: number, stop: AbortSignal): Promise<void>;
	/** Lets the screen be drawn between slices of work. */
	breathe(): Promise<void>;
	/** False when there certainly is no network. */
	online(): boolean;
	/** Whether a person may be looking. */
	visible(): boolean;
	/** Calls when `online` or `visible` changed. Returns how to stop. */
	onChange(listener: () => void): () => void;
	/**
	 * Does `work` when nobody else on this device is at it for this account. Rejects when `stop` says so
	 * before its turn came.
	 */
	inTurn<T>(work: () => Promise<T>, stop: AbortSignal): Promise<T>;
	readonly channel: Channel;
	/** Asks the browser to wake the service worker when there is a network. */
	wakeLater(): Promise<void>;
	/** Where errors go that are nobody's fault but ours. */
	report(error: unknown): void;
}
