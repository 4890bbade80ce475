import * as v from 'valibot';
import { erasure, type Erasure } from '#access/erasure-api.ts';

/**
 * An erasure as the database `erasures` keeps it: what is asked, how far it is, and, while records are being taken
 * out, which. No word of the household is in it.
 *
 * `remove`: ids of records to take out. `anew`: records without words to put in their place. `photos`: ids of photos
 * to take out unless another record names them.
 */
const storedErasure = v.object({
	...v.omit(erasure, ['id']).entries,
	plan: v.optional(
		v.object({
			remove: v.array(v.string()),
			anew: v.array(v.looseObject({ _id: v.string(), _rev: v.string() })),
			photos: v.array(v.string())
		})
	)
});

export type ErasureWork = Erasure & Pick<v.InferOutput<typeof storedErasure>, 'plan'>;

/** Undefined when the document is no erasure's. */
export function readErasureWork(doc: Readonly<Record<string, unknown>>): ErasureWork | undefined {
	const parsed = v.safeParse(storedErasure, doc);
	return parsed.success && typeof doc['_id'] === 'string' ? { id: doc['_id'], ...parsed.output } : undefined;
}

/** What its office may see of it. */
export function toErasure({ plan: _plan, ...erasure }: ErasureWork): Erasure {
	return erasure;
}
