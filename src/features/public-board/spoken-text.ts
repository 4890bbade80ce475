import { clockText, dayText, longDayText } from '#app/dates.ts';
import { publicationText } from '#app/public-words.ts';
import type { Day } from '#kinds/day.ts';
import type { PublicationBody } from '#kinds/publication.ts';
import { m } from '#paraglide/messages.js';
import { actionText, amendableText, countText } from './minutes-words.ts';
import { publicSteps } from './public-steps.ts';

/** Something public in parts to be read out one after another. */
export function spokenText(body: PublicationBody, locale: string, today: Day): readonly string[] {
	const kind = publicationText(body.about);
	switch (body.about) {
		case 'announcement':
			return [
				...[
					kind,
					body.title,
					body.cancelled && m.public_called_off(),
					clockText(body.starts, locale, today),
					body.place,
					body.words,
					m.public_agenda()
				],
				...body.agenda
			].flatMap((part) => part || []);
		case 'minutes':
			return [
				...[kind, body.title, clockText(body.starts, locale, today)],
				...[m.public_present_count({ households: body.households, others: body.others })],
				...[amendableText(body, locale, today)],
				...body.items.flatMap(({ topic, said = [], counts = [], resolutions = [], actions = [] }, index) => [
					...[m.public_item({ number: index + 1, topic }), ...said],
					...counts.flatMap((count) => [count.words, countText(count)]),
					...(resolutions.length > 0 ? [m.public_resolved(), ...resolutions] : []),
					...actions.map((action) => actionText(action, action.due && dayText(action.due, locale, today)))
				])
			];
		case 'matter':
			return [
				...[kind, body.words, m.public_raised({ day: longDayText(body.raised, locale) })],
				...publicSteps(body, locale)
					.filter(({ state }) => state !== 'later')
					.flatMap(({ name, lines }) => [name, ...lines])
			];
	}
}
