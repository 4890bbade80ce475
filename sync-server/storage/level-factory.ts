import LevelDown, { type BatchOptions, type Callback } from 'leveldown';

/** What PouchDB's LevelDB adapter takes as `db`: opens the store at a path, and can remove one. */
export interface LevelFactory {
	(location: string): LevelDown;
	destroy(location: string, callback: Callback): void;
}

/** Waits for the disk on every write, so that what is acknowledged survives a power cut. */
class SyncedLevel extends LevelDown {
	override _batch(operations: readonly object[], options: BatchOptions, callback: Callback): void {
		super._batch(operations, { ...options, sync: true }, callback);
	}

	override _put(key: unknown, value: unknown, options: BatchOptions, callback: Callback): void {
		super._put(key, value, { ...options, sync: true }, callback);
	}
}

function openSynced(location: string): LevelDown {
	return new SyncedLevel(location);
}

function openUnsynced(location: string): LevelDown {
	return new LevelDown(location);
}

const destroy = (location: string, callback: Callback) => LevelDown.destroy(location, callback);

/** PouchDB keys its open stores by the factory's function name: each factory needs its own. */
export const syncedLevel: LevelFactory = Object.assign(openSynced, { destroy });

/** Leaves flushing to the operating system. For throw-away data and as a control in tests. */
export const unsyncedLevel: LevelFactory = Object.assign(openUnsynced, { destroy });

/** The same factory, under the same name, that tells which store it opened. */
export function remembering(factory: LevelFactory, onOpened: (level: LevelDown) => void): LevelFactory {
	const open = (location: string) => {
		const level = factory(location);
		onOpened(level);
		return level;
	};
	const destroy = (location: string, callback: Callback) => factory.destroy(location, callback);
	const name = { value: factory.name };
	return Object.defineProperty(Object.assign(open, { destroy }), 'name', name);
}
