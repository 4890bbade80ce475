import type { ConventionRead } from '#kinds/convention.ts';
import { m } from '#paraglide/messages.js';
import { placeName } from '#read-models/places.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';

/** The courtyards a convention is for, or the whole of its place, by name. */
export function courtyardsText(
	records: RevisionSet,
	{ scope, read }: { readonly scope: Scope; readonly read: Pick<ConventionRead, 'courtyards'> }
): string {
	return (read.courtyards ?? [scope]).map((one) => placeName(records, one)).join(m.list_comma());
}
