import { policyOf } from '#kinds/kinds.ts';
import { readMeeting, type MeetingRead } from '#kinds/meeting.ts';
import { filingOf, type Filing, type MeetingStage } from '#kinds/meeting-stage.ts';
import { matterOf } from '#kinds/matter.ts';
import type { Day } from '#kinds/day.ts';
import { parentsFirst, withAncestors } from '#records/ancestry.ts';
import { hashOfJson, sameJson, type Hash } from '#records/hash.ts';
import { RevisionSet } from '#records/revision-set.ts';
import type { Revision } from '#records/revision.ts';
import { levelOf } from '#records/scope.ts';
import { serverDevice } from './erasure-plan.ts';
import type { ListedMatter } from './matters.ts';
import type { MeetingState } from './meeting-state.ts';
import { belongsTo, minutesOf, type Line, type Minutes } from './minutes.ts';
import { withdrawalOf, type Withdrawal } from './withdrawal.ts';
import { byTime } from './written.ts';

/** Minutes as they were signed, whatever was taken down or changed since. */
export interface FiledMinutes {
	readonly minutes: Minutes;
	/** Title, place and agenda as they were signed. */
	readonly read: MeetingRead;
	readonly filing: Filing;
	/** The hash of the filing: of all that was signed, and of the signatures. */
	readonly code: Hash;
	/** When they were confirmed. */
	readonly confirmed: Day | undefined;
	/** What was taken down or changed without the filing: it came from a phone that had not sent it. */
	readonly late: readonly Line[];
	readonly lateMatters: readonly ListedMatter[];
	/** Lines and matters of the filing that someone took back beside it, without knowing of it; they stay in it. */
	readonly takenBack: readonly TakenBack[];
	/** What is left of lines whose household's personal data was erased since. */
	readonly erased: readonly Line[];
	/** Of these, what the filing named, as far as it can be told: no more than it names and nobody holds, those first said. */
	readonly erasedSigned: readonly Line[];
	/** How many of the records that the filing names are not held here. */
	readonly missing: number;
}

/** Something of a filing that was taken back: the entity of a line or of a matter, by whom and why. */
export interface TakenBack extends Withdrawal {
	readonly entity: string;
	/** As it was signed: of what was taken back, one is there. */
	readonly line: Line | undefined;
	readonly matter: ListedMatter | undefined;
}

/** Undefined: not filed, or filed twice apart and not yet settled. */
export function filedMinutes(records: RevisionSet, state: MeetingState): FiledMinutes | undefined {
	const { entity, id, read } = state;
	const stage = filedStage(state);
	if (!stage) return undefined;
	const { filing } = stage;
	const text = records.revision('meeting', entity, filing.text);
	const signed = text?.body ? readMeeting(text.body) : read;
	const named = namedIn(records, state, filing);
	const frozen = new RevisionSet(policyOf);
	frozen.add(named.flatMap((revision) => asSeen(records, revision)));
	const held = new Set(named.map(({ hash }) => hash));
	const stood = new Set(named.map((revision) => revision.entity));
	const now = minutesOf(records, { entity, id, read: signed });
	const apart = linesIn(now).filter(({ heads }) => heads.some((hash) => !held.has(hash)));
	const minutes = minutesOf(frozen, { entity, id, read: signed });
	const erased = apart.filter(isErased);
	return {
		minutes,
		read: signed,
		filing,
		code: hashOfJson(filing),
		confirmed: stage.name === 'confirmed' ? stage.day : undefined,
		late: apart.filter((line) => !isErased(line)),
		lateMatters: now.items.flatMap(({ matters }) => matters).filter((matter) => !stood.has(matter.entity)),
		takenBack: takenBackOf(records, minutes).sort((a, b) => byTime(a.by, b.by)),
		erased,
		erasedSigned: firstOf(erased, filing.minutes.filter((hash) => !held.has(hash)).length),
		missing: namesIn(filing).filter((hash) => !held.has(hash)).length + (text ? 0 : 1)
	};
}

export type FiledStage = Extract<MeetingStage, { readonly filing: Filing }>;

/**
 * The stage that has the filing: also where someone who did not know of it took another step beside it, since there
 * is no way but to settle that to the filing. Undefined where nothing is filed, or two filings were made apart.
 */
