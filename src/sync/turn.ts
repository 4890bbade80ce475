/** The Web Lock that whoever syncs an account on this device holds: a tab, or the service worker. */
export function turnOf(account: string): string {
	return `zhonggeng-sync-${account}`;
}
