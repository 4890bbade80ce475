import { checkInOf, type Stream } from '#kinds/check-in.ts';
import { daysFrom, type Day } from '#kinds/day.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { isWithin, parentScope, type Scope } from '#records/scope.ts';
import { checkInState } from './check-ins.ts';
import { householdsIn } from './places.ts';

/** Days of a report, both included. */
export interface Period {
	readonly from: Day;
	readonly to: Day;
}

/**
 * Figures of a period. `participating`: households with at least one check-in; 参与率 is
 * `participating / households`. 正确率 is `correct / checkIns`; a quality in doubt is not correct.
 */
export interface Participation {
	readonly households: number;
	readonly participating: number;
	readonly checkIns: number;
	readonly correct: number;
}

export interface CourtyardParticipation extends Participation {
	readonly courtyard: Scope;
}

export interface DayParticipation {
	readonly day: Day;
	readonly checkIns: number;
	readonly correct: number;
}

export interface ParticipationReport {
	readonly total: Participation;
	readonly byCourtyard: readonly CourtyardParticipation[];
	readonly byDay: readonly DayParticipation[];
	/** In how many check-ins each stream was put out. */
	readonly byStream: Readonly<Record<Stream, number>>;
	/** The last day each household checked in, as far as the records here reach; absent: never. */
	readonly lastVisits: ReadonlyMap<Scope, Day>;
}

interface Counted {
	readonly household: Scope;
	readonly day: Day;
	readonly correct: boolean;
	readonly streams: readonly Stream[];
}

/** What the office reports about the households within `within` on the roster, from the records held here. */
export function participation(
	records: RevisionSet,
	within: readonly Scope[],
	period: Period
): ParticipationReport {
	const households = householdsIn(records, within);
	const onRoster = new Set(households.map(({ scope }) => scope));
	const all = checkInsOf(records, within).filter(({ household }) => onRoster.has(household));
	const counted = all.filter(({ day }) => period.from <= day && day <= period.to);
	const byCourtyard = Map.groupBy(counted, ({ household }) => parentScope(household));
	const byDay = Map.groupBy(counted, ({ day }) => day);
	return {
		total: figures(households.length, counted),
		byCourtyard: [...Map.groupBy(households, ({ courtyard }) => courtyard)].map(([courtyard, living]) => ({
			courtyard,
			...figures(living.length, byCourtyard.get(courtyard) ?? [])
		})),
		byDay: daysFrom(period.from, period.to).map((day) => {
			const { checkIns, correct } = figures(households.length, byDay.get(day) ?? []);
			return { day, checkIns, correct };
		}),
		byStream: {
			food: putOut(counted, 'food'),
			recyclable: putOut(counted, 'recyclable'),
			hazardous: putOut(counted, 'hazardous'),
			other: putOut(counted, 'other')
		},
		lastVisits: lastVisits(all)
	};
}

/** `part` of `whole` as a fraction, or undefined where there is nothing to measure. */
export function rate(part: number, whole: number): number | undefined {
	return whole === 0 ? undefined : part / whole;
}

function figures(households: number, counted: readonly Counted[]): Participation {
	return {
		households,
		participating: new Set(counted.map(({ household }) => household)).size,
		checkIns: counted.length,
		correct: counted.filter(({ correct }) => correct).length
	};
}

function putOut(counted: readonly Counted[], stream: Stream): number {
	return counted.filter(({ streams }) => streams.includes(stream)).length;
}

function lastVisits(counted: readonly Counted[]): ReadonlyMap<Scope, Day> {
	const last = new Map<Scope, Day>();
	for (const { household, day } of counted) {
		const known = last.get(household);
		if (known === undefined || known < day) last.set(household, day);
	}
	return last;
}

function checkInsOf(records: RevisionSet, within: readonly Scope[]): readonly Counted[] {
	return [...records.entities('check-in')].flatMap((entity) => {
		const named = checkInOf(entity);
		if (!named || !within.some((outer) => isWithin(named.household, outer))) return [];
		const checkIn = checkInState(records, entity);
		if (checkIn.status !== 'done') return [];
		const { observed, reported } = checkIn.body;
		const streams = new Set([...(observed?.streams ?? []), ...(reported?.streams ?? [])]);
		return [{ ...named, correct: checkIn.quality === 'correct', streams: [...streams] }];
	});
}
