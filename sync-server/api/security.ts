import { boundsBroken } from '#records/bounded-json.ts';
import { isJsonObject } from '#records/json.ts';
import { badRequest, CouchError, tooLarge } from '../couch-error.ts';
import { isAdmin } from '../user.ts';
import { requireAdmin } from './access.ts';
import { readJsonObject } from './body.ts';
import type { DatabaseCall, Endpoint } from './couch-call.ts';
import { jsonResponse } from './json-response.ts';
import { securityId } from './local-docs.ts';

const maxBytes = 64 * 1024;
const bounds = { depth: 16, values: maxBytes, characters: maxBytes };

/** As CouchDB 3 makes databases. */
const serverAdminsOnly = { members: { roles: ['_admin'] }, admins: { roles: ['_admin'] } };

/**
 * `/{db}/_security`: kept and given back for CouchDB's tools. It decides nothing here: who may do what follows from
 * the accounts' roles and scopes.
 */
export const security: Endpoint<DatabaseCall> = {
	async GET({ whole, user }) {
		// Others are told what it is for every database: whom it names is the admins' business.
		if (!isAdmin(user)) return jsonResponse(serverAdminsOnly);
		const stored = await whole.getLocal(securityId);
		return jsonResponse(stored?.['security'] ?? serverAdminsOnly);
	},
	async PUT({ whole, request, user }) {
		requireAdmin(user);
		const value = await readJsonObject(request, maxBytes);
		const broken = boundsBroken(value, bounds);
		if (broken) throw badRequest(`The security object has ${broken}`);
		for (const name of ['admins', 'members']) {
			if (value[name] !== undefined && !isJsonObject(value[name]))
				throw badRequest(`${name} must be a JSON object`);
		}
		if (JSON.stringify(value).length > maxBytes) throw tooLarge('the security object is too large');
		const stored = await whole.getLocal(securityId);
		const result = await whole.putLocal({
			_id: securityId,
			...(stored && { _rev: stored._rev }),
			security: value
		});
		if (result.ok) return jsonResponse({ ok: true });
		throw new CouchError(409, result.error, result.reason);
	}
};
