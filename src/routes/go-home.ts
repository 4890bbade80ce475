import { goto } from '$app/navigation';
import { homeOf, type Account } from '#app/account.ts';

/** Takes an account to its own first page, in place of the present one. */
export async function goHome(account: Account): Promise<void> {
	const home = homeOf(account);
	if (home !== 'nobody') await goto(home === 'office' ? '/office' : '/today', { replaceState: true });
}
