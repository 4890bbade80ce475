import { runSyncStoreTests } from '../../contract/sync-store.ts';
import { freshAccount, loaded, opened } from '../storage/stores.ts';

runSyncStoreTests('on the phone', async () => {
	const account = freshAccount();
	const store = await opened(account);
	return {
		account,
		store,
		save: (revisions, photos = []) => store.save({ revisions, photos }),
		held: () => loaded(store, ['2020-05'])
	};
});
