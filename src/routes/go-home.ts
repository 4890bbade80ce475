import { goto } from '$app/navigation';
import { homeOf, type Account, type Home } from '#app/account.ts';

const addresses: Readonly<Record<Home, string>> = {
	office: '/office',
	worker: '/today',
	partner: '/places',
	tablet: '/tablet',
	resident: '/home'
};

/** Takes an account to its own first page, in place of the present one. */
export async function goHome(account: Account): Promise<void> {
	const home = homeOf(account);
	if (home !== 'nobody') await goto(addresses[home], { replaceState: true });
}
