import { databaseOf } from '#records/database-name.ts';
import type { Revision } from '#records/revision.ts';
import type { Scope } from '#records/scope.ts';
import { openStore, type AccountStore } from '#storage/account-store.ts';
import { exchangeAll } from '#sync/exchange-all.ts';
import { exchanging, isRevision, untroubled } from './first-sync.ts';
import { localPouch, remotePouch } from './pouch.ts';

/** A phone that syncs. Both resolve when all is done and on the disk. */
interface Phone {
	write(revisions: readonly Revision[]): Promise<void>;
	sync(): Promise<void>;
}

/** Phones that hold a whole feed and go on from there. */
export class DailyBench {
	#phone: Phone | undefined;

	async prepare(way: 'ours' | 'PouchDB idb', account: string, grid: Scope): Promise<void> {
		this.#phone = way === 'ours' ? await ownPhone(account) : pouchPhone(databaseOf(grid));
		await this.#phone.sync();
		// What came is offered back and known by then.
		await this.#phone.sync();
	}

	async write(records: readonly object[]): Promise<void> {
		await this.#phone?.write(records.filter(isRevision));
	}

	/** Milliseconds. */
	async sync(): Promise<number> {
		const start = performance.now();
		await this.#phone?.sync();
		return performance.now() - start;
	}
}

async function ownPhone(account: string): Promise<Phone> {
	const store: AccountStore = await openStore({ account, now: () => new Date() });
	const deps = exchanging(account, store);
	return {
		async write(revisions) {
			for (const revision of revisions) await store.save({ revisions: [revision] });
		},
		sync: async () => untroubled(await exchangeAll(deps))
	};
}

function pouchPhone(database: string): Phone {
	const [local, remote] = [localPouch(`daily-${database}`), remotePouch(database)];
	return {
		write: async (revisions) => void (await local.bulkDocs(revisions, { new_edits: false })),
		sync: async () => void (await local.sync(remote))
	};
}
