import { amendmentOf, readAmendment, type AmendmentRead } from '#kinds/amendment.ts';
import { dayAt, type Day } from '#kinds/day.ts';
import type { Filing } from '#kinds/meeting-stage.ts';
import type { Hash } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { withAncestors } from '#records/ancestry.ts';
import { levelOf, type Scope } from '#records/scope.ts';
import type { FiledMinutes } from './filed-minutes.ts';
import { byTime, writtenIn, type Written } from './written.ts';

type Answer = NonNullable<AmendmentRead['answer']>;

/** What someone who was there says of filed minutes, as it is known here. */
export interface Amendment {
	readonly entity: string;
	/** The household's that says so, or the meeting's. */
	readonly scope: Scope;
	readonly household: Scope | undefined;
	readonly heads: readonly Hash[];
	/** As merged, without what is in doubt; it is written back with what changes. */
	readonly body: JsonObject;
	readonly read: AmendmentRead;
	/** Different answers that people gave side by side; [] where there is one, or none. Answering anew settles it. */
	readonly answers: readonly Answer[];
	readonly first: Written;
	/** Said after the time for it, by the clock of the phone. */
	readonly late: boolean;
}

/** All amendments of a meeting that stand, in the order in which they were made. */
export function amendmentsOf(
	records: RevisionSet,
	meeting: string,
	{ until }: Pick<Filing, 'until'>
): readonly Amendment[] {
	return [...records.entities('amendment')]
		.filter((entity) => amendmentOf(entity)?.meeting === meeting)
		.flatMap((entity) => amendmentAt(records, entity, until) ?? [])
		.sort((a, b) => byTime(a.first, b.first));
}

/** The households that were taken down as there when it was filed; undefined where not all of that is held here. */
export function householdsPresent({
	minutes,
	missing
}: Pick<FiledMinutes, 'minutes' | 'missing'>): ReadonlySet<Scope> | undefined {
	return missing > 0 ? undefined : new Set(minutes.attendance.map(({ scope }) => scope));
}

/** Whether a household says so that was not there. `present`: as `householdsPresent` tells. */
export function isOfAbsent(
	{ household }: Pick<Amendment, 'household'>,
	present: ReadonlySet<Scope> | undefined
): boolean {
	return household !== undefined && present !== undefined && !present.has(household);
}

/** Those in time by whoever was there that nobody answered: until they are, the minutes are not confirmed. */
export function unanswered(
	amendments: readonly Amendment[],
	present: ReadonlySet<Scope> | undefined
): readonly Amendment[] {
	return amendments.filter(
		(amendment) => !amendment.late && !amendment.read.answer && !isOfAbsent(amendment, present)
	);
}

/** Whether the time to object or add is over, on the day `today`. */
export function amendmentsClosed({ until }: Pick<Filing, 'until'>, today: Day): boolean {
	return today > until;
}

function amendmentAt(records: RevisionSet, entity: string, until: Day): Amendment | undefined {
	const named = amendmentOf(entity);
	const state = records.state('amendment', entity);
	const [first] = [...records.revisions('amendment', entity)].sort(byTime);
	if (!named || !first || state.status !== 'present') return undefined;
	const { scope } = named;
	const { answer, ...said } = readAmendment(state.body);
	return {
		entity,
		scope,
		household: levelOf(scope) === 'household' ? scope : undefined,
		heads: state.heads,
		body: state.body,
		read: answer && isOfThis(records, entity, state.writers) ? { ...said, answer } : said,
		answers: state.doubts
			.filter(({ path }) => path === '/answer')
			.flatMap(({ candidates }) => candidates)
			.flatMap(({ value }) => readAmendment({ answer: value ?? null }).answer ?? []),
		first: writtenIn(first),
		late: dayAt(new Date(first.at)) > until
	};
}

/** Whether who answered had read the words as they stand: what was reworded since is not answered yet. */
function isOfThis(
	records: RevisionSet,
	entity: string,
	writers: Readonly<Record<string, readonly Hash[]>>
): boolean {
	const history = new Map(
		[...records.revisions('amendment', entity)].map((revision) => [revision.hash, revision])
	);
	const read = new Set((writers['/answer'] ?? []).flatMap((hash) => [...withAncestors(history, hash)]));
	return ['/words', '/type'].every((path) => (writers[path] ?? []).every((hash) => read.has(hash)));
}
