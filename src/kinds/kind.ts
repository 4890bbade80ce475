import type { GenericSchema } from 'valibot';
import type { RefusalCode } from '#records/check-revision.ts';
import type { Json, JsonObject } from '#records/json.ts';
import type { MergePolicy } from '#records/merge-policy.ts';
import type { RevisionContent } from '#records/revision.ts';
import { isScope, type Scope } from '#records/scope.ts';
import type { Month } from './day.ts';

/** A rule of a kind that a record breaks; `at` is a JSON Pointer. */
export interface BrokenRule {
	readonly code: RefusalCode;
	readonly detail: string;
	readonly at: string;
}

/**
 * For kinds that go through stages: the member of the body that says where it stands, with all that goes with it.
 * Whoever writes it anew takes a step, and needs the right to the stage it names.
 */
export interface StageMember {
	readonly member: string;
	/** `value` undefined: the body has no such member. */
	readonly nameOf: (value: Json | undefined) => string;
	/** The stage that only a first record may name: nothing goes back to its beginning. */
	readonly begins?: string;
	/** The stage that nothing leaves, not even for another that was taken beside it. */
	readonly ends?: string;
	/** What of a stage, once it is there, no later one may have otherwise; undefined where there is none. */
	readonly lasting?: (value: Json | undefined) => Json | undefined;
	/** What every stage carries along, and only the step to one of them writes anew. */
	readonly carried?: { readonly member: string; readonly step: string };
}

/** What phone and server must agree on about one kind of record. */
export interface Kind {
	readonly name: string;
	/** The body's schema: a full body, as an author writes it. */
	readonly body: GenericSchema;
	readonly policy: MergePolicy;
	/**
	 * The place an entity is about, by its key alone: who may read a record can so be told from its id.
	 * Undefined when no entity of this kind has such a key.
	 */
	scopeOf(entity: string): Scope | undefined;
	/** What the schema cannot say: how entity, scope and body belong together. */
	brokenRule(content: RevisionContent): BrokenRule | undefined;
	/** The month an entity belongs to, `''` for kinds that are always at hand. */
	monthOf(entity: string): Month;
	/** Members of the body that only those who may confirm this kind write: what a worker saw, what an office settled. */
	readonly confirming: readonly string[];
	readonly stage?: StageMember;
	/** Whether it matters when a record was set down: what stays of it after an erasure keeps its time. */
	readonly timed?: boolean;
	/**
	 * What may stay of a body when the personal data of its household is erased: the same body, a part of it,
	 * or undefined for nothing. Counts must come out the same.
	 */
	impersonal(body: JsonObject): JsonObject | undefined;
}

/** The entity key of a place: its path, with dots. */
export function entityOfScope(scope: string): string {
	return scope.replaceAll('/', '.');
}

/** The place whose path, with dots, is all of `entity`. */
export function placeOfEntity(entity: string): Scope | undefined {
	const scope = entity.replaceAll('.', '/');
	return isScope(scope) ? scope : undefined;
}

/** An entity about a place that has many of its kind: `qianmen.caochang.g3.c12.h04.2026-11-23`. */
export function keyedEntity(scope: Scope, key: string): string {
	return `${entityOfScope(scope)}.${key}`;
}

/** The place and key of such an entity; undefined when it is not one. */
export function keyedEntityOf(entity: string): { readonly scope: Scope; readonly key: string } | undefined {
	const cut = entity.lastIndexOf('.');
	const scope = placeOfEntity(entity.slice(0, Math.max(0, cut)));
	const key = entity.slice(cut + 1);
	return scope && key !== '' ? { scope, key } : undefined;
}
