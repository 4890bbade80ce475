import { progressOf, readProgress, type ProgressRead } from '#kinds/progress.ts';
import { readWhistle, whistleOf, type WhistleRead } from '#kinds/whistle.ts';
import type { Day } from '#kinds/day.ts';
import type { Hash } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Doubt } from '#records/state-of.ts';
import type { ListedMatter } from './matters.ts';
import { byTime, writtenIn, type Written } from './written.ts';

/** Something recorded of a matter. A field in doubt is absent from `body`. */
export interface MatterEntry<Read> {
	readonly entity: string;
	readonly heads: readonly Hash[];
	readonly first: Written;
	readonly last: Written;
	readonly body: Read;
	readonly doubts: readonly Doubt[];
}

/** How a matter went on, what was recorded first to the front; without what was withdrawn. */
export function progressOn(
	records: RevisionSet,
	matter: Pick<ListedMatter, 'entity'>
): readonly MatterEntry<ProgressRead>[] {
	return entriesOn(records, 'progress', matter.entity, readProgress).filter(({ entity }) =>
		progressOf(entity)
	);
}

/** The departments that were called, what was recorded first to the front; without what was withdrawn. */
export function whistlesOn(
	records: RevisionSet,
	matter: Pick<ListedMatter, 'entity'>
): readonly MatterEntry<WhistleRead>[] {
	return entriesOn(records, 'whistle', matter.entity, readWhistle).filter(({ entity }) => whistleOf(entity));
}

/** What a matter waits for, by the last that was recorded of it. */
export function waitingFor(entries: readonly MatterEntry<ProgressRead>[]): ProgressRead['waiting'] {
	return entries.at(-1)?.body.waiting;
}

/** Whether a department should have answered before `today`. */
export function isAnswerOverdue({ body }: MatterEntry<WhistleRead>, today: Day): boolean {
	return body.answer === undefined && body.due !== undefined && body.due < today;
}

function entriesOn<Read>(
	records: RevisionSet,
	kind: 'progress' | 'whistle',
	matter: string,
	read: (body: JsonObject) => Read
): readonly MatterEntry<Read>[] {
	return [...records.entities(kind)]
		.filter((entity) => entity.startsWith(`${matter}-`))
		.flatMap((entity) => entryAt(records, kind, entity, read) ?? [])
		.sort((a, b) => byTime(a.first, b.first));
}

function entryAt<Read>(
	records: RevisionSet,
	kind: 'progress' | 'whistle',
	entity: string,
	read: (body: JsonObject) => Read
): MatterEntry<Read> | undefined {
	const state = records.state(kind, entity);
	if (state.status !== 'present') return undefined;
	const inOrder = [...records.revisions(kind, entity)].sort(byTime);
	const [first] = inOrder;
	const last = inOrder.filter(({ hash }) => state.heads.includes(hash)).at(-1);
	if (!first || !last) return undefined;
	const { heads, body, doubts } = state;
	return { entity, heads, first: writtenIn(first), last: writtenIn(last), body: read(body), doubts };
}
