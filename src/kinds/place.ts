import type { GenericSchema } from 'valibot';
import type { JsonObject } from '#records/json.ts';
import { fieldByField } from '#records/merge-policy.ts';
import { levelOf, type Level } from '#records/scope.ts';
import { entityOfScope, placeOfEntity, type Kind } from './kind.ts';

/** A kind whose entities are places on the given levels: the scope is the entity. */
export function placeKind(
	name: string,
	body: GenericSchema,
	levels: readonly Level[],
	impersonal: (body: JsonObject) => JsonObject | undefined = (same) => same
): Kind {
	return {
		name,
		body,
		policy: fieldByField(),
		scopeOf: placeOfEntity,
		brokenRule({ entity, scope }) {
			if (!levels.includes(levelOf(scope))) return { code: 'body', detail: `not a ${name}`, at: '/scope' };
			if (entity !== entityOfScope(scope)) return { code: 'body', detail: 'not the scope', at: '/entity' };
			return undefined;
		},
		monthOf: () => '',
		confirming: [],
		impersonal
	};
}
