import { longDayText, shortDayText, timeText } from '#app/dates.ts';
import { lineWords, type LineWords } from '#app/line-words.ts';
import { meetingLevelText } from '#app/meeting-words.ts';
import { attendeeTypeText, speakerText } from '#app/minute-words.ts';
import { placePath } from '#app/place-path.ts';
import type { MeetingRead } from '#kinds/meeting.ts';
import { toDay, type Day } from '#kinds/day.ts';
import type { Filing } from '#kinds/meeting-stage.ts';
import type { Signature } from '#kinds/signature.ts';
import { m } from '#paraglide/messages.js';
import type { Amendment } from '#read-models/amendments.ts';
import { checkCode } from '#read-models/check-code.ts';
import type { ListedMatter } from '#read-models/matters.ts';
import { saidIn, type ItemMinutes, type Line, type Minutes } from '#read-models/minutes.ts';
import type { Hash } from '#records/hash.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';
import { amendmentWords, type AmendmentWords } from './amendment-words.ts';

/** What minutes on paper are made of. */
export interface MinutesSource {
	readonly records: RevisionSet;
	readonly scope: Scope;
	readonly read: MeetingRead;
	readonly minutes: Minutes;
	/** Undefined: a draft. */
	readonly filed?: { readonly filing: Filing; readonly code: Hash; readonly confirmed: Day | undefined };
	readonly amendments: readonly Amendment[];
	/** The households that were there, where that is known. */
	readonly present?: ReadonlySet<Scope> | undefined;
	readonly locale: string;
}

/** All the words of minutes, in one language, in the order in which they stand on paper. */
export interface MinutesWords {
	/** 会议记录草稿, 会议纪要: in one word. */
	readonly mark: string;
	readonly title: string;
	readonly place: string;
	/** What it is, so that nobody takes a draft for what was signed. */
	readonly standing: string;
	readonly facts: readonly { readonly name: string; readonly value: string }[];
	readonly attendance: readonly string[];
	readonly items: readonly ItemWords[];
	readonly photos: readonly PhotoWords[];
	/** What is said of the whole. */
	readonly amendments: readonly AmendmentWords[];
	readonly signers: readonly SignerWords[];
}

export interface ItemWords {
	/** The id of the item; `''` for what belongs to none. */
	readonly id: string;
	/** 议题 1; `''` for what belongs to none. */
	readonly number: string;
	readonly topic: string;
	readonly lines: readonly LineWords[];
	readonly tasks: readonly TaskWords[];
	readonly amendments: readonly AmendmentWords[];
}

export interface TaskWords {
	readonly entity: string;
	readonly words: string;
	/** Who sees to it, and by when. */
	readonly owner?: string;
}

export interface PhotoWords {
	readonly entity: string;
	readonly hash: string;
	readonly caption: string;
}

export interface SignerWords {
	readonly role: string;
	readonly name: string;
	readonly signature: Signature;
}

export function minutesWords(source: MinutesSource): MinutesWords {
	const { records, scope, read, minutes, filed, amendments, present, locale } = source;
	const ids = new Set(minutes.items.flatMap(({ item }) => item?.id ?? []));
	const said = amendments.map((amendment) => amendmentWords(records, amendment, present, locale));
	return {
		mark: filed ? m.filing_mark_filed() : m.filing_mark_draft(),
		title: read.title ?? m.filing_untitled(),
		place: `${placePath(records, scope)} · ${meetingLevelText(scope)}`,
		standing: standingText(source),
		facts: facts(source),
		attendance: attendanceTexts(records, minutes.attendance),
		items: minutes.items.map((item, index) => ({
			...itemWords(records, item, index + 1, locale),
			amendments: said.filter(({ item: about }) => about !== undefined && about === item.item?.id)
		})),
		photos: minutes.photos.flatMap((line) => photoWords(line, minutes, locale)),
		amendments: said.filter(({ item }) => item === undefined || !ids.has(item)),
		signers: filed
			? [
					{ role: m.filing_chair(), ...filed.filing.chair },
					{ role: m.filing_recorder(), ...filed.filing.recorder }
				]
			: []
	};
}

/** As they are read out, one part after another. */
export function spokenMinutes(words: MinutesWords): readonly string[] {
	const lines = (item: ItemWords) => [
		...item.lines.map(({ head, words: said, votes }) => [head, said, votes].filter(Boolean).join('，')),
		...item.tasks.map(({ words: task, owner }) => [m.filing_task(), task, owner].filter(Boolean).join('，'))
	];
	return [
		[words.title, words.standing].join('。'),
		...words.facts.map(({ name, value }) => `${name}，${value}`),
		[m.filing_attendance(), ...words.attendance].join('，'),
		...words.items.flatMap((item) => [[item.number, item.topic].filter(Boolean).join('，'), ...lines(item)]),
		...[...words.items.flatMap((item) => item.amendments), ...words.amendments].map(
			({ head, words: said, answer }) => [head, said, answer].filter(Boolean).join('，')
		)
	];
}

