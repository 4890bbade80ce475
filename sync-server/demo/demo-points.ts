import { actEntity } from '#kinds/act.ts';
import { addDays, type Day } from '#kinds/day.ts';
import { pointsRuleEntity } from '#kinds/points-rule.ts';
import { redemptionEntity } from '#kinds/redemption.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import type { Scope } from '#records/scope.ts';
import type { Walker } from './demo-check-ins.ts';
import type { DemoGrid } from './demo-places.ts';
import { choose, type Draw } from './draw.ts';

const minuteMs = 60 * 1000;
const rule = { sorted: 2, mixed: 1, meeting: 10, opinion: 5, hour: 8, perDay: 20, perMonth: 60 };
const items = [
	{ item: '洗衣液一瓶', points: 30 },
	{ item: '肥皂两块', points: 12 },
	{ item: '垃圾袋一卷', points: 8 }
];

/** The subdistrict's rule, in force from the first day of the demonstration. */
export function demoRule(subdistrict: Scope, from: Day, office: Walker): Revision {
	const entity = pointsRuleEntity(subdistrict, from);
	return sealed(office, 'points-rule', entity, subdistrict, at(addDays(from, -2), 10), rule);
}

/**
 * What some households of a grid took part in on `days`, and what a few were given for their points.
 * Nothing is later than `now`.
 */
export function demoPoints(
	grid: DemoGrid,
	walker: Walker,
	days: readonly Day[],
	now: Date,
	draw: Draw
): readonly Revision[] {
	const households = grid.courtyards.flatMap((courtyard) => courtyard.households);
	const acts = households.flatMap((household) => {
		if (draw('joins in', household) >= 0.35) return [];
		const day = choose(draw('act on', household), days);
		const kind = draw('act', household);
		const hours = choose(draw('hours', household), [1, 1.5, 2, 3]);
		const body =
			kind < 0.5
				? { act: 'meeting' }
				: kind < 0.8
					? { act: 'opinion' }
					: { act: 'volunteering', hours, note: '院里值守' };
		const entity = actEntity(household, day, idOf(draw, 'act', household));
		return [sealed(walker, 'act', entity, household, at(day, 20), body)];
	});
	const given = households.flatMap((household) => {
		if (draw('redeems', household) >= 0.06) return [];
		const day = choose(draw('redeems on', household), days.slice(-14));
		const entity = redemptionEntity(household, idOf(draw, 'redemption', household));
		const body = { ...choose(draw('item', household), items.slice(1)), day };
		return [sealed(walker, 'redemption', entity, household, at(day, 16), body)];
	});
	return [...acts, ...given].filter((revision) => Date.parse(revision.at) <= now.getTime());
}

/** Two workers who gave one household more than it had on the same afternoon, neither knowing of the other. */
export function demoOverdrawn(
	household: Scope,
	walkers: readonly Walker[],
	day: Day,
	draw: Draw
): readonly Revision[] {
	return walkers.map((walker, index) => {
		const entity = redemptionEntity(household, idOf(draw, 'overdrawn', household, index));
		const when = at(day, 15) + index * 20 * minuteMs;
		return sealed(walker, 'redemption', entity, household, when, { item: '电饭煲一个', points: 100, day });
	});
}

function sealed(
	{ author, device }: Walker,
	kind: string,
	entity: string,
	scope: Scope,
	written: number,
	body: JsonObject
): Revision {
	return seal({
		kind,
		entity,
		parents: [],
		scope,
		author,
		device,
		at: new Date(written).toISOString(),
		body
	});
}

function idOf(draw: Draw, ...key: readonly (string | number)[]): string {
	return Math.floor(draw('id', ...key) * 36 ** 8)
		.toString(36)
		.padStart(8, '0');
}

/** Milliseconds since the epoch of an hour in Beijing. */
function at(day: Day, hour: number): number {
	return Date.parse(`${day}T${String(hour).padStart(2, '0')}:00:00+08:00`);
}
