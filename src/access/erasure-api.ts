import * as v from 'valibot';
import { isScope, levelOf, type Scope } from '#records/scope.ts';
import type { Answer } from './office-server.ts';

/**
 * Erasure of a household's personal data (PIPL, article 47), for its offices (`mayDecideFor`):
 *
 *     GET  /api/erasures                      { erasures: Erasure[] }, newest first
 *     GET  /api/erasures/outlook?household=   ErasureOutlook: what would go and what would stay
 *     POST /api/erasures                      ErasureRequest → 202 Erasure; again while it works: the same one
 *
 * It is worked off behind the answer, and goes on after a restart.
 */
const household = v.custom<Scope>(
	(scope) => isScope(scope) && levelOf(scope) === 'household',
	'not a household'
);

export const erasureRequest = v.strictObject({ household });

/** How many of what. `anew`: records without words in the place of those that go. */
export const erasureOutlook = v.object({
	household,
	records: v.number(),
	anew: v.number(),
	stay: v.number(),
	photos: v.number(),
	matters: v.number(),
	accounts: v.number(),
	cards: v.number(),
	handovers: v.number()
});
export type ErasureOutlook = v.InferOutput<typeof erasureOutlook>;

export const erasureSteps = ['planned', 'records', 'photos', 'accounts', 'disk', 'done'] as const;

/** `before`: what was recorded until then is erased. `step`: what is being worked on; `done` with when it was. */
export const erasure = v.object({
	id: v.string(),
	household,
	by: v.string(),
	before: v.string(),
	step: v.picklist(erasureSteps),
	done: v.optional(v.string()),
	/** Taken out so far. */
	records: v.number(),
	photos: v.number(),
	accounts: v.number()
});
export type Erasure = v.InferOutput<typeof erasure>;

/** The server's erasures, as an office asks for them; they work with a network alone. Rejects never. */
export interface ErasureServer {
	/** Newest first. */
	erasures(): Promise<Answer<readonly Erasure[]>>;
	outlook(household: Scope): Promise<Answer<ErasureOutlook>>;
	erase(household: Scope): Promise<Answer<Erasure>>;
}
