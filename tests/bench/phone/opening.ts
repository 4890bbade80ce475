import Dexie from 'dexie';
import { toDay } from '#kinds/day.ts';
import { monthOfEntity, policyOf } from '#kinds/kinds.ts';
import { databaseOf } from '#records/database-name.ts';
import { RevisionSet } from '#records/revision-set.ts';
import type { Revision } from '#records/revision.ts';
import type { Scope } from '#records/scope.ts';
import { roundOf, type CourtyardRound } from '#read-models/round.ts';
import { openEarlyStore } from '#storage/early-store.ts';
import { changesIn } from '../../page-text.ts';
import { firstSync, isRevision } from './first-sync.ts';
import { takeIn } from '#sync/take-in.ts';
import { localPouch } from './pouch.ts';
import { ownServer } from './wire.ts';

const names = { pouch: 'opening-pouch', rows: 'opening-rows' };

/** `visits`: households in the list of today. */
export interface Opened {
	readonly ms: number;
	readonly records: number;
	readonly visits: number;
}

/** Ways of reading what the app reads at its start: certain months. PouchDB has no way to leave the others. */
const readers = {
	ours: async (account: string, months: readonly string[], give: Give) => {
		const store = await openEarlyStore({ account, now: () => new Date() });
		await store.load(months, give);
	},
	'PouchDB allDocs': async (_account: string, _months: readonly string[], give: Give) => {
		const { rows } = await localPouch(names.pouch).allDocs({ include_docs: true });
		give(rows.flatMap(({ doc }) => (isRevision(doc) ? [doc] : [])));
	},
	'Dexie rows': async (_account: string, months: readonly string[], give: Give) => {
		const rows = await rowTable()
			.where('month')
			.anyOf(['', ...months])
			.toArray();
		give(rows.map(({ revision }) => revision));
	}
} as const;

type Give = (revisions: readonly Revision[]) => void;
type Reader = keyof typeof readers;

/** Opens a phone that holds much, without a network, to the list of today. */
export class OpeningBench {
	/** Stays in memory, as in the app. */
	#open: { readonly records: RevisionSet; readonly round: readonly CourtyardRound[] } | undefined;

	/** Puts all of a feed down in each way. */
	async prepare(account: string, grid: Scope): Promise<void> {
		await firstSync('ours, hashes unchecked', account, grid);
		const feed = ownServer().database(databaseOf(grid));
		const [pouch, rows] = [localPouch(names.pouch), rowTable()];
		let seq: string | number = 0;
		for (;;) {
			const { text, count, lastSeq } = await feed.changes(seq, 1000);
			if (count === 0) return;
			const { revisions } = takeIn(changesIn({ text, count }));
			await pouch.bulkDocs(revisions, { new_edits: false });
			await rows.bulkAdd(
				revisions.map((revision) => {
					const { kind, entity, _id } = revision;
					return { _id, month: monthOfEntity(kind, entity), revision };
				})
			);
			seq = lastSeq;
		}
	}

	/** To the list of `today`. */
	async open(
		way: Reader,
		account: string,
		grid: Scope,
		{ months, today }: { readonly months: readonly string[]; readonly today: string }
	): Promise<Opened> {
		const start = performance.now();
		const records = new RevisionSet(policyOf);
		await readers[way](account, months, (revisions) => records.add(revisions));
		const round = roundOf(records, [grid], toDay(today));
		const ms = performance.now() - start;
		this.#open = { records, round };
		const visits = this.#open.round.reduce((sum, courtyard) => sum + courtyard.visits.length, 0);
		return { ms, records: this.#open.records.size, visits };
	}
}

function rowTable() {
	const db = new Dexie(names.rows);
	db.version(1).stores({ records: '_id, month' });
	return db.table<{ readonly month: string; readonly revision: Revision }>('records');
}
