import * as v from 'valibot';
import { readHousehold, type HouseholdRead } from '#kinds/household.ts';
import { entityOfScope } from '#kinds/kind.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { isScope, isWithin, levelOf, parentScope, type Level, type Scope } from '#records/scope.ts';

/** A place with the name people call it by; its path where nobody has named it yet. */
export interface Place {
	readonly scope: Scope;
	readonly level: Level;
	readonly name: string;
}

/** 户, with what the roster says of it; a field in doubt is absent. */
export interface Household {
	readonly scope: Scope;
	readonly courtyard: Scope;
	readonly body: HouseholdRead;
	/** Two people changed the roster's entry without seeing each other's change. */
	readonly doubtful: boolean;
}

const named = v.object({ name: v.string() });

/** Areas and courtyards within `within`, by path. */
export function placesIn(records: RevisionSet, within: readonly Scope[]): readonly Place[] {
	return ['area', 'courtyard'].flatMap((kind) =>
		scopesOf(records, kind, within).flatMap((scope) => {
			const state = records.state(kind, entityOfScope(scope));
			if (state.status !== 'present') return [];
			const parsed = v.safeParse(named, state.body);
			return [{ scope, level: levelOf(scope), name: parsed.success ? parsed.output.name : scope }];
		})
	);
}

/** Households within `within`, in the order of their doors. */
export function householdsIn(records: RevisionSet, within: readonly Scope[]): readonly Household[] {
	const households = scopesOf(records, 'household', within).flatMap((scope) => {
		const household = householdAt(records, scope);
		return household ? [household] : [];
	});
	return households.sort(byDoor);
}

export function householdAt(records: RevisionSet, scope: Scope): Household | undefined {
	const state = records.state('household', entityOfScope(scope));
	const courtyard = parentScope(scope);
	if (state.status !== 'present' || !courtyard) return undefined;
	const body = readHousehold(state.body);
	return { scope, courtyard, body, doubtful: state.doubts.length > 0 };
}

/** What people call a place; its path when nobody has named it here. */
export function placeName(records: RevisionSet, scope: Scope): string {
	const kind = levelOf(scope) === 'courtyard' ? 'courtyard' : 'area';
	const state = records.state(kind, entityOfScope(scope));
	const parsed = state.status === 'present' ? v.safeParse(named, state.body) : undefined;
	return parsed?.success ? parsed.output.name : scope;
}

/** How a household is called at the door: its door plate, its number, or the last step of its path. */
export function householdLabel({ body, scope }: Household): string {
	return body.door ?? body.number ?? scope.slice(scope.lastIndexOf('/') + 1);
}

function scopesOf(records: RevisionSet, kind: string, within: readonly Scope[]): readonly Scope[] {
	return [...records.entities(kind)]
		.map((entity) => entity.replaceAll('.', '/'))
		.filter(isScope)
		.filter((scope) => within.some((outer) => isWithin(scope, outer)))
		.sort();
}

const doors = new Intl.Collator('zh-CN', { numeric: true });

function byDoor(a: Household, b: Household): number {
	return (
		doors.compare(a.courtyard, b.courtyard) ||
		doors.compare(householdLabel(a), householdLabel(b)) ||
		doors.compare(a.scope, b.scope)
	);
}
