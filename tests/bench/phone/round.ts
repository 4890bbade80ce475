import { checkInEntity } from '#kinds/check-in.ts';
import { addDays, type Day } from '#kinds/day.ts';
import { entityOfScope } from '#kinds/kind.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope, type Scope } from '#records/scope.ts';

/** Of each grid; every one of them is checked in once a day. */
export const households = 300;
const householdsEach = 8;

/** The rounds of two workers through one grid, told apart by courtyard. */
export interface Rounds {
	readonly grid: Scope;
	readonly authors: readonly [string, string];
	/** The first day. */
	readonly from: Day;
}

/** Rounds of `count` check-ins that come to their end on `last`. */
export function roundsUntil(last: Day, count: number, place: Omit<Rounds, 'from'>): Rounds {
	return { ...place, from: addDays(last, 1 - Math.max(1, Math.ceil(count / households))) };
}

/** The `n`-th check-in of the rounds. */
export function checkIn({ grid, authors, from }: Rounds, n: number): Revision {
	const door = n % households;
	const day = addDays(from, Math.floor(n / households));
	const scope = household(grid, door);
	const minutes = Math.floor((door * 600) / households);
	const at = new Date(Date.parse(`${day}T00:10:00.000Z`) + minutes * 60_000 + ((n * 7919) % 60_000));
	return seal({
		kind: 'check-in',
		entity: checkInEntity(scope, day),
		parents: [],
		scope,
		author: authors[courtyardOf(door) % 2 === 0 ? 0 : 1],
		device: 'bench-phone',
		at: at.toISOString(),
		body: {
			observed: {
				quality: n % 5 === 0 ? 'mixed' : 'correct',
				streams: ['food', 'other'],
				guided: n % 7 === 0,
				note: `第${n}次：厨余垃圾已经分开`
			}
		}
	});
}

/** From the `start`-th on. */
export function checkIns(rounds: Rounds, start: number, count: number): readonly Revision[] {
	return Array.from({ length: count }, (_, index) => checkIn(rounds, start + index));
}

/** The grid's courtyards and households, as an office sets them down. */
export function places(grid: Scope, author: string): readonly Revision[] {
	const place = (kind: string, scope: Scope, body: Readonly<Record<string, string | number>>) =>
		seal({
			kind,
			entity: entityOfScope(scope),
			parents: [],
			scope,
			author,
			device: 'bench-office',
			at: '2026-01-05T02:00:00.000Z',
			body
		});
	const doors = Array.from({ length: households }, (_, door) => door);
	return [
		...[...new Set(doors.map(courtyardOf))].map((number) =>
			place('courtyard', courtyard(grid, number), { name: `示例胡同${number + 1}号` })
		),
		...doors.map((door) =>
			place('household', household(grid, door), {
				number: `${door + 1}`,
				door: `${(door % householdsEach) + 1}号`,
				head: `居民${door + 1}`,
				people: 2
			})
		)
	];
}

function courtyardOf(door: number): number {
	return Math.floor(door / householdsEach);
}

function courtyard(grid: Scope, number: number): Scope {
	return toScope(`${grid}/c${number}`);
}

function household(grid: Scope, door: number): Scope {
	return toScope(`${courtyard(grid, courtyardOf(door))}/h${door}`);
}
