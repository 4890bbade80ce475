import { runSyncStoreTests } from '../contract/sync-store.ts';
import { MemoryStore } from './memory-store.ts';

runSyncStoreTests('in memory', () => {
	const store = new MemoryStore('li');
	return Promise.resolve({
		account: 'li',
		store,
		save: (revisions, photos) => Promise.resolve(store.save(revisions, photos)),
		held: () => Promise.resolve([...store.revisions.values()])
	});
});
