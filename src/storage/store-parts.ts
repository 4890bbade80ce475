import { Notices } from './notices.ts';
import { packLimits, type PackLimits } from './pack-limits.ts';
import { isMoving, isNewer } from './schema.ts';
import type { ZhonggengDatabase } from './zhonggeng-database.ts';

export interface StoreSetup {
	readonly account: string;
	readonly now: () => Date;
	readonly limits?: PackLimits;
	/** Of who listened before the database was opened. */
	readonly notices?: Notices;
}

/** What an account's store works with. */
export interface StoreParts extends Required<StoreSetup> {
	readonly db: ZhonggengDatabase;
}

export function storeParts(db: ZhonggengDatabase, setup: StoreSetup): StoreParts {
	const { notices = new Notices(db.name) } = setup;
	// Dexie closes the connection by itself, so that the other tab can go on.
	db.on('versionchange', ({ newVersion }) => {
		if (isNewer(newVersion ?? 0)) notices.tellHere({ type: 'superseded' });
		if (!isMoving(newVersion ?? 0)) return true;
		// Dexie's own listener, kept out by this answer, would let it be opened again when next used: then it would be
		// made anew beside the one that everything was moved into.
		db.close();
		return false;
	});
	return { limits: packLimits, ...setup, db, notices };
}