function standingText({ filed, amendments, locale }: MinutesSource): string {
	if (!filed) return m.filing_standing_draft();
	const { day, until } = filed.filing;
	const filedOn = longDayText(day, locale);
	if (filed.confirmed)
		return amendments.length > 0
			? m.filing_standing_confirmed_amended({
					filed: filedOn,
					day: longDayText(filed.confirmed, locale),
					count: amendments.length
				})
			: m.filing_standing_confirmed({ filed: filedOn, day: longDayText(filed.confirmed, locale) });
	return m.filing_standing_filed({ filed: filedOn, until: longDayText(until, locale) });
}

function facts({ read, minutes, filed, locale }: MinutesSource): MinutesWords['facts'] {
	const there = minutes.attendance.flatMap((line) => attendedAs(line) ?? []);
	const households = there.filter((as) => as === 'household').length;
	const began = read.stage && 'began' in read.stage ? timeText(read.stage.began, locale) : undefined;
	const ended = read.stage && 'ended' in read.stage ? timeText(read.stage.ended, locale) : undefined;
	const held = began && ended && m.filing_held({ began, ended });
	const rows: readonly (readonly [string, string | undefined])[] = [
		[m.filing_starts(), read.starts && startsText(read.starts, locale)],
		[m.filing_held_title(), held || undefined],
		[m.filing_place(), read.place],
		[m.filing_chair(), filed?.filing.chair.name ?? read.chair],
		[m.filing_recorder(), filed?.filing.recorder.name ?? read.recorder],
		[m.filing_there(), m.filing_there_counts({ households, others: there.length - households })],
		[m.filing_code(), filed && checkCode(filed.code)]
	];
	return rows.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}

/** 2026年11月23日 19:00: of a time of the clock in Beijing. */
function startsText(starts: string, locale: string): string {
	return `${longDayText(toDay(starts.slice(0, 10)), locale)} ${starts.slice(11)}`;
}

function attendedAs(line: Line) {
	const body = saidIn(line);
	return body?.about === 'attendance' ? body.as : undefined;
}

/** Households by their doors, then the others in the order in which they came. */
function attendanceTexts(records: RevisionSet, attendance: readonly Line[]): readonly string[] {
	const isHousehold = (line: Line) => attendedAs(line) === 'household';
	const texts = (lines: readonly Line[]) => lines.map((line) => attendeeText(records, line));
	const doors = new Intl.Collator('zh-CN', { numeric: true });
	return [
		...texts(attendance.filter(isHousehold)).toSorted((a, b) => doors.compare(a, b)),
		...texts(attendance.filter((line) => !isHousehold(line)))
	];
}

function attendeeText(records: RevisionSet, line: Line): string {
	const body = saidIn(line);
	if (body?.about !== 'attendance') return '';
	const who = speakerText(records, line.scope, body.who);
	return body.as === 'household' ? who : m.filing_attendee({ who, as: attendeeTypeText(body.as) });
}

function itemWords(
	records: RevisionSet,
	{ item, lines, matters }: ItemMinutes,
	number: number,
	locale: string
): Omit<ItemWords, 'amendments'> {
	return {
		id: item?.id ?? '',
		number: item ? m.meetings_item_number({ number }) : '',
		topic: item?.topic ?? m.meetings_item_gone(),
		lines: lines.map((line) => lineWords(records, line, locale)),
		tasks: matters.map((matter) => taskWords(matter, locale))
	};
}

export function taskWords({ entity, body, stage }: ListedMatter, locale: string): TaskWords {
	const given = stage?.name === 'doing' || stage?.name === 'evaluating' ? stage : undefined;
	const owner =
		given && m.meetings_matter_owner({ owner: given.owner.name, due: shortDayText(given.due, locale) });
	return { entity, words: body.text ?? m.filing_unreadable(), ...(owner !== undefined && { owner }) };
}

function photoWords(line: Line, { items }: Minutes, locale: string): readonly PhotoWords[] {
	const body = saidIn(line);
	if (body?.about !== 'photo') return [];
	const topic = items.find(({ item }) => item?.id === body.item)?.item?.topic;
	const caption = [topic, body.words, timeText(body.at, locale)].filter(Boolean).join(' · ');
	return [{ entity: line.entity, hash: body.photo, caption }];
}
