import type { Filing } from '#kinds/meeting-stage.ts';
import { withAncestors } from '#records/ancestry.ts';
import { hashOfJson, type Hash } from '#records/hash.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { hashOf, revisionId, type Revision } from '#records/revision.ts';
import { filedStage, filingRecord, namedIn, namesIn } from './filed-minutes.ts';
import type { MeetingState } from './meeting-state.ts';
import { byTime, writtenIn, type Written } from './written.ts';

/** What a record is to a filing: a step of the meeting up to it, a line, a matter. */
export type FiledPart = 'meeting' | 'minute' | 'matter';

/** A record that a filing rests on, looked at anew. */
export interface CheckedRecord {
	/** From 1, in the order in which they were written. */
	readonly number: number;
	readonly part: FiledPart;
	/** As the filing, or a record built on it, names it. */
	readonly hash: Hash;
	/** Whether what is held here still has this hash. */
	readonly fits: boolean;
	readonly written: Written;
	readonly parents: readonly Hash[];
	/** It is the one that filed the minutes. */
	readonly files: boolean;
	readonly revision: Revision;
}

/**
 * Whether filed minutes are what was filed: the content of every record that the filing names, of the filing and of
 * all it was built on is hashed anew. `missing`: records that the filing names and that are not held here; they were
 * erased at request, or are still to come. `code`: the hash of the filing, which names all of these.
 */
export interface FilingCheck {
	readonly type: 'whole' | 'missing' | 'broken';
	readonly code: Hash;
	/** All that are held here. */
	readonly records: readonly CheckedRecord[];
	readonly broken: readonly CheckedRecord[];
	readonly missing: number;
}

/** Undefined where nothing is filed. */
export function checkFiling(records: RevisionSet, state: MeetingState): FilingCheck | undefined {
	const { entity } = state;
	const filing = filedStage(state)?.filing;
	const files = filing && filingRecord(records, entity, filing);
	if (!filing || !files) return undefined;
	const named = namedIn(records, state, filing);
	const meeting = [...records.revisions('meeting', entity)];
	const checked = [...meeting, ...named]
		.toSorted(byTime)
		.map((revision, index) => checkedRecord(revision, index + 1, files));
	const broken = checked.filter(({ fits }) => !fits);
	const missing = missingOf(filing, named, meeting, files);
	const type = broken.length > 0 ? 'broken' : missing > 0 ? 'missing' : 'whole';
	return { type, code: hashOfJson(filing), records: checked, broken, missing };
}

function checkedRecord(revision: Revision, number: number, files: Revision): CheckedRecord {
	const { kind, hash, parents } = revision;
	return {
		number,
		part: kind === 'meeting' || kind === 'matter' ? kind : 'minute',
		hash,
		fits: isWhole(revision),
		written: writtenIn(revision),
		parents,
		files: hash === files.hash,
		revision
	};
}

/** Its content has the hash that it goes by, and it lies under that. */
function isWhole(revision: Revision): boolean {
	const { _id, kind, entity, hash } = revision;
	return hashOf(revision) === hash && _id === revisionId(kind, entity, hash);
}

function missingOf(
	filing: Filing,
	named: readonly Revision[],
	meeting: readonly Revision[],
	files: Revision
): number {
	const held = new Set([...named, ...meeting].map(({ hash }) => hash));
	const history = new Map(meeting.map((revision) => [revision.hash, revision]));
	const built = [...withAncestors(history, files.hash)].flatMap((hash) => history.get(hash) ?? []);
	const wanted = new Set([...namesIn(filing), filing.text, ...built.flatMap(({ parents }) => parents)]);
	return [...wanted].filter((hash) => !held.has(hash)).length;
}
