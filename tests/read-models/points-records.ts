import fc from 'fast-check';
import { actEntity } from '#kinds/act.ts';
import { checkInEntity } from '#kinds/check-in.ts';
import { toDay } from '#kinds/day.ts';
import { policyOf } from '#kinds/kinds.ts';
import { pointsRuleEntity } from '#kinds/points-rule.ts';
import { redemptionEntity } from '#kinds/redemption.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision, type RevisionContent } from '#records/revision.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { headsOf, stateOf } from '#records/state-of.ts';
import { toScope, type Scope } from '#records/scope.ts';

export const subdistrict = toScope('qianmen');
export const households = ['g3/c1/h1', 'g3/c1/h2', 'g3/c2/h1'].map((path) =>
	toScope(`qianmen/caochang/${path}`)
);
export const [household = subdistrict] = households;

type More = Partial<RevisionContent>;

function written(kind: string, entity: string, scope: Scope, body: JsonObject | null, more: More): Revision {
	const who = { author: 'worker1', device: 'phone1', at: '2026-11-20T02:00:00.000Z' };
	const reason = body === null ? { reason: '私语' } : {};
	return seal({ kind, entity, parents: [], scope, ...who, body, ...reason, ...more });
}

/** A household's entry in the roster: `c1/h1`. */
export function home(door: string, body: JsonObject): Revision {
	const scope = toScope(`qianmen/caochang/g3/${door}`);
	return written('household', scope.replaceAll('/', '.'), scope, body, {});
}

export function checkInOf(home: Scope, day: string, body: JsonObject | null, more: More = {}): Revision {
	return written('check-in', checkInEntity(home, toDay(day)), home, body, more);
}

export function actBy(
	home: Scope,
	day: string,
	id: string,
	body: JsonObject | null,
	more: More = {}
): Revision {
	return written('act', actEntity(home, toDay(day), id), home, body, more);
}

export function rule(from: string, body: JsonObject | null, more: More = {}): Revision {
	return written('points-rule', pointsRuleEntity(subdistrict, toDay(from)), subdistrict, body, more);
}

export function redeemed(home: Scope, id: string, body: JsonObject | null, more: More = {}): Revision {
	return written('redemption', redemptionEntity(home, id), home, body, more);
}

export function setOf(revisions: Iterable<Revision>): RevisionSet {
	const records = new RevisionSet(policyOf);
	records.add(revisions);
	return records;
}

/** On which anything is recorded. */
export const days = [
	'2026-10-30',
	'2026-10-31',
	'2026-11-01',
	'2026-11-02',
	'2026-11-03',
	'2026-11-15',
	'2026-12-01'
];
const quality = fc.constantFrom('correct', 'mixed', 'unsorted');
/** Stands in everything that a person may write in words. */
export const word = '私语';
const words = fc.constantFrom(word, `${word}二`);
/** As a photo is named. */
export const pictures = ['1', '2'].map((digit) => digit.repeat(64));
const view = fc.record(
	{ quality, note: words, photos: fc.subarray(pictures) },
	{ requiredKeys: ['quality'] }
);
const checkInBody = fc
	.record({ observed: view, reported: view }, { requiredKeys: [] })
	.filter((body) => Object.keys(body).length > 0);
const actBody = fc.oneof(
	fc.record({ act: fc.constantFrom('meeting', 'opinion'), note: words }, { requiredKeys: ['act'] }),
	fc.record({ act: fc.constant('volunteering'), hours: fc.constantFrom(0.5, 1, 2.5) })
);
const few = fc.nat(12);
const ruleBody = fc.record(
	{
		...{ sorted: few, mixed: few, meeting: few, opinion: few, hour: few },
		...{ perDay: fc.nat(20), perMonth: fc.nat(40) }
	},
	{ requiredKeys: [] }
);
const redemptionBody = fc.record({
	points: fc.integer({ min: 1, max: 60 }),
	item: fc.constantFrom('—', word),
	day: fc.constantFrom(...days)
});

const anyHome = fc.constantFrom(...households);
const day = fc.constantFrom(...days);
const id = fc.constantFrom('aaaaaaaa', 'bbbbbbbb', 'cccccccc');

type Writing = (more: More) => Revision;

const writing: fc.Arbitrary<Writing> = fc.oneof(
	fc.tuple(anyHome, day, fc.option(checkInBody, { freq: 8 })).map(
		([where, when, body]): Writing =>
			(more) =>
				checkInOf(where, when, body, more)
	),
	fc.tuple(anyHome, day, id, fc.option(actBody, { freq: 8 })).map(
		([where, when, key, body]): Writing =>
			(more) =>
				actBy(where, when, key, body, more)
	),
	fc.tuple(day, fc.option(ruleBody, { freq: 8 })).map(
		([from, body]): Writing =>
			(more) =>
				rule(from, body, more)
	),
	fc.tuple(anyHome, id, fc.option(redemptionBody, { freq: 8 })).map(
		([where, key, body]): Writing =>
			(more) =>
				redeemed(where, key, body, more)
	)
);

/**
 * What some people write about three households, half of it without having seen what others wrote
 * about the same: doubts and withdrawals come up freely.
 */
export const pointsHistories: fc.Arbitrary<readonly Revision[]> = fc
	.array(fc.tuple(writing, fc.boolean()), { minLength: 1, maxLength: 25 })
	.map((all) =>
		all.reduce<readonly Revision[]>((made, [write, saw], index) => {
			const at = new Date(Date.UTC(2026, 10, 20, 0, 0, index)).toISOString();
			const plain = write({ at });
			const same = made.filter(({ kind, entity }) => kind === plain.kind && entity === plain.entity);
			const parents = saw ? headsOf(stateOf(same, policyOf(plain.kind))) : [];
			return [...made, write({ at, parents, author: `worker${index % 3}` })];
		}, [])
	);
