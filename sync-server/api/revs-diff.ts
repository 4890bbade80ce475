import { badRequest, tooLarge } from '../couch-error.ts';
import { readJsonObject } from './body.ts';
import type { DatabaseCall, Endpoint } from './couch-call.ts';
import { isRev } from './document-id.ts';
import { jsonResponse } from './json-response.ts';

/** `POST /{db}/_revs_diff`: `{ id: [rev, …] }` gives `{ id: { missing: [rev, …] } }` for what is not here. */
export const revsDiff: Endpoint<DatabaseCall> = {
	async POST({ database, deps, request }) {
		const asked = Object.entries(await readJsonObject(request, deps.limits.bodyBytes));
		if (asked.length > deps.limits.keys) throw tooLarge(`more than ${deps.limits.keys} documents`);
		const revs = Object.fromEntries(asked.map(([id, list]) => [id, toRevs(list)]));
		return jsonResponse(await database.revsDiff(revs));
	}
};

function toRevs(value: unknown): readonly string[] {
	if (!Array.isArray(value)) throw badRequest('Expected a JSON list of revisions');
	if (value.every(isRev)) return value;
	throw badRequest('Invalid rev format');
}
