import * as v from 'valibot';
import type { JsonObject } from '#records/json.ts';
import { fieldByField } from '#records/merge-policy.ts';
import type { Scope } from '#records/scope.ts';
import { keyedEntity, type Kind } from './kind.ts';
import { brokenId, keyedKind } from './keyed-kind.ts';

/**
 * 清除个人信息: that the personal data of a household was erased, without the data (PIPL, article 47).
 * What anyone recorded `before` (ISO 8601, UTC) may stay only as far as its kind is impersonal.
 */
export const erasureBody = v.strictObject({ before: v.pipe(v.string(), v.isoTimestamp()) });

export function readErasure(body: JsonObject): { readonly before: string } | undefined {
	const parsed = v.safeParse(erasureBody, body);
	return parsed.success ? parsed.output : undefined;
}

/** `id`: 8 to 32 of a-z and 0-9, by chance. */
export function erasureEntity(household: Scope, id: string): string {
	return keyedEntity(household, id);
}

export const erasure: Kind = keyedKind({
	name: 'erasure',
	body: erasureBody,
	levels: ['household'],
	policy: fieldByField(),
	brokenKey: brokenId,
	impersonal: (same) => same
});
