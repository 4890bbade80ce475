import { badRequest, tooLarge } from '../couch-error.ts';
import { readJsonObject } from './body.ts';
import type { DatabaseCall, Endpoint } from './couch-call.ts';
import { jsonResponse } from './json-response.ts';
import { writeDocuments } from './write-documents.ts';

/**
 * `POST /{db}/_bulk_docs`: a result for each document, in their order. With `new_edits: false` (replication)
 * only what was refused has one.
 */
export const bulkDocs: Endpoint<DatabaseCall> = {
	async POST(call) {
		const { limits } = call.deps;
		const { docs, new_edits } = await readJsonObject(call.request, limits.bodyBytes);
		if (docs === undefined) throw badRequest('POST body must include `docs` parameter.');
		if (!Array.isArray(docs)) throw badRequest('`docs` parameter must be an array.');
		if (docs.length > limits.docsPerBatch) throw tooLarge(`more than ${limits.docsPerBatch} documents`);
		const newEdits = new_edits !== false;
		const { results, sequences } = await writeDocuments(call, docs, newEdits);
		const shown = newEdits ? results : results.filter(({ ok }) => !ok);
		return jsonResponse(
			shown.map((result) =>
				result.ok
					? { ok: true, id: result.id, rev: result.rev }
					: { id: result.id, error: result.error, reason: result.reason }
			),
			201,
			// Ours, for phones, which need not read these again: decision 0016.
			sequences && { 'Zhonggeng-Sequences': `${sequences.first}-${sequences.last} ${call.database.uuid}` }
		);
	}
};
