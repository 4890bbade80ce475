import { confirmedIn } from '#access/rights.ts';
import { unconfirmedHeads } from '#access/unconfirmed-heads.ts';
import {
	checkIn,
	checkInEntity,
	readCheckIn,
	type CheckInRead,
	type Quality,
	type Stream
} from '#kinds/check-in.ts';
import type { Day } from '#kinds/day.ts';
import { withAncestors } from '#records/ancestry.ts';
import { sameJson, type Hash } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import type { Revision } from '#records/revision.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';
import { headsOf, stateOf, type EntityState } from '#records/state-of.ts';

/** What a household says of its day; what is not known is left out. */
export type Reported = {
	readonly quality: Quality;
	readonly streams?: readonly Stream[];
	readonly photos?: readonly string[];
};

/** What to write about a check-in: the body (null: taken back) and the heads it is written on top of. */
export interface ReportWrite {
	readonly entity: string;
	readonly body: JsonObject | null;
	readonly seen: readonly Hash[];
}

/**
 * The household's own view of its day. `none`: it has not said anything, or took it back. `doubtful`: two of
 * its phones said different things and nobody has chosen yet; `view` is what they agree on.
 */
export type OwnReport =
	| { readonly status: 'none' }
	| { readonly status: 'doubtful'; readonly view: Partial<Reported> }
	| { readonly status: 'done'; readonly view: Reported };

export function ownReport(records: RevisionSet, household: Scope, day: Day): OwnReport {
	return reportIn(records.state('check-in', checkInEntity(household, day)));
}

/**
 * What a household writes when it reports `view` for `day`; undefined when that stands already. Builds on
 * nothing that a worker observed: both views stand side by side.
 */
export function reportWrite(
	records: RevisionSet,
	household: Scope,
	day: Day,
	view: Reported
): ReportWrite | undefined {
	const entity = checkInEntity(household, day);
	const revisions = [...records.revisions('check-in', entity)];
	const seen = unconfirmedHeads(revisions);
	const reported = { quality: view.quality, ...lists(view.streams, view.photos) };
	// Someone who confirms may have settled it otherwise meanwhile: then the household has still said its word.
	const said = [records.state('check-in', entity), stateUpTo(revisions, seen)].map(reportIn);
	if (said.some((report) => report.status === 'done' && sameJson(report.view, reported))) return undefined;
	return { entity, body: { reported }, seen };
}

/** What a tap on a quality writes: what else the household said stays; undefined when it was said already. */
export function tapWrite(
	records: RevisionSet,
	household: Scope,
	day: Day,
	quality: Quality
): ReportWrite | undefined {
	const own = ownReport(records, household, day);
	return reportWrite(records, household, day, { ...(own.status !== 'none' && own.view), quality });
}

/**
 * What a household writes to take back its report of `day`; undefined when there is none, or when a worker's
 * visit was recorded on top of it: it can be corrected then, not undone.
 */
export function reportUndo(records: RevisionSet, household: Scope, day: Day): ReportWrite | undefined {
	const entity = checkInEntity(household, day);
	const revisions = new Map(
		[...records.revisions('check-in', entity)].map((revision) => [revision.hash, revision])
	);
	const state = records.state('check-in', entity);
	const seen = unconfirmedHeads(revisions.values());
	if (reportIn(state).status === 'none') return undefined;
	const builtOn = headsOf(state)
		.filter((head) => !seen.includes(head))
		.flatMap((head) => [...withAncestors(revisions, head)])
		.flatMap((hash) => revisions.get(hash) ?? [])
		.some((revision) => confirmedIn(revision).length === 0);
	return builtOn ? undefined : { entity, body: null, seen };
}

/** The check-in as it is by `seen` and what those were built on. */
function stateUpTo(revisions: readonly Revision[], seen: readonly Hash[]): EntityState {
	const history = new Map(revisions.map((revision) => [revision.hash, revision]));
	const before = new Set(seen.flatMap((hash) => [...withAncestors(history, hash)]));
	return stateOf(
		revisions.filter(({ hash }) => before.has(hash)),
		checkIn.policy
	);
}

function reportIn(state: EntityState): OwnReport {
	if (state.status !== 'present') return { status: 'none' };
	const view = viewIn(readCheckIn(state.body).reported);
	const doubtful = state.doubts.some(({ path }) => path === '' || path.startsWith('/reported/'));
	if (doubtful) return { status: 'doubtful', view };
	return view.quality ? { status: 'done', view: { ...view, quality: view.quality } } : { status: 'none' };
}

function viewIn({ quality, streams, photos }: NonNullable<CheckInRead['reported']> = {}): Partial<Reported> {
	return { ...(quality && { quality }), ...lists(streams, photos) };
}

/** In the order in which merging leaves them, so that equal views are the same JSON; empty ones are left out. */
function lists(
	streams: readonly Stream[] = [],
	photos: readonly string[] = []
): Pick<Reported, 'streams' | 'photos'> {
	return {
		...(streams.length > 0 && { streams: [...streams].sort() }),
		...(photos.length > 0 && { photos: [...photos].sort() })
	};
}
