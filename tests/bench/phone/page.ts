import Dexie from 'dexie';
import { DailyBench } from './daily.ts';
import { firstSync, floor } from './first-sync.ts';
import { OpeningBench } from './opening.ts';
import { pullAndLoad, SavingBench } from './saving.ts';
import { signIn } from './wire.ts';

// As in production: on localhost Dexie would keep a trace of every request.
Dexie.debug = false;

const phone = {
	signIn,
	firstSync,
	floor,
	pullAndLoad,
	saving: new SavingBench(),
	opening: new OpeningBench(),
	daily: new DailyBench(),
	forget
};

declare global {
	interface Window {
		/** What scripts/bench-*.mjs call. */
		phone: typeof phone;
	}
}

window.phone = phone;

/** Empties this browser's databases; to be called by a page that has none of them open. */
async function forget(): Promise<void> {
	for (const { name } of await indexedDB.databases())
		if (name !== undefined)
			await new Promise<void>((resolve, reject) => {
				const leaving = indexedDB.deleteDatabase(name);
				leaving.onsuccess = () => resolve();
				leaving.onblocked = () => reject(new Error(`${name} is open`));
				leaving.onerror = () => reject(leaving.error ?? new Error(`${name} stays`));
			});
}
