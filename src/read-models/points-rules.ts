import type { Day } from '#kinds/day.ts';
import { pointsRuleOf, readPointsRule, type PointsRuleRead } from '#kinds/points-rule.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { scopeAt, type Scope } from '#records/scope.ts';
import type { EntityState } from '#records/state-of.ts';

export const ratedFields = ['sorted', 'mixed', 'meeting', 'opinion', 'hour'] as const;
/** What a rule gives points for. */
export type Rated = (typeof ratedFields)[number];

export const capFields = ['perDay', 'perMonth'] as const;
/** What a rule limits. */
export type Capped = (typeof capFields)[number];

export type RuleField = Rated | Capped;

/**
 * A rule as it counts. `gives`: whole points, 0 for what it does not name. `caps`: Infinity where it
 * does not limit. Where two offices wrote different numbers, the smaller stands here until one is
 * chosen, and the field is `inDoubt`.
 */
export interface PointsRule {
	readonly entity: string;
	readonly from: Day;
	readonly gives: Readonly<Record<Rated, number>>;
	readonly caps: Readonly<Record<Capped, number>>;
	readonly inDoubt: ReadonlySet<RuleField>;
}

/** The rules for a household, by their first days, whichever are not withdrawn. */
export function pointsRules(records: RevisionSet, household: Scope): readonly PointsRule[] {
	const subdistrict = scopeAt(household, 'subdistrict');
	const named = [...records.entities('points-rule')].flatMap((entity) => {
		const rule = pointsRuleOf(entity);
		const state = records.state('points-rule', entity);
		return rule && rule.subdistrict === subdistrict && state.status === 'present'
			? [{ entity, from: rule.from, state }]
			: [];
	});
	const inOrder = named.sort((a, b) => (a.from < b.from ? -1 : 1));
	const rules: PointsRule[] = [];
	for (const { entity, from, state } of inOrder) rules.push(ruleOf(entity, from, state, rules.at(-1)));
	return rules;
}

/** The rule in force on `day`: the one with the latest first day that is not after it. */
export function ruleOn(rules: readonly PointsRule[], day: Day): PointsRule | undefined {
	return rules.findLast(({ from }) => from <= day);
}

function ruleOf(
	entity: string,
	from: Day,
	state: EntityState & { readonly status: 'present' },
	before: PointsRule | undefined
): PointsRule {
	// Withdrawn by one and changed by another: the rule before it may be what holds.
	const contested = state.doubts.some(({ path }) => path === '');
	const said = readPointsRule(state.body);
	const candidates = (field: RuleField): readonly number[] => {
		const doubt = state.doubts.find(({ path }) => path === `/${field}`);
		const own = doubt?.candidates.map(({ value }) => readField(field, value)) ?? [said[field]];
		const ifGone = contested ? [before && numberOf(before, field)] : [];
		return [...own, ...ifGone].map((value) => value ?? (isCap(field) ? Infinity : 0));
	};
	const smallest = (field: RuleField) => Math.min(...candidates(field));
	return {
		entity,
		from,
		gives: {
			sorted: smallest('sorted'),
			mixed: smallest('mixed'),
			meeting: smallest('meeting'),
			opinion: smallest('opinion'),
			hour: smallest('hour')
		},
		caps: { perDay: smallest('perDay'), perMonth: smallest('perMonth') },
		inDoubt: new Set([...ratedFields, ...capFields].filter((field) => new Set(candidates(field)).size > 1))
	};
}

function readField(field: keyof PointsRuleRead, value: unknown): number | undefined {
	return typeof value === 'number' ? readPointsRule({ [field]: value })[field] : undefined;
}

function numberOf(rule: PointsRule, field: RuleField): number {
	return isCap(field) ? rule.caps[field] : rule.gives[field];
}

function isCap(field: RuleField): field is Capped {
	return field === 'perDay' || field === 'perMonth';
}
