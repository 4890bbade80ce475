import { hashOfJson, type Hash } from './hash.ts';
import type { JsonObject } from './json.ts';
import type { Scope } from './scope.ts';

/**
 * What an author set down, before it is sealed with its hash.
 *
 * `entity`: what it is about; a natural key where one exists, letters of `[a-z0-9_.-]`.
 * `parents`: the heads of this entity that the author had seen, sorted; [] for the first.
 * `at`: the device's time, ISO 8601 in UTC with milliseconds.
 * `body`: by kind; null withdraws the entity.
 * `reason`: why, in a line; a withdrawal must have one.
 */
export interface RevisionContent {
	readonly kind: string;
	readonly entity: string;
	readonly parents: readonly Hash[];
	readonly scope: Scope;
	readonly author: string;
	readonly device: string;
	readonly at: string;
	readonly body: JsonObject | null;
	readonly reason?: string;
}

/**
 * An immutable record, as it lies in every database:
 * `_id` = `kind:entity:hash`, `_rev` = `1-` and the hash's first 32 digits (CouchDB's form of a
 * first revision, chosen by the writer), `hash` = SHA-256 of the canonical JSON of the content.
 */
export interface Revision extends RevisionContent {
	readonly _id: string;
	readonly _rev: string;
	readonly hash: Hash;
}

/** The content alone, as it is hashed. */
export function contentOf(revision: RevisionContent): RevisionContent & JsonObject {
	const { kind, entity, parents, scope, author, device, at, body, reason } = revision;
	const content = { kind, entity, parents, scope, author, device, at, body };
	return reason === undefined ? content : { ...content, reason };
}

export function hashOf(content: RevisionContent): Hash {
	return hashOfJson(contentOf(content));
}

/** Seals `content` into a record. Equal content gives the same record, whoever seals it. */
export function seal(content: RevisionContent): Revision {
	const hash = hashOf(content);
	return {
		_id: revisionId(content.kind, content.entity, hash),
		_rev: revOf(hash),
		...contentOf(content),
		hash
	};
}

export function revisionId(kind: string, entity: string, hash: Hash): string {
	return `${kind}:${entity}:${hash}`;
}

export function revOf(hash: Hash): string {
	return `1-${hash.slice(0, 32)}`;
}

/** Names an entity among all kinds. */
export function entityKey(kind: string, entity: string): string {
	return `${kind}:${entity}`;
}
