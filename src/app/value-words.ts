import { categoryText } from './category-words.ts';
import { amendmentTypeText, answerText } from './amendment-words.ts';
import { attendeeTypeText, stanceText } from './minute-words.ts';
import { publicationText } from './public-words.ts';
import { satisfactionText } from './satisfaction-words.ts';
import { conventionTypeText } from './stage-words.ts';
import { amendmentAnswers, amendmentTypes } from '#kinds/amendment.ts';
import { conventionTypes } from '#kinds/convention.ts';
import { satisfactions } from '#kinds/evaluation.ts';
import { matterCategories } from '#kinds/matter-category.ts';
import { attendeeTypes, stances } from '#kinds/minute.ts';
import { m } from '#paraglide/messages.js';

type Words = Readonly<Record<string, () => string>>;

/** The words of `values`, each by `text`. */
function words<Value extends string>(values: readonly Value[], text: (value: Value) => string): Words {
	return Object.fromEntries(values.map((value) => [value, () => text(value)]));
}

const categories = words(matterCategories, categoryText);

/** What is chosen among few, by kind and member. */
const choices: Readonly<Record<string, Words>> = {
	'minute/about': {
		attendance: m.trace_about_attendance,
		said: m.trace_about_said,
		count: m.trace_about_count,
		resolution: m.trace_about_resolution,
		photo: m.trace_about_photo
	},
	'minute/stance': words(stances, stanceText),
	'minute/as': words(attendeeTypes, attendeeTypeText),
	'amendment/answer': words(amendmentAnswers, answerText),
	'amendment/type': words(amendmentTypes, amendmentTypeText),
	'convention/type': words(conventionTypes, conventionTypeText),
	'opinion/about': {
		clause: m.trace_about_clause,
		wish: m.opinions_wish,
		objection: m.opinions_objection,
		rating: m.trace_field_rating
	},
	'opinion/view': { agree: m.opinions_agree, disagree: m.opinions_disagree, suggest: m.opinions_suggest },
	'opinion/rating': { good: m.opinions_good, fair: m.opinions_fair, poor: m.opinions_poor },
	'vote/choice': { agree: m.voting_agree, disagree: m.voting_disagree, abstain: m.voting_abstain },
	'matter/category': categories,
	'publication/category': categories,
	'matter/source': {
		resident: m.trace_source_resident,
		worker: m.trace_source_worker,
		reception: m.trace_source_reception,
		meeting: m.trace_source_meeting
	},
	'evaluation/satisfaction': words(satisfactions, satisfactionText),
	'publication/about': words(['announcement', 'minutes', 'matter'] as const, publicationText),
	'act/act': {
		meeting: m.points_meeting,
		opinion: m.points_opinion,
		volunteering: m.points_volunteering
	},
	'redemption/settled': { allowed: m.trace_settled_allowed }
};

/** The words for a value that is chosen among few; undefined for what people word themselves. */
export function choiceText(kind: string, member: string, value: string): string | undefined {
	return choices[`${kind}/${member}`]?.[value]?.();
}
