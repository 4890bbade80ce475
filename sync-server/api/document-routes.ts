import { notFound } from '../couch-error.ts';
import { attachment } from './attachment.ts';
import { checkName } from './attachments-in.ts';
import { answer, type DatabaseCall } from './couch-call.ts';
import { document, toDocumentId } from './document.ts';
import { localDoc } from './local-docs.ts';

/**
 * Below a database, what is no endpoint of it: `{id}`, `_design/{name}`, `_local/{id}`, each with a slash in it
 * encoded or not; what follows the id of a document names an attachment, slashes included.
 */
export async function answerDocument(call: DatabaseCall, path: readonly string[]): Promise<Response> {
	const [first = '', ...rest] = path;
	if (first === '_local' || first.startsWith('_local/')) {
		return await answer(localDoc, { ...call, id: path.join('/') });
	}
	const isSplit = first === '_design' && rest.length > 0;
	if (first.startsWith('_') && !isSplit && !first.startsWith('_design/')) throw notFound();
	const [id, names] = isSplit ? [`_design/${rest[0]}`, rest.slice(1)] : [first, rest];
	const inDocument = { ...call, id: toDocumentId(id) };
	if (names.length === 0) return await answer(document, inDocument);
	return await answer(attachment, { ...inDocument, attachment: checkName(names.join('/')) });
}
