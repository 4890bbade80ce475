import { kinds } from '#kinds/kinds.ts';
import type { Kind } from '#kinds/kind.ts';
import { isPersonal, noReason } from '#kinds/personal.ts';
import { parentsFirst } from '#records/ancestry.ts';
import type { Hash } from '#records/hash.ts';
import { namedHashes } from '#records/named-hashes.ts';
import { seal, type Revision, type RevisionContent } from '#records/revision.ts';
import { stateOf } from '#records/state-of.ts';

/** What the erasure of a household's personal data takes out, and what it puts in its place. */
export interface ErasurePlan {
	readonly remove: readonly Revision[];
	/** What counts of what is removed, without words. */
	readonly anew: readonly Revision[];
	/** Named by what is removed, and by nothing that stays. Which of them are photos, the store knows. */
	readonly photos: readonly Hash[];
	/** Records that stay as they are. */
	readonly stay: readonly Revision[];
}

/** Who puts down what is left: the office's account, and when. */
export interface Eraser {
	readonly author: string;
	/** ISO 8601, UTC. */
	readonly at: string;
}

/** The device that what is left of erased records names. */
export const serverDevice = 'server';

/**
 * Plans the erasure of a household's personal data (PIPL, article 47) from all records about it. Entities
 * in which anyone wrote words are taken out whole; what their kind calls impersonal is put down
 * anew, so that every count comes out as before. The same for every order of `revisions`.
 */
export function erasurePlan(revisions: Iterable<Revision>, eraser: Eraser): ErasurePlan {
	const entities = Map.groupBy(
		new Map([...revisions].map((revision) => [revision._id, revision])).values(),
		({ kind, entity }) => `${kind}:${entity}`
	);
	const remove: Revision[] = [];
	const anew: Revision[] = [];
	const stay: Revision[] = [];
	for (const [, history] of [...entities].sort(([a], [b]) => (a < b ? -1 : 1))) {
		const kind = kinds.get(history[0]?.kind ?? '');
		if (!history.some(isPersonal)) stay.push(...history);
		else {
			remove.push(...history);
			if (kind) anew.push(...withoutWords(history, kind, eraser));
		}
	}
	const staying = new Set(stay.flatMap(({ body }) => namedHashes(body)));
	const named = new Set(remove.flatMap(({ body }) => namedHashes(body)));
	return { remove, anew, stay, photos: [...named].filter((hash) => !staying.has(hash)).sort() };
}

/**
 * One record where the entity is plain; its whole history, each step without words, where people did not agree,
 * or where it matters when they said it, so that all stands as it stood.
 */
function withoutWords(history: readonly Revision[], kind: Kind, eraser: Eraser): readonly Revision[] {
	const steps = withoutWordsEach(history, kind, eraser);
	const state = stateOf(steps, kind.policy);
	if (state.status !== 'present') return [];
	const [first] = history;
	if (!first || kind.timed || state.doubts.length > 0) return steps;
	return [seal({ ...about(first), ...eraser, device: serverDevice, parents: [], body: state.body })];
}

/**
 * Each step stays one of its own: two people's first records that say the same without their words would
 * be one record otherwise, and what was built on the one would end the other.
 */
function withoutWordsEach(history: readonly Revision[], kind: Kind, eraser: Eraser): readonly Revision[] {
	const byHash = new Map(history.map((revision) => [revision.hash, revision]));
	const made = new Map<Hash, Revision>();
	const taken = new Set<Hash>();
	for (const hash of parentsFirst(byHash)) {
		const revision = byHash.get(hash);
		const body = revision?.body ? kind.impersonal(revision.body) : null;
		if (!revision || body === undefined) return [];
		const parents = revision.parents.flatMap((parent) => made.get(parent)?.hash ?? []).sort();
		const at = kind.timed ? revision.at : eraser.at;
		const content = { ...about(revision), author: eraser.author, at, device: serverDevice, parents, body };
		const step = sealApart(body === null ? { ...content, reason: noReason } : content, taken);
		taken.add(step.hash);
		made.set(hash, step);
	}
	return [...made.values()];
}

/** Sealed under a hash that is not yet `taken`, if need be some milliseconds later. */
function sealApart(content: RevisionContent, taken: ReadonlySet<Hash>): Revision {
	const revision = seal(content);
	if (!taken.has(revision.hash)) return revision;
	return sealApart({ ...content, at: new Date(Date.parse(content.at) + 1).toISOString() }, taken);
}

function about({ kind, entity, scope }: Revision): Pick<Revision, 'kind' | 'entity' | 'scope'> {
	return { kind, entity, scope };
}
