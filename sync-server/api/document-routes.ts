import { notFound } from '../couch-error.ts';
import { answer, type DatabaseCall } from './couch-call.ts';
import { localDoc } from './local-docs.ts';

/** Below a database, what is no endpoint of it: `{id}`, `_design/{name}`, `_local/{id}` and their attachments. */
export async function answerDocument(call: DatabaseCall, path: readonly string[]): Promise<Response> {
	const [first = '', ...rest] = path;
	if (first === '_local' && rest.length > 0) return await answer(localDoc, { ...call, id: path.join('/') });
	throw notFound();
}
