import * as v from 'valibot';
import { isJsonObject, type Json, type JsonObject } from '#records/json.ts';
import { isScope, isWithin, levelOf, type Scope } from '#records/scope.ts';
import { byPlace, clauseBody, type Clause } from './clause.ts';
import { conventionPolicy } from './convention-policy.ts';
import { stageBody } from './convention-stage.ts';
import { keyedEntity, keyedEntityOf, type Kind } from './kind.ts';
import { brokenId, keyedKind } from './keyed-kind.ts';
import { passRule } from './pass-rule.ts';
import { longText, shortText } from './text.ts';
import { tolerant } from './tolerant.ts';

/** 院落公约, and 议事厅章程, the charter of a council. */
export const conventionTypes = ['convention', 'charter'] as const;
export type ConventionType = (typeof conventionTypes)[number];

/** So many clauses one may add up to. */
export const maxClauses = 40;
/** People who add apart may come to more together, and must be able to save that. */
const maxJoinedClauses = 100;

const fields = {
	title: shortText,
	type: v.picklist(conventionTypes),
	/** Courtyards it is for, within its scope; absent: all households of its scope. Sorted. */
	courtyards: v.pipe(
		v.array(
			v.pipe(
				v.custom<Scope>(isScope, 'not a scope'),
				v.check((scope) => levelOf(scope) === 'courtyard', 'not a courtyard')
			)
		),
		v.minLength(1),
		v.maxLength(200),
		v.check((all) => all.every((one, index) => index === 0 || (all[index - 1] ?? one) < one), 'not sorted')
	),
	preamble: longText,
	clauses: v.pipe(
		v.array(clauseBody),
		v.maxLength(maxJoinedClauses),
		v.check((all) => new Set(all.map(({ id }) => id)).size === all.length, 'two clauses with one id'),
		v.check(
			(all) => all.every((one, index) => index === 0 || byPlace(all[index - 1] ?? one, one) <= 0),
			'not in the order of their places'
		)
	),
	/** For the votes to come; a vote carries the rule it was opened with. */
	rule: passRule,
	stage: stageBody
};

/** A text that households write for themselves, and where it stands. */
export const conventionBody = v.strictObject({
	title: fields.title,
	type: fields.type,
	courtyards: v.exactOptional(fields.courtyards),
	preamble: v.exactOptional(fields.preamble),
	clauses: fields.clauses,
	rule: fields.rule,
	stage: fields.stage
});
export type ConventionBody = v.InferOutput<typeof conventionBody>;

/** With what a later version of the app may add left aside. */
const clauseRead = v.object({
	...clauseBody.entries,
	heading: tolerant(clauseBody.entries.heading),
	credits: tolerant(clauseBody.entries.credits)
});

const conventionRead = v.object({
	title: tolerant(fields.title),
	type: tolerant(fields.type),
	courtyards: tolerant(fields.courtyards),
	preamble: tolerant(fields.preamble),
	clauses: v.fallback(v.array(v.fallback(v.nullable(clauseRead), null)), []),
	rule: tolerant(fields.rule),
	stage: tolerant(fields.stage)
});

/** As merged: what is in doubt is absent, a clause too. */
export type ConventionRead = Omit<v.InferOutput<typeof conventionRead>, 'clauses'> &
	Pick<ConventionBody, 'clauses'>;

export function readConvention(body: JsonObject): ConventionRead {
	const { clauses, ...rest } = v.parse(conventionRead, body);
	return { ...rest, clauses: clauses.flatMap((clause) => (clause ? [readClause(clause)] : [])) };
}

function readClause({ heading, credits, ...clause }: v.InferOutput<typeof clauseRead>): Clause {
	return { ...clause, ...(heading !== undefined && { heading }), ...(credits && { credits }) };
}

/** `id`: 8 to 32 of a-z and 0-9, by chance. */
export function conventionEntity(scope: Scope, id: string): string {
	return keyedEntity(scope, id);
}

export function conventionOf(entity: string): { readonly scope: Scope; readonly id: string } | undefined {
	const named = keyedEntityOf(entity);
	return named && { scope: named.scope, id: named.key };
}

const keyed = keyedKind({
	name: 'convention',
	body: conventionBody,
	levels: ['community', 'grid', 'courtyard'],
	policy: conventionPolicy,
	brokenKey: brokenId,
	stage: { member: 'stage', nameOf: stageNameOf, carried: { member: 'inForce', step: 'in-force' } },
	impersonal: (same) => same
});

export const convention: Kind = {
	...keyed,
	brokenRule(content) {
		const outside = courtyardsIn(content.body).findIndex((courtyard) => !isWithin(courtyard, content.scope));
		return outside < 0
			? keyed.brokenRule(content)
			: { code: 'body', detail: 'a courtyard outside the scope', at: `/body/courtyards/${outside}` };
	}
};

function stageNameOf(value: Json | undefined): string {
	const name = isJsonObject(value) ? value['name'] : undefined;
	return typeof name === 'string' ? name : '';
}

function courtyardsIn(body: JsonObject | null): readonly Scope[] {
	const parsed = v.safeParse(fields.courtyards, body?.['courtyards']);
	return parsed.success ? parsed.output : [];
}
