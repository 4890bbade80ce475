import { levelOf } from '#records/scope.ts';
import type { Grant } from './grant.ts';

/** Whose rights these are. What an office may do depends on the level of its place. */
export const holders = [
	'subdistrict office',
	'community office',
	'grid worker',
	'partner organisation',
	'resident',
	'courtyard tablet'
] as const;
export type Holder = (typeof holders)[number];

/**
 * `r`: reads what is about the grant's place and all within it. `a`: reads what is about a place that the
 * grant's lies in. `w`: writes about the grant's place and all within it. `c`: confirms there, that is, writes
 * the members of the body that its kind names `confirming`. `o`: writes of a matter that is its own to see to,
 * about a place that the grant's lies in: how it goes on, and the one step of carrying it out.
 */
export type Right = 'r' | 'a' | 'w' | 'c' | 'o';

/**
 * Who may do what, by kind; the one table that server and app go by. A kind that is not here is nobody's.
 * In the order of `holders`.
 */
const table: Readonly<Record<string, readonly [string, string, string, string, string, string]>> = {
	area: ['raw', 'raw', 'ra', 'ra', 'a', 'ra'],
	courtyard: ['raw', 'raw', 'ra', 'ra', 'a', 'ra'],
	household: ['rw', 'rw', 'r', '', 'r', ''],
	'check-in': ['rwc', 'rwc', 'rwc', '', 'rw', 'w'],
	act: ['rw', 'rw', 'rw', '', 'r', ''],
	'points-rule': ['raw', 'a', 'ra', 'ra', 'a', 'a'],
	redemption: ['rwc', 'rwc', 'rw', '', 'r', ''],
	matter: ['raw', 'rawo', 'rawo', '', 'rw', ''],
	progress: ['raw', 'rawo', 'rawo', '', 'r', ''],
	whistle: ['raw', 'raw', 'ra', '', 'r', ''],
	evaluation: ['rw', 'rw', 'rw', '', 'rw', ''],
	meeting: ['raw', 'raw', 'raw', '', '', ''],
	minute: ['raw', 'raw', 'raw', '', '', ''],
	amendment: ['rawc', 'rawc', 'rawc', '', 'rw', ''],
	// What residents see of meetings and matters, and all they see of them.
	publication: ['raw', 'raw', 'raw', 'ra', 'a', 'ra'],
	convention: ['raw', 'raw', 'raw', 'ra', 'a', 'ra'],
	opinion: ['rw', 'rw', 'rw', '', 'rw', ''],
	vote: ['rw', 'rw', 'rw', '', 'rw', ''],
	policy: ['raw', 'a', 'ra', 'ra', 'a', 'a'],
	// Only the server writes it, when it has erased.
	erasure: ['r', 'r', 'r', '', 'r', '']
};

/**
 * Who may take which step of a kind that goes through stages, in the order of `holders`; `withdrawn` is the step
 * of taking the whole away. A step that is not here is nobody's.
 */
const steps: Readonly<Record<string, readonly [boolean, boolean, boolean, boolean, boolean, boolean]>> = {
	'convention collecting': [true, true, true, false, false, false],
	'convention drafting': [true, true, true, false, false, false],
	'convention deliberating': [true, true, true, false, false, false],
	'convention voting': [true, true, true, false, false, false],
	'convention posted': [true, true, true, false, false, false],
	'convention in-force': [true, true, false, false, false, false],
	'convention reviewing': [true, true, true, false, false, false],
	'convention withdrawn': [true, true, false, false, false, false],
	'meeting announced': [true, true, true, false, false, false],
	'meeting open': [true, true, true, false, false, false],
	'meeting ended': [true, true, true, false, false, false],
	'meeting filed': [true, true, true, false, false, false],
	'meeting confirmed': [true, true, false, false, false, false],
	'meeting withdrawn': [true, true, true, false, false, false],
	'matter raised': [true, true, true, false, true, false],
	'matter deliberating': [true, true, true, false, false, false],
	'matter decided': [true, true, true, false, false, false],
	'matter doing': [true, true, true, false, false, false],
	'matter evaluating': [true, true, true, false, false, false],
	'matter withdrawn': [true, true, true, false, true, false]
};

export function holderOf({ role, scope }: Grant): Holder {
	switch (role) {
		case 'office':
			return levelOf(scope) === 'subdistrict' ? 'subdistrict office' : 'community office';
		case 'worker':
			return 'grid worker';
		case 'partner':
			return 'partner organisation';
		case 'resident':
			return 'resident';
		case 'tablet':
			return 'courtyard tablet';
	}
}

export function hasRight(holder: Holder, kind: string, right: Right): boolean {
	return Object.hasOwn(table, kind) && (table[kind]?.[holders.indexOf(holder)]?.includes(right) ?? false);
}

/** The kinds in the table. */
export const tabledKinds: readonly string[] = Object.keys(table);

export function takesStep(holder: Holder, kind: string, step: string): boolean {
	const key = `${kind} ${step}`;
	return Object.hasOwn(steps, key) && (steps[key]?.[holders.indexOf(holder)] ?? false);
}

/** The steps in the table: `convention in-force`. */
export const tabledSteps: readonly string[] = Object.keys(steps);
