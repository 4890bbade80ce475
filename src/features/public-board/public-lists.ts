import type { Day } from '#kinds/day.ts';
import { askOf, type PublicAsk } from '#read-models/public-asks.ts';
import { publishedIn, type Published } from '#read-models/publications.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';

export interface PublicLine {
	readonly publication: Published;
	readonly ask: PublicAsk | undefined;
}

/** What is public, in the order in which someone wants it: what asks for something stands in `asking` alone. */
export interface PublicLists {
	readonly asking: readonly PublicLine[];
	readonly announcements: readonly PublicLine[];
	readonly minutes: readonly PublicLine[];
	readonly matters: readonly PublicLine[];
}

/** `household`: of whom something may be asked. */
export function publicLists(
	records: RevisionSet,
	within: readonly Scope[],
	household: Scope | undefined,
	today: Day
): PublicLists {
	const lines = publishedIn(records, within).map((publication) => ({
		publication,
		ask: household && askOf(records, publication, household, today)
	}));
	const others = (about: Published['body']['about']) =>
		lines.filter(({ publication, ask }) => !ask && publication.body.about === about);
	return {
		asking: lines.filter(({ ask }) => ask),
		announcements: others('announcement'),
		minutes: others('minutes'),
		matters: others('matter')
	};
}
