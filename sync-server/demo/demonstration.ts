import { addDays, dayAt, daysFrom, type Day } from '#kinds/day.ts';
import { entityOfScope } from '#kinds/kind.ts';
import { seal, type Revision } from '#records/revision.ts';
import { levelOf, parentScope, type Scope } from '#records/scope.ts';
import { demoCheckIns, type Walker } from './demo-check-ins.ts';
import { demoDisputes } from './demo-disputes.ts';
import { demoPlaces, type DemoGrid } from './demo-places.ts';
import { demoOverdrawn, demoPoints, demoRule } from './demo-points.ts';
import { drawing, type Draw } from './draw.ts';
import { communities, subdistrict } from './qianmen.ts';

/** `roles` as in a CouchDB user document. */
export interface DemoAccount {
	readonly name: string;
	readonly roles: readonly string[];
}

export interface Demonstration {
	/** In the order they were written. */
	readonly revisions: readonly Revision[];
	/** Everyone who wrote one. */
	readonly accounts: readonly DemoAccount[];
}

const weeks = 6;
const office = 'office';

/**
 * Qianmen with made-up households and six weeks of check-ins up to `now`: the same for the same
 * seed and day, but that nothing is later than `now`.
 */
export function demonstration(seed: string, now: Date): Demonstration {
	const draw = drawing(seed);
	const today = dayAt(now);
	const days = daysFrom(addDays(today, 1 - weeks * 7), today);
	const { places, grids } = demoPlaces(draw);
	const before = new Date(Date.parse(`${addDays(today, -weeks * 7 - 3)}T02:00:00.000Z`));
	const placed = places.map(({ kind, scope, body }) =>
		seal({
			...{ kind, entity: entityOfScope(scope), parents: [], scope, body },
			...{ author: officeOf(scope), device: 'demo-desk', at: before.toISOString() }
		})
	);
	const walkers = grids.map(({ scope }, index) => ({ scope, ...walker(index + 1) }));
	const checkIns = grids.flatMap((grid, index) => demoCheckIns(grid, walker(index + 1), days, now, draw));
	const [first] = grids;
	const disputed = first ? demoDisputes(checkIns, first.scope, walker(2), today) : [];
	const points = demonstratedPoints(grids, days, now, draw);
	const revisions = [...placed, ...checkIns, ...disputed, ...points].sort(byTime);
	return { revisions, accounts: [...offices(), ...walkers.map(workerAccount)] };
}

function demonstratedPoints(
	grids: readonly DemoGrid[],
	days: readonly Day[],
	now: Date,
	draw: Draw
): readonly Revision[] {
	const [first] = days;
	const desk = { author: office, device: 'demo-desk' };
	const rules = first ? [demoRule(subdistrict.scope, first, desk)] : [];
	const done = grids.flatMap((grid, index) => demoPoints(grid, walker(index + 1), days, now, draw));
	const twice = grids[0]?.courtyards[0]?.households[0];
	const day = days.at(-3);
	const overdrawn = twice && day ? demoOverdrawn(twice, [walker(1), walker(2)], day, draw) : [];
	return [...rules, ...done, ...overdrawn];
}

function walker(number: number): Walker {
	return { author: `worker${number}`, device: `demo-phone-${number}` };
}

/** The second worker stands in for the first, which is how two of them come to the same door. */
function workerAccount({ author, scope }: Walker & { readonly scope: Scope }, index: number): DemoAccount {
	const community = parentScope(scope) ?? scope;
	return { name: author, roles: [`worker:${index === 1 ? community : scope}`] };
}

function offices(): readonly DemoAccount[] {
	return [
		{ name: office, roles: ['_admin', `office:${subdistrict.scope}`] },
		...communities.map(({ segment }) => ({
			name: `${segment}-office`,
			roles: [`office:${subdistrict.scope}/${segment}`]
		}))
	];
}

function officeOf(scope: Scope): string {
	const [, community] = scope.split('/');
	return community === undefined || levelOf(scope) === 'community' ? office : `${community}-office`;
}

function byTime(a: Revision, b: Revision): number {
	return a.at < b.at ? -1 : a.at > b.at ? 1 : a._id < b._id ? -1 : 1;
}
