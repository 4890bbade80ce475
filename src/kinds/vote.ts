import * as v from 'valibot';
import { isHash, type Hash } from '#records/hash.ts';
import { fieldByField } from '#records/merge-policy.ts';
import type { Scope } from '#records/scope.ts';
import { keyedEntity, type Kind } from './kind.ts';
import { brokenPair, keyedKind, pairOf } from './keyed-kind.ts';
import { signatureBody } from './signature.ts';

/** 同意, 不同意, 弃权. */
export const voteChoices = ['agree', 'disagree', 'abstain'] as const;
export type VoteChoice = (typeof voteChoices)[number];

const fields = {
	choice: v.picklist(voteChoices),
	/** The revision whose text the household voted on. */
	text: v.custom<Hash>(isHash, 'not a hash'),
	signature: signatureBody
};

/** 表决票: one household's vote in one ballot. Changing it is a record on top. */
export const voteBody = v.strictObject({
	choice: fields.choice,
	text: fields.text,
	signature: v.optional(fields.signature)
});

/**
 * One vote for a household and ballot, so that two phones cannot make two:
 * `qianmen.caochang.g3.c12.h04.<convention>-<ballot>`.
 */
export function voteEntity(household: Scope, convention: string, ballot: string): string {
	return keyedEntity(household, `${convention}-${ballot}`);
}

export function voteOf(
	entity: string
): { readonly household: Scope; readonly convention: string; readonly ballot: string } | undefined {
	const pair = pairOf(entity);
	return pair && { household: pair.scope, convention: pair.first, ballot: pair.second };
}

export const vote: Kind = keyedKind({
	name: 'vote',
	body: voteBody,
	levels: ['household'],
	policy: fieldByField(),
	brokenKey: brokenPair,
	timed: true,
	impersonal: ({ signature: _signature, ...counted }) => counted
});
