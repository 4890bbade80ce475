import type { GenericSchema } from 'valibot';
import type { RefusalCode } from '#records/check-revision.ts';
import type { MergePolicy } from '#records/merge-policy.ts';
import type { RevisionContent } from '#records/revision.ts';
import type { Month } from './day.ts';

/** A rule of a kind that a record breaks; `at` is a JSON Pointer. */
export interface BrokenRule {
	readonly code: RefusalCode;
	readonly detail: string;
	readonly at: string;
}

/** What phone and server must agree on about one kind of record. */
export interface Kind {
	readonly name: string;
	/** The body's schema: a full body, as an author writes it. */
	readonly body: GenericSchema;
	readonly policy: MergePolicy;
	/** What the schema cannot say: how entity, scope and body belong together. */
	brokenRule(content: RevisionContent): BrokenRule | undefined;
	/** The month an entity belongs to, `''` for kinds that are always at hand. */
	monthOf(entity: string): Month;
}

/** The entity key of a place: its path, with dots. */
export function entityOfScope(scope: string): string {
	return scope.replaceAll('/', '.');
}
