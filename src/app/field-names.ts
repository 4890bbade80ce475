import * as checkIn from './check-in-fields.ts';
import { m } from '#paraglide/messages.js';

/** By the member of the body, in the order in which they are told. */
const names: Readonly<Record<string, () => string>> = {
	about: m.trace_field_about,
	title: m.trace_field_title,
	text: m.trace_field_text,
	words: m.trace_field_words,
	place: m.trace_field_place,
	starts: m.trace_field_starts,
	invited: m.trace_field_invited,
	chair: m.trace_field_chair,
	recorder: m.trace_field_recorder,
	agenda: m.trace_field_agenda,
	stage: m.trace_field_stage,
	who: m.trace_field_who,
	stance: m.trace_field_stance,
	as: m.trace_field_as,
	at: m.trace_field_at,
	for: m.trace_field_for,
	against: m.trace_field_against,
	abstain: m.trace_field_abstain,
	photo: m.trace_field_photo,
	photos: m.field_photos,
	type: m.trace_field_type,
	answer: m.trace_field_answer,
	preamble: m.trace_field_preamble,
	clauses: m.trace_field_clause,
	courtyards: m.trace_field_courtyards,
	turnout: m.trace_field_turnout,
	agree: m.trace_field_agree,
	view: m.trace_field_view,
	rating: m.trace_field_rating,
	choice: m.trace_field_choice,
	signature: m.trace_field_signature,
	category: m.trace_field_category,
	unnamed: m.trace_field_unnamed,
	source: m.trace_field_source,
	from: m.trace_field_from,
	meetings: m.trace_field_meetings,
	lines: m.trace_field_lines,
	waiting: m.trace_field_waiting,
	department: m.trace_field_department,
	reason: m.trace_field_reason,
	due: m.trace_field_due,
	reported: m.trace_field_reported,
	satisfaction: m.trace_field_satisfaction,
	filed: m.trace_field_filed,
	until: m.trace_field_until,
	confirmed: m.trace_field_confirmed,
	cancelled: m.trace_field_cancelled,
	households: m.trace_field_households,
	others: m.trace_field_others,
	items: m.trace_field_items,
	raisedBy: m.trace_field_raised_by,
	raised: m.trace_field_raised,
	decision: m.trace_field_decision,
	owner: m.trace_field_owner,
	result: m.trace_field_result,
	closed: m.trace_field_closed,
	round: m.trace_field_round,
	name: m.trace_field_name,
	door: m.roster_column_door,
	number: m.roster_column_number,
	head: m.roster_column_head,
	phone: m.roster_column_phone,
	people: m.roster_column_people,
	act: m.trace_field_act,
	hours: m.trace_field_hours,
	note: m.field_note,
	points: m.trace_field_points,
	item: m.trace_field_item,
	day: m.trace_field_day,
	settled: m.trace_field_settled,
	staffPin: m.trace_field_staff_pin,
	before: m.trace_field_before,
	sorted: m.trace_field_sorted,
	mixed: m.trace_field_mixed,
	meeting: m.trace_field_meeting,
	opinion: m.trace_field_opinion,
	hour: m.trace_field_hour,
	perDay: m.trace_field_per_day,
	perMonth: m.trace_field_per_month
};

/** What says nothing to a person: what names other records, for the app to find them. */
const unspoken = new Set([
	'minute/item',
	'amendment/item',
	'opinion/seen',
	'vote/text',
	'publication/filing',
	'publication/seen'
]);

/** The member of the body that a path leads to: `rule/turnout` is about the turnout. */
export function memberOf(path: string): string {
	const [, first = '', second] = path.split('/');
	return first === 'rule' && second !== undefined ? second : first;
}

export function isSpoken(kind: string, path: string): boolean {
	return !unspoken.has(`${kind}/${memberOf(path)}`);
}

/** What people call a field, by its JSON Pointer. What a later version wrote is shown as it is. */
export function fieldText(kind: string, path: string): string {
	if (kind === 'check-in') return checkIn.fieldText(path);
	return names[memberOf(path)]?.() ?? path.slice(1);
}

/** Sorts by the order in which people would tell it; what a later version wrote comes last. */
export function byTelling(a: { readonly path: string }, b: { readonly path: string }): number {
	return order(a.path) - order(b.path) || (a.path < b.path ? -1 : 1);
}

function order(path: string): number {
	const known = Object.keys(names);
	const at = known.indexOf(memberOf(path));
	return at < 0 ? known.length : at;
}
