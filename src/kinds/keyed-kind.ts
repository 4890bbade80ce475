import type { GenericSchema } from 'valibot';
import type { JsonObject } from '#records/json.ts';
import type { MergePolicy } from '#records/merge-policy.ts';
import { levelOf, type Level, type Scope } from '#records/scope.ts';
import { keyedEntityOf, type BrokenRule, type Kind, type StageMember } from './kind.ts';
import type { Month } from './day.ts';

export interface KeyedKind {
	readonly name: string;
	readonly body: GenericSchema;
	readonly policy: MergePolicy;
	/** Places such entities can be about. */
	readonly levels: readonly Level[];
	/** Why `key` is none of this kind's, or does not fit `body` (null: withdrawn); undefined when it does. */
	readonly brokenKey: (key: string, body: JsonObject | null) => string | undefined;
	readonly monthOf?: (key: string) => Month;
	readonly confirming?: readonly string[];
	readonly stage?: StageMember;
	readonly timed?: boolean;
	readonly impersonal: (body: JsonObject) => JsonObject | undefined;
}

/** A kind whose entities are many to a place, each with a key behind the place's path. */
export function keyedKind(kind: KeyedKind): Kind {
	const broken = (detail: string, at: string): BrokenRule => ({ code: 'body', detail, at });
	return {
		name: kind.name,
		body: kind.body,
		policy: kind.policy,
		confirming: kind.confirming ?? [],
		...(kind.stage && { stage: kind.stage }),
		...(kind.timed && { timed: true }),
		impersonal: kind.impersonal,
		scopeOf: (entity) => keyedEntityOf(entity)?.scope,
		brokenRule({ entity, scope, body }) {
			if (!kind.levels.includes(levelOf(scope)))
				return broken(`${kind.name} is about a ${kind.levels.join(' or ')}`, '/scope');
			const named = keyedEntityOf(entity);
			if (named?.scope !== scope) return broken('not the scope and a key', '/entity');
			const brokenKey = kind.brokenKey(named.key, body);
			return brokenKey === undefined ? undefined : broken(brokenKey, '/entity');
		},
		monthOf(entity) {
			const named = keyedEntityOf(entity);
			return named && kind.monthOf ? kind.monthOf(named.key) : '';
		}
	};
}

const idPattern = /^[a-z0-9]{8,32}$/;

/** For kinds whose key is chance: why it is not. */
export function brokenId(key: string): string | undefined {
	return idPattern.test(key) ? undefined : 'the key is not 8 to 32 of a-z and 0-9';
}

/** For kinds whose key is two ids, of what it belongs to and its own, as `<meeting>-<id>`: why it is not. */
export function brokenPair(key: string): string | undefined {
	const ids = key.split('-');
	return ids.length === 2 && ids.every((id) => brokenId(id) === undefined) ? undefined : 'not two ids';
}

/** The place and the two ids of such an entity; undefined when it is not one. */
export function pairOf(
	entity: string
): { readonly scope: Scope; readonly first: string; readonly second: string } | undefined {
	const named = keyedEntityOf(entity);
	const [first, second] = named?.key.split('-') ?? [];
	if (!named || first === undefined || second === undefined) return undefined;
	return brokenPair(named.key) === undefined ? { scope: named.scope, first, second } : undefined;
}
