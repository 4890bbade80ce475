import * as v from 'valibot';
import { mayTakeStep, mayWrite } from '#access/rights.ts';
import type { Grant } from '#access/grant.ts';
import { conventionTypes, type ConventionBody, type ConventionType } from '#kinds/convention.ts';
import { usualPassRule } from '#kinds/pass-rule.ts';
import { bodyOf } from '#read-models/convention-draft.ts';
import type { Place } from '#read-models/places.ts';
import { isScope, isWithin, parentScope, type Level, type Scope } from '#records/scope.ts';
import { templateNames } from './templates/templates.ts';
import type { Template } from './templates/template.ts';

/** For one courtyard, for several of one grid, for a whole community. */
export const reaches = ['one', 'several', 'community'] as const;
export type Reach = (typeof reaches)[number];

export const firstStages = ['collecting', 'drafting'] as const;

const fields = v.pipe(
	v.object({
		reach: v.picklist(reaches),
		/** Of one courtyard or community; `''`: none yet. */
		place: v.union([v.literal(''), v.custom<Scope>(isScope)]),
		grid: v.union([v.literal(''), v.custom<Scope>(isScope)]),
		courtyards: v.pipe(v.array(v.custom<Scope>(isScope)), v.readonly()),
		type: v.picklist(conventionTypes),
		template: v.picklist(templateNames),
		/** null: as the place and the template give it. */
		title: v.nullable(v.string()),
		start: v.picklist(firstStages)
	}),
	v.readonly()
);

/** What is chosen before a convention begins. */
export type StartFields = v.InferOutput<typeof fields>;

/** Undefined when what was kept is not of this shape. */
export function startKept(kept: unknown): StartFields | undefined {
	const parsed = v.safeParse(fields, kept);
	return parsed.success ? parsed.output : undefined;
}

/** Places of a level for which the account may begin a convention. */
export function placesToWriteFor(
	places: readonly Place[],
	grants: readonly Grant[],
	level: Level
): readonly Place[] {
	return places.filter(
		(place) =>
			place.level === level &&
			mayWrite(grants, 'convention', place.scope) &&
			firstStages.every((stage) => mayTakeStep(grants, 'convention', stage, place.scope))
	);
}

/** Whom the convention is for; undefined: not chosen yet. One courtyard of several is that courtyard. */
export function placeOf({ reach, place, grid, courtyards }: StartFields): ChosenPlace | undefined {
	if (reach !== 'several') return place === '' ? undefined : { scope: place };
	const chosen = courtyards.filter((courtyard) => grid !== '' && isWithin(courtyard, grid)).toSorted();
	const [only, second] = chosen;
	if (grid === '' || !only) return undefined;
	return second ? { scope: grid, courtyards: chosen } : { scope: only };
}
export interface ChosenPlace {
	readonly scope: Scope;
	readonly courtyards?: readonly Scope[];
}

/** The first body: the template's text, at the first stage. `newId` gives each clause its id. */
export function firstBody(
	{ type, start }: Pick<StartFields, 'type' | 'start'>,
	title: string,
	{ courtyards }: ChosenPlace,
	template: Template,
	newId: () => string
): ConventionBody {
	const clauses = template.clauses.map((clause) => ({ ...clause, id: newId(), credits: [] }));
	const draft = { title, preamble: template.preamble, rule: usualPassRule, clauses };
	return bodyOf({ ...draft, ...(courtyards && { courtyards }) }, { type, stage: { name: start } });
}

/** Before anything is chosen: the place that was asked for, or the only one there is. */
export function startFields(
	asked: string | null,
	courtyards: readonly Place[],
	communities: readonly Place[]
) {
	const [first, second] = courtyards;
	const only = first && !second ? first.scope : '';
	const at = [...courtyards, ...communities].find(({ scope }) => scope === asked);
	const reach: Reach = at?.level === 'community' ? 'community' : 'one';
	const grid = (first && parentScope(at?.level === 'courtyard' ? at.scope : first.scope)) ?? '';
	const type: ConventionType = 'convention';
	return {
		...{ reach, place: at?.scope ?? only, grid, courtyards: [], type },
		...{ template: 'sorting', title: null, start: 'collecting' }
	} satisfies StartFields;
}