export function filedStage({ read, doubts }: MeetingState): FiledStage | undefined {
	if (read.stage) return isFiled(read.stage) ? read.stage : undefined;
	const stages = filedApart({ doubts });
	const [first] = stages;
	const isOne = stages.every(({ filing }) => sameJson(filing, first?.filing));
	return isOne ? (stages.find(({ name }) => name === 'confirmed') ?? first) : undefined;
}

/** Stages with a filing between which someone must choose. */
export function filedApart({ doubts }: Pick<MeetingState, 'doubts'>): readonly FiledStage[] {
	return doubts
		.filter(({ path }) => path === '/stage')
		.flatMap(({ candidates }) => candidates)
		.flatMap(({ value }) => readMeeting({ stage: value ?? null }).stage ?? [])
		.filter(isFiled);
}

function isFiled(stage: MeetingStage): stage is FiledStage {
	return 'filing' in stage;
}

/** All lines of minutes, in the order in which they stand on paper. */
export function linesIn({ attendance, items, photos }: Minutes): readonly Line[] {
	return [...attendance, ...items.flatMap(({ lines }) => lines), ...photos];
}

/** The records held here that a filing names, its text aside, in the order of their hashes. */
export function namedIn(
	records: RevisionSet,
	{ id, scope }: Pick<MeetingState, 'id' | 'scope'>,
	filing: Filing
): readonly Revision[] {
	const lines = [...records.entities('minute')].filter((entity) => belongsTo(entity, id, scope));
	const matters = [...records.entities('matter')].filter((entity) => matterOf(entity)?.scope === scope);
	const held = [
		...lines.map((entity) => ({ kind: 'minute', entity, names: filing.minutes })),
		...matters.map((entity) => ({ kind: 'matter', entity, names: filing.matters }))
	];
	return held
		.flatMap(({ kind, entity, names }) => {
			const wanted = new Set<Hash>(names);
			return [...records.revisions(kind, entity)].filter(({ hash }) => wanted.has(hash));
		})
		.sort((a, b) => (a.hash < b.hash ? -1 : 1));
}

/** The record of a meeting that first had this filing. */
export function filingRecord(records: RevisionSet, entity: string, filing: Filing): Revision | undefined {
	const history = historyOf(records, 'meeting', entity);
	return parentsFirst(history)
		.flatMap((hash) => history.get(hash) ?? [])
		.find(({ body }) => sameJson(filingOf(body?.['stage']), filing));
}

export function namesIn({ minutes, matters }: Filing): readonly Hash[] {
	return [...minutes, ...matters];
}

/** A record with all it was built on: what whoever signed had before them. */
function asSeen(records: RevisionSet, { kind, entity, hash }: Revision): readonly Revision[] {
	const history = historyOf(records, kind, entity);
	return [...withAncestors(history, hash)].flatMap((each) => history.get(each) ?? []);
}

function historyOf(records: RevisionSet, kind: string, entity: string): ReadonlyMap<Hash, Revision> {
	return new Map([...records.revisions(kind, entity)].map((revision) => [revision.hash, revision]));
}

/** Whether only what counts is left of a line: its household's personal data was erased. */
export function isErased({ scope, last }: Line): boolean {
	return levelOf(scope) === 'household' && last.device === serverDevice;
}

function takenBackOf(records: RevisionSet, minutes: Minutes): TakenBack[] {
	const lines = linesIn(minutes).flatMap((line) => {
		const withdrawal = withdrawalOf(records, 'minute', line.entity);
		return withdrawal ? [{ entity: line.entity, line, matter: undefined, ...withdrawal }] : [];
	});
	const matters = minutes.items
		.flatMap((item) => item.matters)
		.flatMap((matter) => {
			const withdrawal = withdrawalOf(records, 'matter', matter.entity);
			return withdrawal ? [{ entity: matter.entity, line: undefined, matter, ...withdrawal }] : [];
		});
	return [...lines, ...matters];
}

/** So many of the lines, the first to be said. What came later than all is none of what was signed. */
function firstOf(lines: readonly Line[], count: number): readonly Line[] {
	const whenOf = ({ body, first }: Line) => body?.at ?? first.at;
	return lines.toSorted((a, b) => (whenOf(a) < whenOf(b) ? -1 : 1)).slice(0, count);
}
