import * as v from 'valibot';
import { clauseBody } from '#kinds/clause.ts';
import { conventionBody, readConvention } from '#kinds/convention.ts';
import type { JsonObject } from '#records/json.ts';

/** `later-version`: what this version of the app cannot read would be lost. `refused`: no server takes it. */
export type ConventionTrouble = 'later-version' | 'refused';

/** Whether all of a body without doubts is read here: what a later version of the app wrote may not be. */
export function isWhollyRead(body: JsonObject): boolean {
	const { type, rule, stage } = readConvention(body);
	const { clauses } = body;
	return (
		type !== undefined &&
		rule !== undefined &&
		stage !== undefined &&
		Object.keys(body).every((member) => member in conventionBody.entries) &&
		Array.isArray(clauses) &&
		clauses.every((clause) => v.is(clauseBody, clause))
	);
}

/** What keeps `body` from being saved on top of `before`, which has no doubts; undefined: nothing. */
export function conventionTrouble(before: JsonObject, body: JsonObject): ConventionTrouble | undefined {
	if (!isWhollyRead(before)) return 'later-version';
	return v.is(conventionBody, body) ? undefined : 'refused';
}
