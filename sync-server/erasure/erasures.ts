import type { ErasureOutlook } from '#access/erasure-api.ts';
import { erasurePlan } from '#read-models/erasure-plan.ts';
import { databaseOf } from '#records/database-name.ts';
import type { Scope } from '#records/scope.ts';
import type { Hash } from '#records/hash.ts';
import { Turns } from '../join/turns.ts';
import type { Database } from '../storage/database.ts';
import { internalDatabase } from '../storage/internal-database.ts';
import { readErasureWork, type ErasureWork } from './erasure-doc.ts';
import { erase, firstPlanOf, type ErasingDeps } from './erasing.ts';
import { handedOverAbout } from './handed-over.ts';
import { accountsOf, photoId, recordsAbout, unnamedPhotos } from './household-data.ts';
import { StrayPhotos } from './stray-photos.ts';

export interface ErasuresDeps extends ErasingDeps {
	/** Told what could not be worked off; it is begun again at the next start. */
	readonly onTrouble: (error: unknown, id: string) => void;
}

const databaseName = 'erasures';

/**
 * Erasures of households' personal data, in the database `erasures`; worked off one after another. That a
 * household was erased stands in memory, so that every record on its way in can be asked about.
 */
export class Erasures {
	readonly #deps: ErasuresDeps;
	readonly #works = new Map<string, ErasureWork>();
	readonly #beginning = new Turns();
	readonly #strays: StrayPhotos;
	#turn: Promise<void> = Promise.resolve();
	#stopped = false;

	private constructor(deps: ErasuresDeps) {
		this.#deps = deps;
		this.#strays = new StrayPhotos(deps.databases, () => this.#database());
	}

	/** With all that is on the disk; what a crash or a stop left undone is begun again. */
	static async open(deps: ErasuresDeps): Promise<Erasures> {
		const erasures = new Erasures(deps);
		const { rows } = await (await erasures.#database()).allDocs({ include_docs: true });
		for (const row of rows) {
			const work = 'doc' in row && row.doc ? readErasureWork(row.doc) : undefined;
			if (work) erasures.#works.set(work.id, work);
		}
		for (const work of erasures.#works.values()) if (work.step !== 'done') erasures.#start(work);
		erasures.#takeStrays();
		return erasures;
	}

	/** When the household's data was last erased, ISO 8601; undefined: never. */
	erasedBefore(household: Scope): string | undefined {
		let last: string | undefined;
		for (const work of this.#works.values()) {
			if (work.household === household && (last === undefined || work.before > last)) last = work.before;
		}
		return last;
	}

	/** Newest first. */
	all(): readonly ErasureWork[] {
		return [...this.#works.values()].sort((a, b) => (a.before < b.before ? 1 : -1));
	}

	/** What an erasure now would come to. */
	async outlook(household: Scope): Promise<ErasureOutlook> {
		const { databases, cards, now } = this.#deps;
		const at = new Date(now()).toISOString();
		const about = await recordsAbout(databases, household);
		const plan = erasurePlan(about, { author: 'office', at });
		const home = await databases.get(databaseOf(household));
		const handovers = await handedOverAbout(await databases.get('handovers'), household);
		const photos = plan.photos.map(photoId);
		const leaving = new Set(plan.remove.map(({ _id }) => _id));
		return {
			household,
			records: plan.remove.length,
			anew: plan.anew.length,
			stay: plan.stay.length,
			photos: home ? (await unnamedPhotos(home, photos, leaving)).length : 0,
			matters: new Set(about.flatMap(({ kind, entity }) => (kind === 'matter' ? [entity] : []))).size,
			accounts: (await accountsOf(databases, household)).length,
			cards: (await cards.within(household)).filter(({ revoked }) => !revoked).length,
			handovers: handovers.records.length
		};
	}

	/** On the disk when this resolves, and from then on nothing personal of before comes in. */
	begin(household: Scope, by: string): Promise<ErasureWork> {
		return this.#beginning.take(household, () => this.#begin(household, by));
	}

	/** Has the photos of records that were refused as erased taken out again, unless another record names them. */
	async photosRefused(database: string, hashes: readonly Hash[]): Promise<void> {
		if (await this.#strays.note(database, hashes)) this.#takeStrays();
	}

	/** Begins no more; settles when what is under way has ended. */
	async stop(): Promise<void> {
		this.#stopped = true;
		await this.#turn;
	}

	async #begin(household: Scope, by: string): Promise<ErasureWork> {
		const { databases, now } = this.#deps;
		const working = this.all().find((work) => work.household === household && work.step !== 'done');
		if (working) {
			// Should it have come to a stop.
			this.#start(working);
			return working;
		}
		const about = { household, by, before: new Date(now()).toISOString() };
		const work: ErasureWork = {
			id: databases.newId(),
			...about,
			plan: await firstPlanOf(about, databases),
			step: 'planned',
			records: 0,
			photos: 0,
			accounts: 0
		};
		await this.#keep(work);
		this.#start(work);
		return work;
	}

	#start({ id }: ErasureWork): void {
		this.#inTurn(id, async () => {
			const work = this.#works.get(id);
			if (work && work.step !== 'done') await erase(work, this.#deps, (next) => this.#keep(next));
		});
	}

	#takeStrays(): void {
		this.#inTurn('photos', () => this.#strays.take());
	}

	#inTurn(id: string, work: () => Promise<void>): void {
		this.#turn = this.#turn.then(async () => {
			if (this.#stopped) return;
			await work().catch((error: unknown) => this.#deps.onTrouble(error, id));
		});
	}

	async #keep(work: ErasureWork): Promise<void> {
		this.#works.set(work.id, work);
		const database = await this.#database();
		const stored = await database.get(work.id);
		const { id: _id, ...fields } = work;
		const rev = stored.found ? { _rev: stored.doc._rev } : {};
		const [result] = await database.write([{ _id, ...rev, ...fields }], true);
		if (!result?.ok) throw new Error(`cannot write the erasure ${_id}: ${result?.reason ?? 'no answer'}`);
	}

	async #database(): Promise<Database> {
		return await internalDatabase(this.#deps.databases, databaseName);
	}
}
