import * as v from 'valibot';

/**
 * A field as read from merged records: absent where nobody wrote it, where it is in doubt, and
 * where a later version of the app wrote something this one cannot read. Never fails.
 */
export function tolerant<const Schema extends v.GenericSchema>(schema: Schema) {
	return v.fallback(v.optional(schema), undefined);
}
