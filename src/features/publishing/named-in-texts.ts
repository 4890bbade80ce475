import type { ListedMatter } from '#read-models/matters.ts';
import { householdAt, householdLabel } from '#read-models/places.ts';
import type { RevisionSet } from '#records/revision-set.ts';

/** What tells who raised a matter, and stands in one of the texts: a name, a door. */
export function namedInTexts(
	records: RevisionSet,
	{ scope, body }: Pick<ListedMatter, 'scope' | 'body'>,
	texts: readonly string[]
): readonly string[] {
	const household = householdAt(records, scope);
	const names = [body.who, household?.body.head, household && householdLabel(household)];
	return names
		.filter((name) => name !== undefined && name.length > 1 && texts.some((text) => text.includes(name)))
		.flatMap((name) => name ?? []);
}
