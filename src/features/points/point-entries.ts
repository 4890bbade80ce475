import type { Entry } from '#app/workplace.svelte.ts';
import { actEntity, actTypes, type ActRead, type ActType } from '#kinds/act.ts';
import { isDay, type Day } from '#kinds/day.ts';
import { pointsRuleEntity, type PointsRuleRead } from '#kinds/points-rule.ts';
import { redemptionEntity } from '#kinds/redemption.ts';
import { capFields, ratedFields, type RuleField } from '#read-models/points-rules.ts';
import type { Scope } from '#records/scope.ts';
import type { Written } from './points-form.svelte.ts';

/** Fields of forms are text as typed; `''` is left out. Fixed at opening: whom or what they are about. */
export type ActFields = Record<'day' | 'act' | 'hours' | 'note', string>;
export type RedeemFields = Record<'points' | 'item' | 'day', string>;
export type RuleFields = Record<RuleField | 'from', string>;
export type ReasonFields = Record<'reason', string>;

export function actFields(day: Day, read?: ActRead): ActFields {
	const { act = '', hours = '', note = '' } = read ?? {};
	return { day, act, hours: String(hours), note };
}

/** `entity`: the act that is corrected; its day stays. */
export function writeAct(
	household: Scope,
	fields: ActFields,
	today: Day,
	about: { readonly entity: string } | { readonly newId: string }
): Written<ActFields> {
	const { day, hours: typed, note } = fields;
	const act = actTypes.find((type) => type === fields.act);
	if (!isDay(day) || day > today) return { ok: false, field: 'day' };
	if (!act) return { ok: false, field: 'act' };
	const hours = Number(typed);
	const inHalves = Number.isInteger(hours * 2) && hours >= 0.5 && hours <= 24;
	if (isTimed(act) && !inHalves) return { ok: false, field: 'hours' };
	const entity = 'entity' in about ? about.entity : actEntity(household, day, about.newId);
	const said = note.trim();
	const body = { act, ...(isTimed(act) && { hours }), ...(said !== '' && { note: said }) };
	return { ok: true, entry: { kind: 'act', entity, scope: household, body } };
}

export function isTimed(act: ActType): boolean {
	return act === 'volunteering';
}

export function writeRedemption(
	household: Scope,
	{ points, item, day }: RedeemFields,
	today: Day,
	newId: string
): Written<RedeemFields> {
	const given = wholeNumber(points, 100_000);
	if (given === undefined || given < 1) return { ok: false, field: 'points' };
	if (item.trim() === '') return { ok: false, field: 'item' };
	if (!isDay(day) || day > today) return { ok: false, field: 'day' };
	const body = { points: given, item: item.trim(), day };
	const entity = redemptionEntity(household, newId);
	return { ok: true, entry: { kind: 'redemption', entity, scope: household, body } };
}

const emptyRule: RuleFields = {
	...{ from: '', sorted: '0', mixed: '0', meeting: '0', opinion: '0', hour: '0' },
	...{ perDay: '', perMonth: '' }
};

/** A rule as a form shows it; numbers in doubt are left for the office to fill in. */
export function ruleFields(from: Day | '', read?: PointsRuleRead): RuleFields {
	const fields = { ...emptyRule, from };
	for (const field of [...ratedFields, ...capFields])
		if (read) fields[field] = read[field] === undefined ? '' : String(read[field]);
	return fields;
}

export function writeRule(subdistrict: Scope, fields: RuleFields): Written<RuleFields> {
	if (!isDay(fields.from)) return { ok: false, field: 'from' };
	const body: Record<string, number> = {};
	for (const field of ratedFields) {
		const points = wholeNumber(fields[field], 1000);
		if (points === undefined) return { ok: false, field };
		body[field] = points;
	}
	for (const field of capFields) {
		if (fields[field].trim() === '') continue;
		const cap = wholeNumber(fields[field], 100_000);
		if (cap === undefined) return { ok: false, field };
		body[field] = cap;
	}
	const entity = pointsRuleEntity(subdistrict, fields.from);
	return { ok: true, entry: { kind: 'points-rule', entity, scope: subdistrict, body } };
}

/** Takes an entity back, with the reason that its history keeps. */
export function writeWithdrawal(
	about: Pick<Entry, 'kind' | 'entity' | 'scope'>,
	{ reason }: ReasonFields
): Written<ReasonFields> {
	if (reason.trim() === '') return { ok: false, field: 'reason' };
	return { ok: true, entry: { ...about, body: null, reason: reason.trim() } };
}

/** 16 of a-z and 0-9 by chance. `bytes`: 16 random ones. */
export function keyOf(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => (byte % 36).toString(36)).join('');
}

function wholeNumber(text: string, most: number): number | undefined {
	const number = Number(text.normalize('NFKC').trim());
	return text.trim() !== '' && Number.isInteger(number) && number >= 0 && number <= most ? number : undefined;
}
