import type { MeetingRead } from '#kinds/meeting.ts';
import type { PublicationBody } from '#kinds/publication.ts';
import { sameJson } from '#records/hash.ts';
import type { FiledMinutes } from './filed-minutes.ts';
import type { ItemMinutes } from './minutes.ts';
import type { Published } from './publications.ts';

export type PublishedAnnouncement = PublicationBody & { readonly about: 'announcement' };
export type PublishedMinutes = PublicationBody & { readonly about: 'minutes' };
type PublishedItem = PublishedMinutes['items'][number];

/** The parts of a meeting that an announcement shows. */
type Announced = Pick<MeetingRead, 'title' | 'place' | 'starts' | 'agenda'>;

/** The parts of filed minutes that are shown. */
type FiledText = Pick<FiledMinutes, 'read' | 'minutes' | 'erasedSigned' | 'filing' | 'code' | 'confirmed'>;

/** What whoever publishes minutes chose to show. */
export interface MinutesChoices {
	/** The words that were said, without who said them. */
	readonly said: boolean;
	/** Who was given what to do. */
	readonly owners: boolean;
	/** What stands over that which belongs to no item of the agenda. */
	readonly otherTopic: string;
}

/** The body that announces a meeting; undefined while its title or its time is in doubt. `words`: what else to say of it. */
export function announcementOf(
	{ title, place, starts, agenda }: Announced,
	words: string
): PublishedAnnouncement | undefined {
	if (title === undefined || starts === undefined) return undefined;
	return {
		about: 'announcement',
		title,
		...(place !== undefined && { place }),
		starts,
		agenda: agenda.map(({ topic }) => topic),
		...(words !== '' && { words })
	};
}

/** What was announced, and that it is called off. */
export function calledOff(announcement: PublishedAnnouncement): PublishedAnnouncement {
	return { ...announcement, cancelled: true };
}

/** Whether a meeting is no longer what was announced so. */
export function isAnnouncementOld(meeting: Announced, { body }: Published): boolean {
	return body.about !== 'announcement' || !sameJson(announcementOf(meeting, body.words ?? ''), body);
}

/**
 * The body that shows filed minutes. It names nobody who was there or spoke; who was given what to do only if that is
 * chosen. Undefined where what was signed lacks a title or a time.
 */
export function publishedMinutes(filed: FiledText, choices: MinutesChoices): PublishedMinutes | undefined {
	const { title, place, starts } = filed.read;
	if (title === undefined || starts === undefined) return undefined;
	// Of a household that was erased since it stays that it was there.
	const present = [...filed.minutes.attendance, ...filed.erasedSigned].flatMap(({ body }) =>
		body?.about === 'attendance' ? body.as : []
	);
	const households = present.filter((as) => as === 'household').length;
	return {
		about: 'minutes',
		title,
		...(place !== undefined && { place }),
		starts,
		filed: filed.filing.day,
		until: filed.filing.until,
		...(filed.confirmed && { confirmed: filed.confirmed }),
		filing: filed.code,
		households,
		others: present.length - households,
		items: filed.minutes.items.map((item) => publishedItem(item, choices))
	};
}

/** Whether filed minutes went on since they were published so: they were confirmed. */
export function areMinutesOld(filed: FiledText, { body }: Published, otherTopic: string): boolean {
	if (body.about !== 'minutes') return true;
	return !sameJson(publishedMinutes(filed, { ...choicesIn(body), otherTopic }), body);
}

/** What was chosen when minutes were published so. */
export function choicesIn({ items }: PublishedMinutes): Omit<MinutesChoices, 'otherTopic'> {
	return {
		said: items.some(({ said = [] }) => said.length > 0),
		owners: items.some(({ actions = [] }) => actions.some(({ owner }) => owner !== undefined))
	};
}

function publishedItem(
	{ item, lines, matters }: ItemMinutes,
	{ said, owners, otherTopic }: MinutesChoices
): PublishedItem {
	const bodies = lines.flatMap(({ body }) => body ?? []);
	const words = said ? bodies.flatMap((body) => (body.about === 'said' ? [body.words] : [])) : [];
	const resolutions = bodies.flatMap((body) => (body.about === 'resolution' ? [body.words] : []));
	const counts = bodies.flatMap((body) =>
		body.about === 'count'
			? [{ words: body.words, for: body.for, against: body.against, abstain: body.abstain }]
			: []
	);
	const actions = matters.flatMap(({ body, stage }) => {
		const given = stage?.name === 'doing' || stage?.name === 'evaluating' ? stage : undefined;
		if (body.text === undefined) return [];
		return [
			{
				words: body.text,
				...(given && owners && { owner: given.owner.name }),
				...(given && { due: given.due })
			}
		];
	});
	return {
		topic: item?.topic ?? otherTopic,
		...(words.length > 0 && { said: words }),
		...(counts.length > 0 && { counts }),
		...(resolutions.length > 0 && { resolutions }),
		...(actions.length > 0 && { actions })
	};
}
