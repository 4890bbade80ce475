import { checkInEntity } from '#kinds/check-in.ts';
import { conventionEntity } from '#kinds/convention.ts';
import { daysFrom, toDay, type Day } from '#kinds/day.ts';
import { entityOfScope } from '#kinds/kind.ts';
import { pointsRuleEntity } from '#kinds/points-rule.ts';
import { redemptionEntity } from '#kinds/redemption.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope, type Scope } from '#records/scope.ts';
import { textBody } from '../../read-models/saved-conventions.ts';

const subdistrict = toScope('qianmen');
export const household = toScope('qianmen/caochang/g3/c01/h01');
export const today = toDay('2026-11-23');

function written(kind: string, entity: string, scope: Scope, body: JsonObject): Revision {
	const who = { author: 'made-up', device: 'other', at: '2026-11-20T02:00:00.000Z' };
	return seal({ kind, entity, scope, parents: [], ...who, body });
}

export function checkIn(day: Day, quality = 'correct'): Revision {
	const body = { reported: { quality } };
	return written('check-in', checkInEntity(household, day), household, body);
}

/** A check-in on every day from `first` to `last`. */
export function everyDay(first: string, last: string): readonly Revision[] {
	return daysFrom(toDay(first), toDay(last)).map((day) => checkIn(day));
}

export function roster(): Revision {
	return written('household', entityOfScope(household), household, { door: '东1' });
}

export function rule(from: string, body: JsonObject): Revision {
	return written('points-rule', pointsRuleEntity(subdistrict, toDay(from)), subdistrict, body);
}

export function redeemed(points: number): Revision {
	const body = { points, item: '示例毛巾', day: today };
	return written('redemption', redemptionEntity(household, 'a'.repeat(16)), household, body);
}

/** A convention of the household's courtyard, to which it can give a wish while wishes are collected. */
export function convention(id: string, title: string, stage: string): Revision {
	const courtyard = toScope('qianmen/caochang/g3/c01');
	const body = textBody(undefined, { title, stage: { name: stage } });
	return written('convention', conventionEntity(courtyard, id), courtyard, body);
}
