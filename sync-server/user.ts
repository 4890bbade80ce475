/** Who a request comes from. `name` is null for a request without a session, as in CouchDB's `userCtx`. */
export interface User {
	readonly name: string | null;
	/** As in CouchDB: `_admin`, or grants such as `worker:qianmen/caochang/g3`. */
	readonly roles: readonly string[];
}

export const nobody: User = { name: null, roles: [] };

export function isAdmin(user: User): boolean {
	return user.roles.includes('_admin');
}
