import * as v from 'valibot';
import type { JsonObject } from '#records/json.ts';
import { fieldByField } from '#records/merge-policy.ts';
import type { Scope } from '#records/scope.ts';
import { keyedEntity, keyedEntityOf, type Kind } from './kind.ts';
import { brokenId, keyedKind } from './keyed-kind.ts';
import { longText } from './text.ts';
import { tolerant } from './tolerant.ts';

/** 满意, 基本满意, 不满意. */
export const satisfactions = ['satisfied', 'partly', 'not'] as const;
export type Satisfaction = (typeof satisfactions)[number];

const fields = { satisfaction: v.picklist(satisfactions), words: longText };

/** 民评: how a household finds what became of a matter. */
export const evaluationBody = v.strictObject({
	satisfaction: fields.satisfaction,
	words: v.optional(fields.words)
});

const evaluationRead = v.object({
	satisfaction: tolerant(fields.satisfaction),
	words: tolerant(fields.words)
});
export type EvaluationRead = v.InferOutput<typeof evaluationRead>;

export function readEvaluation(body: JsonObject): EvaluationRead {
	return v.parse(evaluationRead, body);
}

/** One to a household and round of a matter: `qianmen.caochang.g3.c12.h04.<matter>-round1`. `round`: from 1. */
export function evaluationEntity(household: Scope, matter: string, round: number): string {
	return keyedEntity(household, `${matter}-round${round}`);
}

export function evaluationOf(
	entity: string
): { readonly household: Scope; readonly matter: string; readonly round: number } | undefined {
	const named = keyedEntityOf(entity);
	const [, matter, round] = keyPattern.exec(named?.key ?? '') ?? [];
	if (!named || matter === undefined || brokenId(matter) !== undefined) return undefined;
	return { household: named.scope, matter, round: Number(round) };
}

const keyPattern = /^([^-]+)-round([1-9]\d?)$/;

export const evaluation: Kind = keyedKind({
	name: 'evaluation',
	body: evaluationBody,
	levels: ['household'],
	policy: fieldByField(),
	brokenKey(key) {
		const [, matter] = keyPattern.exec(key) ?? [];
		return matter === undefined ? 'not a matter and a round' : brokenId(matter);
	},
	impersonal: ({ words: _words, ...counted }) => counted
});
