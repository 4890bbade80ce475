import * as v from 'valibot';
import { byPlace, clauseBody, type Clause } from '#kinds/clause.ts';
import { clauseIdOfPath, clausePathOf, conventionPolicy } from '#kinds/convention-policy.ts';
import { conventionOf, readConvention, type ConventionRead } from '#kinds/convention.ts';
import { parentsFirst } from '#records/ancestry.ts';
import { canonicalJson } from '#records/canonical-json.ts';
import type { Hash } from '#records/hash.ts';
import { isJsonObject, type Json, type JsonObject } from '#records/json.ts';
import type { Revision } from '#records/revision.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';
import type { Doubt, EntityState } from '#records/state-of.ts';
import { byTime, writtenIn, type Written } from './written.ts';

/** A clause as some wrote it; `clause` absent: they took it out. */
export interface ClauseVersion {
	readonly clause?: Clause;
	readonly by: readonly Written[];
}

/**
 * `joinedFrom`: the two or more whose edits were joined in this clause; [] where one person's words stand.
 * `versions` are in the order of the doubt's candidates, so that an index names the same in both.
 */
export type ClauseLine =
	| { readonly type: 'clause'; readonly clause: Clause; readonly joinedFrom: readonly Written[] }
	| {
			readonly type: 'doubt';
			readonly id: string;
			readonly place: string;
			readonly versions: readonly ClauseVersion[];
	  };

/** A convention by all that is known of it, as people read it. */
export interface ConventionState {
	readonly entity: string;
	readonly id: string;
	readonly scope: Scope;
	readonly heads: readonly Hash[];
	readonly body: JsonObject;
	readonly read: ConventionRead;
	/** Clauses and clauses in doubt, these at the place of their first version that is not a taking out. */
	readonly lines: readonly ClauseLine[];
	/** All of them: clauses, title, stage, and `''` where one withdrew what another changed. */
	readonly doubts: readonly Doubt[];
	/** The head recorded last. */
	readonly lastChange: Written;
}

/** Undefined: nothing is known of it, or it was withdrawn. */
export function conventionState(records: RevisionSet, entity: string): ConventionState | undefined {
	const named = conventionOf(entity);
	const state = records.state('convention', entity);
	if (!named || state.status !== 'present') return undefined;
	const { heads, body, doubts } = state;
	const lastChange = writersOf(records, entity, heads).toSorted(byTime).at(-1);
	if (!lastChange) return undefined;
	const read = readConvention(body);
	const lines = linesOf(records, entity, state, read);
	return { entity, ...named, heads, body, read, lines, doubts, lastChange };
}

/** The text of one revision, as its author wrote it; undefined where it is not here or withdrew the convention. */
export function revisionText(records: RevisionSet, entity: string, hash: Hash): ConventionRead | undefined {
	const body = records.revision('convention', entity, hash)?.body;
	return body ? readConvention(body) : undefined;
}

/** The last words of clauses no longer in the text; `by` took them out. What went last comes first. */
export function removedClauses(
	records: RevisionSet,
	entity: string
): readonly { readonly clause: Clause; readonly by: Written }[] {
	const state = conventionState(records, entity);
	if (!state) return [];
	const present = new Set(state.lines.map((line) => (line.type === 'doubt' ? line.id : line.clause.id)));
	const removed = new Map<string, { readonly clause: Clause; readonly by: Written }>();
	const history = historyOf(records, entity);
	const ids = new Map<Hash, ReadonlyMap<string, Json>>();
	for (const revision of history.values()) {
		const kept = clausesById(revision);
		ids.set(revision.hash, kept);
		if (!revision.body) continue;
		for (const [id, value] of revision.parents.flatMap((parent) => [...(ids.get(parent) ?? [])])) {
			if (kept.has(id) || present.has(id)) continue;
			// Read only now: of a long history all but a few clauses are still there.
			for (const clause of readConvention({ clauses: [value] }).clauses)
				removed.set(id, { clause, by: writtenIn(revision) });
		}
	}
	return [...removed.values()].sort((a, b) => byTime(b.by, a.by));
}

function linesOf(
	records: RevisionSet,
	entity: string,
	state: EntityState & { readonly status: 'present' },
	read: ConventionRead
): readonly ClauseLine[] {
	const clauses = read.clauses.map((clause): ClauseLine => {
		const joinedFrom = joinedIn(records, entity, clause.id, state.writers[clausePathOf(clause.id)] ?? []);
		return { type: 'clause', clause, joinedFrom };
	});
	const doubts = state.doubts.flatMap((doubt): readonly ClauseLine[] => {
		const id = clauseIdOfPath(doubt.path);
		const versions = doubt.candidates.map(({ value, by }): ClauseVersion => {
			const parsed = v.safeParse(clauseBody, value);
			const writers = writersOf(records, entity, by);
			return parsed.success ? { clause: parsed.output, by: writers } : { by: writers };
		});
		const place = versions.find(({ clause }) => clause)?.clause?.place ?? '';
		return id === undefined ? [] : [{ type: 'doubt', id, place, versions }];
	});
	return [...clauses, ...doubts].sort((a, b) => byPlace(standing(a), standing(b)));
}

function standing(line: ClauseLine): { readonly id: string; readonly place: string } {
	return line.type === 'doubt' ? line : line.clause;
}

/** The writers of a clause, where they wrote different things. */
function joinedIn(
	records: RevisionSet,
	entity: string,
	id: string,
	writers: readonly Hash[]
): readonly Written[] {
	const values = writers.map((hash) => {
		const body = records.revision('convention', entity, hash)?.body;
		const value = body ? conventionPolicy.split(body).get(clausePathOf(id)) : undefined;
		return value === undefined ? '' : canonicalJson(value);
	});
	return new Set(values).size > 1 ? writersOf(records, entity, writers) : [];
}

function clausesById({ body }: Revision): ReadonlyMap<string, Json> {
	const clauses = body?.['clauses'];
	const all = Array.isArray(clauses) ? clauses : [];
	return new Map(
		all.flatMap((clause: Json) => {
			const id = isJsonObject(clause) ? clause['id'] : undefined;
			return typeof id === 'string' ? [[id, clause]] : [];
		})
	);
}

/** Parents before children. */
function historyOf(records: RevisionSet, entity: string): ReadonlyMap<Hash, Revision> {
	const revisions = new Map([...records.revisions('convention', entity)].map((one) => [one.hash, one]));
	return new Map(
		parentsFirst(revisions).flatMap((hash) => {
			const revision = revisions.get(hash);
			return revision ? [[hash, revision]] : [];
		})
	);
}

function writersOf(records: RevisionSet, entity: string, hashes: readonly Hash[]): readonly Written[] {
	return hashes.flatMap((hash) => {
		const revision = records.revision('convention', entity, hash);
		return revision ? [writtenIn(revision)] : [];
	});
}
