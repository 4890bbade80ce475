import { shortDayText } from '#app/dates.ts';
import type { Day } from '#kinds/day.ts';
import { m } from '#paraglide/messages.js';
import { isAmendable } from '#read-models/public-asks.ts';
import type { PublishedMinutes } from '#read-models/published-meeting.ts';

type Item = PublishedMinutes['items'][number];

/** 赞成 9 票，反对 1 票，弃权 1 票: a show of hands in words and figures. */
export function countText(count: NonNullable<Item['counts']>[number]): string {
	return m.public_count({ for: count.for, against: count.against, abstain: count.abstain });
}

/** 清走旧木头。谁来办：李示例；哪天前办好：12月1日: `due` in words. */
export function actionText(
	{ words, owner }: NonNullable<Item['actions']>[number],
	due: string | undefined
): string {
	const more = [
		...(owner === undefined ? [] : [m.public_owner({ owner })]),
		...(due === undefined ? [] : [m.public_due({ due })])
	];
	return more.length > 0 ? m.public_action({ words, more: more.join(m.list_comma()) }) : words;
}

/** Until when who was there may object, or since when that is over. */
export function amendableText(body: PublishedMinutes, locale: string, today: Day): string {
	if (body.confirmed !== undefined) return m.public_confirmed({ day: shortDayText(body.confirmed, locale) });
	const until = shortDayText(body.until, locale);
	return isAmendable(body, today) ? m.public_amendable({ until }) : m.public_amendable_over({ until });
}
