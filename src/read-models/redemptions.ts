import { addDays, monthOf, toDay, type Day, type Month } from '#kinds/day.ts';
import { readRedemption, redemptionOf } from '#kinds/redemption.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { isWithin, type Scope } from '#records/scope.ts';
import type { Doubt } from '#records/state-of.ts';
import { pointsIn } from './points.ts';
import { pointsRules } from './points-rules.ts';
import { byTime } from './written.ts';

/** 兑换 of a household that is not withdrawn. */
export interface Redemption {
	readonly entity: string;
	readonly household: Scope;
	/** In doubt: the largest that someone wrote. */
	readonly points: number;
	readonly item: string;
	readonly day?: Day;
	/** An office let it stand although the balance did not suffice. */
	readonly allowed: boolean;
	/** Two people changed it without seeing each other's change. */
	readonly inDoubt: boolean;
	/** Who wrote it down, and when (ISO 8601). */
	readonly by: string;
	readonly at: string;
}

/** What a household has: `earned` in all months since the first rule, less what it `redeemed`. */
export interface Balance {
	readonly household: Scope;
	readonly earned: number;
	readonly redeemed: number;
	/** Below 0: overdrawn. */
	readonly balance: number;
	/** What came first first. */
	readonly redemptions: readonly Redemption[];
	/**
	 * Overdrawn, and not every redemption was let stand by an office: someone has to settle it. One
	 * that arrives after others were let stand opens it again.
	 */
	readonly open: boolean;
}

/** The months whose records a balance needs: from the first rule to `today`. */
export function monthsOfPoints(records: RevisionSet, place: Scope, today: Day): readonly Month[] {
	const first = pointsRules(records, place)[0]?.from;
	if (first === undefined || first > today) return [];
	const months: Month[] = [];
	for (let day = toDay(`${monthOf(first)}-01`); day <= today; day = toDay(`${monthOf(addDays(day, 31))}-01`))
		months.push(monthOf(day));
	return months;
}

/** A household's balance, from the records held here: the months of `monthsOfPoints` must be. */
export function balanceOf(records: RevisionSet, household: Scope, today: Day): Balance {
	return (
		balancesIn(records, [household], today)[0] ?? balance(household, 0, redemptionsIn(records, [household]))
	);
}

/** The balances of all households within `within` that ever earned or redeemed anything, by path. */
export function balancesIn(records: RevisionSet, within: readonly Scope[], today: Day): readonly Balance[] {
	const months = new Set(within.flatMap((place) => monthsOfPoints(records, place, today)));
	const earned = new Map<Scope, number>();
	for (const { household, total } of pointsIn(records, within, [...months]))
		earned.set(household, (earned.get(household) ?? 0) + total);
	const redeemed = Map.groupBy(redemptionsIn(records, within), ({ household }) => household);
	return [...new Set([...earned.keys(), ...redeemed.keys()])]
		.sort()
		.map((household) => balance(household, earned.get(household) ?? 0, redeemed.get(household) ?? []));
}

function balance(household: Scope, earned: number, redemptions: readonly Redemption[]): Balance {
	const redeemed = redemptions.reduce((sum, { points }) => sum + points, 0);
	const overdrawn = redeemed > earned;
	const open = overdrawn && redemptions.some(({ allowed }) => !allowed);
	return { household, earned, redeemed, balance: earned - redeemed, redemptions, open };
}

/** Redemptions within `within` that are not withdrawn, in the order they were first written down. */
function redemptionsIn(records: RevisionSet, within: readonly Scope[]): readonly Redemption[] {
	return [...records.entities('redemption')]
		.flatMap((entity): Redemption[] => {
			const household = redemptionOf(entity);
			if (!household || !within.some((outer) => isWithin(household, outer))) return [];
			const state = records.state('redemption', entity);
			if (state.status !== 'present') return [];
			const { points, item, day, settled } = readRedemption(state.body);
			const [first] = [...records.revisions('redemption', entity)].sort(byTime);
			if (!first) return [];
			return [
				{
					entity,
					household,
					points: points ?? largest(state.doubts),
					item: item ?? '',
					...(day && { day }),
					allowed: settled === 'allowed',
					inDoubt: state.doubts.length > 0,
					by: first.author,
					at: first.at
				}
			];
		})
		.sort((a, b) => (a.at === b.at ? (a.entity < b.entity ? -1 : 1) : a.at < b.at ? -1 : 1));
}

function largest(doubts: readonly Doubt[]): number {
	const candidates = doubts.find(({ path }) => path === '/points')?.candidates ?? [];
	return Math.max(0, ...candidates.map(({ value }) => (typeof value === 'number' ? value : 0)));
}
