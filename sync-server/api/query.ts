import { badRequest, CouchError } from '../couch-error.ts';
import type { CouchLimits } from './limits.ts';

const invalid = (kind: string, value: string) =>
	new CouchError(400, 'query_parse_error', `Invalid value for ${kind}: ${JSON.stringify(value)}`);

/** The query of a request, read by CouchDB's rules. Each reader throws CouchError 400 for a value not of its form. */
export class Query {
	readonly #parameters: URLSearchParams;

	constructor(parameters: URLSearchParams) {
		this.#parameters = parameters;
	}

	text(name: string): string | undefined {
		return this.#parameters.get(name) ?? undefined;
	}

	flag(name: string): boolean {
		const value = this.text(name);
		if (value === undefined || value === 'false') return false;
		if (value === 'true') return true;
		throw invalid('boolean', value);
	}

	/** A whole number from 0 up. */
	count(name: string): number | undefined {
		const value = this.text(name);
		if (value === undefined) return undefined;
		if (!/^\d{1,15}$/.test(value)) throw invalid('integer', value);
		return Number(value);
	}

	/** The first of `names` that is given, as JSON. */
	json(...names: string[]): { readonly value: unknown } | undefined {
		const text = names.map((name) => this.text(name)).find((value) => value !== undefined);
		if (text === undefined) return undefined;
		try {
			return { value: JSON.parse(text) };
		} catch {
			throw new CouchError(400, 'bad_request', 'invalid UTF-8 JSON');
		}
	}
}

/**
 * Whether the bytes of attachments are asked for, in an answer of many documents: it is built in memory, so it must
 * say how many it wants.
 * @throws CouchError 400 when it may become too large.
 */
export function readAttachmentsFlag(query: Query, { docsWithAttachments: most }: CouchLimits): boolean {
	if (!query.flag('attachments')) return false;
	if ((query.count('limit') ?? Infinity) > most)
		throw badRequest(`attachments=true needs a limit of at most ${most}`);
	return true;
}
