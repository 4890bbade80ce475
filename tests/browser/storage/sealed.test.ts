import { describe } from 'vitest';
import { accounts } from './stores.ts';

// Every law of the store holds for an account that has a lock.
describe('sealed', async () => {
	accounts.sealed = true;
	await import('./pulling.test.ts');
	await import('./compacting.test.ts');
	await import('./destroying.test.ts');
	await import('./drafts-and-photos.test.ts');
	await import('./killed.test.ts');
	await import('./loading.test.ts');
	await import('./notices.test.ts');
	await import('./saving.test.ts');
	await import('./settling.test.ts');
	await import('../sync/account-store.test.ts');
	await import('./laws.property.test.ts');
});
