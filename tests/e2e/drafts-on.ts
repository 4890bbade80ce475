import type { Page } from '@playwright/test';

/** What lies in the device's drafts, as one text. */
export function draftsOn(page: Page, account: string): Promise<string> {
	return page.evaluate(async (name) => {
		const settled = <Value>(request: IDBRequest<Value>) =>
			new Promise<Value>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error ?? new Error('no reason given'));
			});
		const database = await settled(indexedDB.open(name));
		const drafts = await settled(database.transaction('drafts').objectStore('drafts').getAll());
		database.close();
		return JSON.stringify(drafts);
	}, `zhonggeng-${account}`);
}
