import type { AgendaItem } from '#kinds/agenda-item.ts';
import { matterOf } from '#kinds/matter.ts';
import { meetingOf } from '#kinds/meeting.ts';
import { minute, minuteOf, readMinute, type MinuteBody } from '#kinds/minute.ts';
import { canonicalJson } from '#records/canonical-json.ts';
import type { Hash } from '#records/hash.ts';
import type { Revision } from '#records/revision.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { isWithin, type Scope } from '#records/scope.ts';
import type { EntityState } from '#records/state-of.ts';
import { matterAt, type ListedMatter } from './matters.ts';
import type { MeetingState } from './meeting-state.ts';
import { byTime, writtenIn, type Written } from './written.ts';

/** A line as someone has it, together with what others changed beside it; without a body: that it is withdrawn. */
export interface LineVersion {
	readonly body?: MinuteBody;
	readonly by: Written;
}

/** One thing taken down, as it is known here. */
export interface Line {
	readonly entity: string;
	/** The meeting's, or the household's that it is about. */
	readonly scope: Scope;
	/** The head, when there is one. */
	readonly hash: Hash | undefined;
	readonly heads: readonly Hash[];
	/** Who took it down, and who wrote last. */
	readonly first: Written;
	readonly last: Written;
	/** Undefined: in doubt, or written by a later version. */
	readonly body: MinuteBody | undefined;
	/** Two or more between which a person must choose; [] where there is no doubt. */
	readonly versions: readonly LineVersion[];
}

/** What was taken down on one item, in the order of time. */
export interface ItemMinutes {
	/** Undefined: of no item that stands. */
	readonly item: AgendaItem | undefined;
	readonly lines: readonly Line[];
	readonly matters: readonly ListedMatter[];
}

export interface Minutes {
	readonly attendance: readonly Line[];
	/** All of the agenda, in its order; last, where there is any, what belongs to no item that stands. */
	readonly items: readonly ItemMinutes[];
	readonly photos: readonly Line[];
}

/** All that was taken down in a meeting, on whatever phones, as it stands now. */
export function minutesOf(
	records: RevisionSet,
	{ entity, id, read }: Pick<MeetingState, 'entity' | 'id' | 'read'>
): Minutes {
	const scope = meetingOf(entity)?.scope;
	if (!scope) return arrange(read.agenda, [], []);
	const lines = [...records.entities('minute')]
		.filter((each) => each.includes(`.${id}-`) && belongsTo(each, id, scope))
		.flatMap((each) => lineAt(records, each) ?? []);
	const matters = [...records.entities('matter')]
		.filter((each) => matterOf(each)?.scope === scope)
		.flatMap((each) => matterAt(records, each) ?? [])
		.filter(({ body, withdrawn }) => body.from?.meeting === entity && withdrawn === undefined);
	return arrange(read.agenda, lines, matters);
}

/** Whether a line was taken down in the meeting of this id, about its place or one within it. */
export function belongsTo(line: string, meeting: string, scope: Scope): boolean {
	const named = minuteOf(line);
	return named?.meeting === meeting && isWithin(named.scope, scope);
}

/** Puts lines and matters where they belong: the same for whatever order they come in. */
export function arrange(
	agenda: readonly AgendaItem[],
	lines: readonly Line[],
	matters: readonly ListedMatter[]
): Minutes {
	const inOrder = lines.toSorted((a, b) => byKey(whenOf(a), whenOf(b)) || byKey(a.entity, b.entity));
	const about = (name: MinuteBody['about']) => inOrder.filter((line) => saidIn(line)?.about === name);
	const [attendance, photos] = [about('attendance'), about('photo')];
	const spoken = inOrder.filter((line) => !attendance.includes(line) && !photos.includes(line));
	const given = matters.toSorted((a, b) => byKey(a.at, b.at) || byKey(a.entity, b.entity));
	const ids = new Set(agenda.map(({ id }) => id));
	const items = agenda.map((item) => ({
		item,
		lines: spoken.filter((line) => itemOf(line) === item.id),
		matters: given.filter(({ body }) => body.from?.item === item.id)
	}));
	const loose = {
		item: undefined,
		lines: spoken.filter((line) => !ids.has(itemOf(line) ?? '')),
		matters: given.filter(({ body }) => !ids.has(body.from?.item ?? ''))
	};
	const isLoose = loose.lines.length > 0 || loose.matters.length > 0;
	return { attendance, items: isLoose ? [...items, loose] : items, photos };
}

/** What a line says; while it is in doubt, what one of its versions does. */
export function saidIn({ body, versions }: Pick<Line, 'body' | 'versions'>): MinuteBody | undefined {
	return body ?? versions.find((version) => version.body)?.body;
}

/** Undefined: withdrawn, or none. */
export function lineAt(records: RevisionSet, entity: string): Line | undefined {
	const named = minuteOf(entity);
	const state = records.state('minute', entity);
	const [first] = [...records.revisions('minute', entity)].sort(byTime);
	if (!named || !first || state.status !== 'present') return undefined;
	const { heads, doubts } = state;
	const tips = heads.flatMap((hash) => records.revision('minute', entity, hash) ?? []).sort(byTime);
	const versions = doubts.length > 0 ? versionsOf(state, tips) : [];
	const isOpen = versions.length > 1;
	return {
		entity,
		scope: named.scope,
		hash: heads.length === 1 ? heads[0] : undefined,
		heads,
		first: writtenIn(first),
		last: writtenIn(tips.at(-1) ?? first),
		body: isOpen ? undefined : (versions[0]?.body ?? readMinute(state.body)),
		versions: isOpen ? versions : []
	};
}

/** One for each different text that people have: the whole line with what is in doubt as they wrote it. */
function versionsOf(
	{ body, doubts }: EntityState & { readonly status: 'present' },
	tips: readonly Revision[]
): readonly LineVersion[] {
	const { policy } = minute;
	const existence = doubts.find(({ path }) => path === '');
	const isContested = (tip: Revision) =>
		existence?.candidates.some(({ value, by }) => value === undefined && by.includes(tip.hash));
	const byText = new Map<string, LineVersion>();
	for (const tip of tips) {
		const by = writtenIn(tip);
		const fields = new Map(policy.split(body));
		for (const [path, value] of policy.split(tip.body ?? {}))
			if (doubts.some((doubt) => doubt.path === path)) fields.set(path, value);
		const whole = tip.body && policy.join(fields);
		const said = whole && readMinute(whole);
		const text = said ? canonicalJson(whole) : '';
		if (!byText.has(text) && (said || isContested(tip))) byText.set(text, said ? { body: said, by } : { by });
	}
	return [...byText.values()];
}

function itemOf(line: Line): string | undefined {
	const said = saidIn(line);
	return said && 'item' in said ? said.item : undefined;
}

function whenOf(line: Line): string {
	return saidIn(line)?.at ?? line.first.at;
}

function byKey(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}
