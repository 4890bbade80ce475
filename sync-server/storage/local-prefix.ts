/** Begins the ids of an account's `_local` documents, as they are kept. No name of an account has a slash. */
export function localPrefixOf(account: string): string {
	return `_local/~${account}/`;
}
