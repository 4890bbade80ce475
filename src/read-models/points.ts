import { actOf, readAct, type ActRead, type ActType } from '#kinds/act.ts';
import { checkInOf } from '#kinds/check-in.ts';
import { monthOf, type Day, type Month } from '#kinds/day.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { isWithin, type Scope } from '#records/scope.ts';
import { checkInState, type CheckInQuality } from './check-ins.ts';
import { pointsRules, ruleOn, type PointsRule, type Rated } from './points-rules.ts';

/** One thing a household did: a day's check-in by the quality that counts, or an act; `unclear`: in doubt. */
export type Deed =
	| { readonly type: 'check-in'; readonly quality: CheckInQuality }
	| { readonly type: ActType | 'unclear'; readonly hours?: number };

/**
 * One line of a household's points: `earned` by the rule in force on its day, of which `cutByDay`
 * and `cutByMonth` are taken off by the rule's caps; `counted` is the rest. All whole numbers.
 */
export interface PointsLine {
	readonly day: Day;
	/** Of the kind `check-in` or `act`. */
	readonly entity: string;
	readonly deed: Deed;
	/** Two people recorded it differently: it gives nothing until someone chooses. */
	readonly inDoubt: boolean;
	/** First day of the rule it is counted by; absent: no rule was in force. */
	readonly rule?: Day;
	/** Two offices wrote the rule differently: counted by the smaller number until one chooses. */
	readonly ruleInDoubt: boolean;
	readonly earned: number;
	readonly cutByDay: number;
	readonly cutByMonth: number;
	readonly counted: number;
}

/** 活力值 of a household and month, line by line. `total` is the sum of what counted, `cut` of what did not. */
export interface HouseholdPoints {
	readonly household: Scope;
	readonly month: Month;
	readonly lines: readonly PointsLine[];
	readonly total: number;
	readonly cut: number;
}

/** Something done, before any rule is asked. */
interface Done {
	readonly household: Scope;
	readonly day: Day;
	readonly entity: string;
	readonly deed: Deed;
	readonly inDoubt: boolean;
}

/**
 * A household's points in `month`, under the rules of its days: a rule that starts later changes no
 * earlier day. Earlier days use up the caps first; on a day the check-in, then acts by their keys.
 * The same for every order in which the records came.
 */
export function householdPoints(records: RevisionSet, household: Scope, month: Month): HouseholdPoints {
	const done = doneIn(records, (scope) => scope === household, new Set([month]));
	return counted(household, month, done, pointsRules(records, household));
}

/** The points of every household within `within` that did something in `months`; by path, then month. */
export function pointsIn(
	records: RevisionSet,
	within: readonly Scope[],
	months: readonly Month[]
): readonly HouseholdPoints[] {
	const done = doneIn(records, (scope) => within.some((outer) => isWithin(scope, outer)), new Set(months));
	const rules = new Map<string, readonly PointsRule[]>();
	const rulesFor = (household: Scope) => {
		const [subdistrict = ''] = household.split('/');
		const known = rules.get(subdistrict) ?? pointsRules(records, household);
		rules.set(subdistrict, known);
		return known;
	};
	return [...Map.groupBy(done, ({ household }) => household)]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.flatMap(([household, its]) =>
			[...Map.groupBy(its, ({ day }) => monthOf(day))]
				.sort(([a], [b]) => (a < b ? -1 : 1))
				.map(([month, deeds]) => counted(household, month, deeds, rulesFor(household)))
		);
}

function counted(
	household: Scope,
	month: Month,
	done: readonly Done[],
	rules: readonly PointsRule[]
): HouseholdPoints {
	const lines: PointsLine[] = [];
	let total = 0;
	let cut = 0;
	let ofDay = 0;
	for (const { day, entity, deed, inDoubt } of done.toSorted(byDay)) {
		if (lines.at(-1)?.day !== day) ofDay = 0;
		const rule = ruleOn(rules, day);
		const rated = ratedAs(deed);
		const earned = rule && rated ? pointsFor(rule, rated, deed) : 0;
		const today = Math.min(earned, room(rule?.caps.perDay, ofDay));
		const now = Math.min(today, room(rule?.caps.perMonth, total));
		ofDay += now;
		total += now;
		cut += earned - now;
		const used = rated ? ([rated, 'perDay', 'perMonth'] as const) : [];
		lines.push({
			day,
			entity,
			deed,
			inDoubt,
			...(rule && { rule: rule.from }),
			ruleInDoubt: used.some((field) => rule?.inDoubt.has(field)),
			earned,
			cutByDay: earned - today,
			cutByMonth: today - now,
			counted: now
		});
	}
	return { household, month, lines, total, cut };
}

/** What is left under `cap` after `used`; a cap that was lowered on the way leaves nothing, and takes nothing back. */
function room(cap = Infinity, used: number): number {
	return Math.max(0, cap - used);
}

/** Half hours at an odd number of points are rounded down. */
function pointsFor(rule: PointsRule, rated: Rated, deed: Deed): number {
	const hours = deed.type === 'volunteering' ? (deed.hours ?? 0) : 1;
	return Math.floor(rule.gives[rated] * hours);
}

/** What a rule calls the deed; undefined for what never gives points. */
function ratedAs(deed: Deed): Rated | undefined {
	switch (deed.type) {
		case 'check-in':
			if (deed.quality === 'correct') return 'sorted';
			return deed.quality === 'mixed' ? 'mixed' : undefined;
		case 'meeting':
		case 'opinion':
			return deed.type;
		case 'volunteering':
			return 'hour';
		case 'unclear':
			return undefined;
	}
}

function doneIn(
	records: RevisionSet,
	isAsked: (household: Scope) => boolean,
	months: ReadonlySet<Month>
): readonly Done[] {
	const isIn = ({ household, day }: Pick<Done, 'household' | 'day'>) =>
		months.has(monthOf(day)) && isAsked(household);
	const checkIns = [...records.entities('check-in')].flatMap((entity): Done[] => {
		const named = checkInOf(entity);
		if (!named || !isIn(named)) return [];
		const checkIn = checkInState(records, entity);
		if (checkIn.status !== 'done') return [];
		const { quality } = checkIn;
		return [{ ...named, entity, deed: { type: 'check-in', quality }, inDoubt: quality === 'doubtful' }];
	});
	const acts = [...records.entities('act')].flatMap((entity): Done[] => {
		const named = actOf(entity);
		if (!named || !isIn(named)) return [];
		const state = records.state('act', entity);
		if (state.status !== 'present') return [];
		const contested = state.doubts.some(({ path }) => path === '');
		const deed = contested ? { type: 'unclear' as const } : deedOf(readAct(state.body));
		return [{ ...named, entity, deed, inDoubt: deed.type === 'unclear' }];
	});
	return [...checkIns, ...acts];
}

/** Hours given without volunteering, or the other way round, come of a merge: a person must look. */
function deedOf({ act, hours }: ActRead): Deed {
	if (act === undefined || (act === 'volunteering') !== (hours !== undefined)) return { type: 'unclear' };
	return hours === undefined ? { type: act } : { type: act, hours };
}

function byDay(a: Done, b: Done): number {
	if (a.day !== b.day) return a.day < b.day ? -1 : 1;
	if (a.deed.type === 'check-in' || b.deed.type === 'check-in') return a.deed.type === 'check-in' ? -1 : 1;
	return a.entity < b.entity ? -1 : 1;
}
