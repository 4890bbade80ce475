import { toDay, type Day } from '#kinds/day.ts';
import type { PublicationBody } from '#kinds/publication.ts';
import { m } from '#paraglide/messages.js';
import type { PublicAsk } from '#read-models/public-asks.ts';
import { clockText, shortDayText } from './dates.ts';
import { matterStepText } from './matter-step-words.ts';

/** 开会通知. */
export function publicationText(about: PublicationBody['about']): string {
	switch (about) {
		case 'announcement':
			return m.public_about_announcement();
		case 'minutes':
			return m.public_about_minutes();
		case 'matter':
			return m.public_about_matter();
	}
}

/** What something public is called in a list and over its page. */
export function publicTitle(body: PublicationBody): string {
	if (body.about !== 'matter') return body.title;
	const [line = ''] = body.words.split('\n');
	return line.length > longestTitle ? `${line.slice(0, longestTitle)}…` : line;
}

const longestTitle = 40;

/** 开会通知 · 11月25日 星期三 19:00: what it is, and how far it is. */
export function publicFacts(body: PublicationBody, locale: string, today: Day): string {
	return [publicationText(body.about), standOf(body, locale, today)].join(' · ');
}

function standOf(body: PublicationBody, locale: string, today: Day): string {
	switch (body.about) {
		case 'announcement':
			return [clockText(body.starts, locale, today), ...(body.cancelled ? [m.public_called_off()] : [])].join(
				' · '
			);
		case 'minutes':
			return shortDayText(toDay(body.starts.slice(0, 10)), locale);
		case 'matter':
			return matterStepText(body.stage);
	}
}

/** 11月30日前可以提意见: what it asks of a household. */
export function askText(ask: PublicAsk, locale: string): string {
	switch (ask.type) {
		case 'come':
			return m.public_ask_come();
		case 'amend':
			return m.public_ask_amend({ until: shortDayText(ask.until, locale) });
		case 'rate':
			return m.public_ask_rate();
	}
}
