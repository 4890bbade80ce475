import fc from 'fast-check';
import type { JsonObject } from '#records/json.ts';
import { heads } from '#records/ancestry.ts';
import type { Hash } from '#records/hash.ts';
import { seal, type Revision, type RevisionContent } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';

/** A content to vary in tests. */
export const plainContent: RevisionContent = {
	kind: 'note',
	entity: 'e1',
	parents: [],
	scope: toScope('qianmen/caochang/g3'),
	author: 'worker1',
	device: 'phone1',
	at: '2026-11-23T01:02:03.004Z',
	body: { a: 1 }
};

/** What one author did in one step of a history. */
interface Step {
	/** Which known revisions the author had seen, as numbers modulo how many there are. */
	readonly saw: readonly number[];
	readonly body: JsonObject | null;
}

const values = fc.constantFrom<JsonObject[string]>(1, 2, 'x', [1], [1, 2], [2, 3]);
const bodies = fc
	.record(
		{ a: values, b: values, set: fc.subarray([1, 2, 3, 4]), c: fc.record({ d: values }) },
		{ requiredKeys: [] }
	)
	.map((body): JsonObject => ({ ...body }));

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
	fc.record({
		saw: fc.array(fc.nat(20), { maxLength: 3 }),
		body: fc.option(bodies, { freq: 8 })
	}),
	{ minLength: 1, maxLength: 9 }
);

/**
 * Histories as phones make them: every revision is built on the heads of what its author had seen.
 * First revisions that know nothing of each other, forks, criss-cross merges and withdrawals come
 * up freely.
 */
export const histories: fc.Arbitrary<readonly Revision[]> = steps.map((all) =>
	all.reduce<readonly Revision[]>((made, { saw, body }, index) => {
		const seen = closure(made, saw);
		const content = {
			...plainContent,
			parents: heads(new Map(seen.map((revision) => [revision.hash, revision]))),
			at: new Date(Date.UTC(2026, 10, 23, 0, 0, index)).toISOString(),
			author: `worker${index % 3}`,
			body
		};
		return [...made, seal(body === null ? { ...content, reason: 'no longer true' } : content)];
	}, [])
);

/** The chosen revisions and all that came before them: a phone that has one has its past. */
function closure(made: readonly Revision[], saw: readonly number[]): readonly Revision[] {
	const byHash = new Map(made.map((revision) => [revision.hash, revision]));
	const seen = new Map<Hash, Revision>();
	const rest = made.length === 0 ? [] : saw.flatMap((number) => made[number % made.length]?.hash ?? []);
	for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
		const revision = byHash.get(next);
		if (!revision || seen.has(next)) continue;
		seen.set(next, revision);
		rest.push(...revision.parents);
	}
	return [...seen.values()];
}
