import type { GenericSchema } from 'valibot';
import { fieldByField } from '#records/merge-policy.ts';
import { levelOf, type Level } from '#records/scope.ts';
import { entityOfScope, type Kind } from './kind.ts';

/** A kind whose entities are places on the given levels: the scope is the entity. */
export function placeKind(name: string, body: GenericSchema, levels: readonly Level[]): Kind {
	return {
		name,
		body,
		policy: fieldByField(),
		brokenRule({ entity, scope }) {
			if (!levels.includes(levelOf(scope))) return { code: 'body', detail: `not a ${name}`, at: '/scope' };
			if (entity !== entityOfScope(scope)) return { code: 'body', detail: 'not the scope', at: '/entity' };
			return undefined;
		},
		monthOf: () => ''
	};
}
