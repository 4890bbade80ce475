import { keyedEntityOf } from '#kinds/kind.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';
import { belongsTo, type Belonging } from './belongs-to.ts';
import { publishedIn, type Published } from './publications.ts';

/** What of a meeting or a matter is recorded about a household, and can have come into what was published of it. */
const speaking = ['minute', 'amendment', 'progress', 'whistle', 'evaluation'] as const;

/**
 * What is shown now and may speak of this household, last first: of meetings in which something was taken down about
 * it, and of others' matters it rated. Their words are not the household's: its erasure leaves them. What was published
 * of its own matters goes with it.
 */
export function publicationsNaming(records: RevisionSet, household: Scope): readonly Published[] {
	const about = (kind: string) =>
		[...records.entities(kind)]
			.filter((entity) => keyedEntityOf(entity)?.scope === household)
			.flatMap((entity) => belongsTo(kind, entity) ?? [])
			.map(named);
	const subjects = new Set(speaking.flatMap(about));
	for (const own of about('matter')) subjects.delete(own);
	return publishedIn(records, [household]).filter(({ entity }) => {
		const belonging = belongsTo('publication', entity);
		return belonging !== undefined && subjects.has(named(belonging));
	});
}

function named({ type, id }: Belonging): string {
	return `${type} ${id}`;
}
