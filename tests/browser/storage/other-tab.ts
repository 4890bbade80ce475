import { onTestFinished } from 'vitest';
import type { StoreNotice } from '#records/phone-store.ts';
import type { Revision } from '#records/revision.ts';

/** What the worker is to do with the account's store. */
export type Wish =
	| { readonly type: 'save'; readonly account: string; readonly revisions: readonly Revision[] }
	| { readonly type: 'compact' | 'listen'; readonly account: string };

/** What the worker says: it is about to write for the `write`-th time, it heard something, it is done. */
export type Told =
	| { readonly type: 'write'; readonly write: number }
	| { readonly type: 'heard'; readonly notice: StoreNotice }
	| { readonly type: 'done' };

/** A worker with the account's store open; gone when the test ends, if not before. */
export function otherTab(): Worker {
	const worker = new Worker(new URL('./other-tab.worker.ts', import.meta.url), { type: 'module' });
	onTestFinished(() => worker.terminate());
	return worker;
}

/** The next thing the worker says that `wanted` accepts. */
export function told<Wanted extends Told>(
	worker: Worker,
	wanted: (said: Told) => said is Wanted
): Promise<Wanted> {
	return new Promise((resolve, reject) => {
		worker.addEventListener('error', ({ message }) => reject(new Error(message)), { once: true });
		worker.addEventListener('message', ({ data }: MessageEvent<Told>) => {
			if (wanted(data)) resolve(data);
		});
	});
}

export function isDone(said: Told): said is Extract<Told, { type: 'done' }> {
	return said.type === 'done';
}

/** It heard of that many new records at once. */
export function isHeardOf(count: number): (said: Told) => said is Extract<Told, { type: 'heard' }> {
	return (said): said is Extract<Told, { type: 'heard' }> =>
		said.type === 'heard' && said.notice.type === 'records' && said.notice.revisions.length === count;
}
