import * as v from 'valibot';
import { badRequest } from '../couch-error.ts';
import { readJsonObject } from './body.ts';

/**
 * The JSON body of a request to `/api/`.
 * @throws CouchError 400 when it is not of the form, 413 when it is larger, 415 when it does not say it is JSON.
 */
export async function parsedBody<Schema extends v.GenericSchema>(
	request: Request,
	schema: Schema,
	maxBytes: number
): Promise<v.InferOutput<Schema>> {
	const parsed = v.safeParse(schema, await readJsonObject(request, maxBytes), { abortEarly: true });
	if (parsed.success) return parsed.output;
	const [issue] = parsed.issues;
	throw badRequest(`${v.getDotPath(issue) ?? 'body'}: ${issue.message}`);
}
