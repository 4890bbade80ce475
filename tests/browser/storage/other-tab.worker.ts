import { AccountStore } from '#storage/account-store.ts';
import { storeParts } from '#storage/store-parts.ts';
import { beforeEachWrite } from './faults.ts';
import type { Told, Wish } from './other-tab.ts';
import { smallLimits } from './small-limits.ts';
import { database } from './stores.ts';

/** A second place of the app, with a connection and a thread of its own: does as it is told, and says so. */
function tell(told: Told): void {
	postMessage(told);
}

async function run(wish: Wish): Promise<void> {
	const { account } = wish;
	const db = beforeEachWrite(database(account), (write) => tell({ type: 'write', write }));
	const store = new AccountStore(storeParts(db, { account, now: () => new Date(), limits: smallLimits }));
	if (wish.type === 'save') await store.save({ revisions: wish.revisions });
	else if (wish.type === 'compact') await store.compact();
	else {
		store.onNotice((notice) => tell({ type: 'heard', notice }));
		await store.counts();
	}
	tell({ type: 'done' });
}

addEventListener('message', ({ data }: MessageEvent<Wish>) => void run(data));
