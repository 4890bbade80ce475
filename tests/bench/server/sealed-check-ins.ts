import { checkInEntity } from '#kinds/check-in.ts';
import { addDays, toDay } from '#kinds/day.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope, type Scope } from '#records/scope.ts';

const households = 300;
const days = 300;
const firstDay = toDay('2025-11-01');

/** Check-ins of one author in one grid, `count` from the `from`-th on; no two numbers give the same. */
export function sealedCheckIns(
	grid: Scope,
	author: string,
	from: number,
	count: number
): readonly Revision[] {
	return Array.from({ length: count }, (_, index) => sealedCheckIn(grid, author, from + index));
}

function sealedCheckIn(grid: Scope, author: string, n: number): Revision {
	const door = n % households;
	const scope = toScope(`${grid}/c${Math.floor(door / 8)}/h${door}`);
	const day = addDays(firstDay, Math.floor(n / households) % days);
	return seal({
		kind: 'check-in',
		entity: checkInEntity(scope, day),
		parents: [],
		scope,
		author,
		device: 'bench-phone',
		at: new Date(Date.UTC(2026, 8, 1) + n * 1000).toISOString(),
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

/** The body of a `_bulk_docs` that replicates them. */
export function pushBody(records: readonly Revision[]): Buffer {
	return Buffer.from(JSON.stringify({ docs: records, new_edits: false }));
}
