import * as v from 'valibot';
import type { JsonObject } from '#records/json.ts';
import { placeKind } from './place.ts';
import { tolerant } from './tolerant.ts';

/** 管理规定: what a subdistrict asks of everyone who works for it. */
export const policyBody = v.strictObject({
	/** Offices and workers must set a PIN, which encrypts what their device keeps. */
	staffPin: v.boolean()
});

const policyRead = v.object({ staffPin: tolerant(v.boolean()) });
export type PolicyRead = v.InferOutput<typeof policyRead>;

export function readPolicy(body: JsonObject): PolicyRead {
	return v.parse(policyRead, body);
}

export const policy = placeKind('policy', policyBody, ['subdistrict']);
