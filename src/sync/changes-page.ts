import * as v from 'valibot';
import type { PageText } from '#records/sync-store.ts';

/** One request's worth of a changes feed. */
export interface ChangesPage extends PageText {
	readonly lastSeq: string | number;
	/** Changes after this page; undefined where the server does not tell. */
	readonly pending: number | undefined;
}

const around = v.object({
	last_seq: v.union([v.string(), v.number()]),
	pending: v.optional(v.number())
});
const whole = v.object({ ...around.entries, results: v.array(v.unknown()) });

/** Everything before the list of changes, as CouchDB and this project's server write it. */
const start = /^\s*\{\s*"results"\s*:\s*(?=\[)/;
/** Stands once in each change (CouchDB API, 10.4.7), and in a document only as a field of that name. */
const inEachChange = '"changes":[';

/**
 * An answer of `_changes` parted into the changes, as they are, and what stands around them: the changes are parsed
 * when they are taken in, and not before. @throws what is no such answer: SyntaxError, ValiError.
 */
export function toChangesPage(answer: string): ChangesPage {
	const before = start.exec(answer)?.[0].length;
	const end = answer.lastIndexOf(']') + 1;
	const rest = before === undefined ? undefined : aroundIn(`{${answer.slice(end).replace(/^\s*,/, '')}`);
	if (before === undefined || !rest) return parsedPage(answer);
	const text = answer.slice(before, end);
	return { text, count: text.split(inEachChange).length - 1, ...namesOf(rest) };
}

/** Undefined when it is not all that stands around: then the last bracket was another one. */
function aroundIn(text: string): v.InferOutput<typeof around> | undefined {
	try {
		return v.parse(around, JSON.parse(text));
	} catch {
		return undefined;
	}
}

/** Of an answer in another order. */
function parsedPage(answer: string): ChangesPage {
	const { results, ...rest } = v.parse(whole, JSON.parse(answer));
	return { text: JSON.stringify(results), count: results.length, ...namesOf(rest) };
}

function namesOf({ last_seq, pending }: v.InferOutput<typeof around>) {
	return { lastSeq: last_seq, pending };
}
