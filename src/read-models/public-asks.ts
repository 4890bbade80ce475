import { evaluationEntity } from '#kinds/evaluation.ts';
import type { Day } from '#kinds/day.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';
import { amendmentsOf } from './amendments.ts';
import { ratingAt } from './matter-ratings.ts';
import type { Published } from './publications.ts';

/** What something public asks of a household: to come, to look at minutes while they can be objected to, to rate. */
export type PublicAsk =
	| { readonly type: 'come'; readonly starts: string }
	| { readonly type: 'amend'; readonly until: Day }
	| { readonly type: 'rate'; readonly round: number };

/** Undefined: nothing, or the household did it already. */
export function askOf(
	records: RevisionSet,
	{ subject, body }: Pick<Published, 'subject' | 'body'>,
	household: Scope,
	today: Day
): PublicAsk | undefined {
	switch (body.about) {
		case 'announcement':
			if (body.cancelled || body.starts.slice(0, 10) < today) return undefined;
			return { type: 'come', starts: body.starts };
		case 'minutes': {
			if (!isAmendable(body, today)) return undefined;
			const amended = amendmentsOf(records, subject, body).some(({ scope }) => scope === household);
			return amended ? undefined : { type: 'amend', until: body.until };
		}
		case 'matter': {
			const { round } = body;
			const rated = round && ratingAt(records, evaluationEntity(household, subject, round), household);
			return round && !rated ? { type: 'rate', round } : undefined;
		}
	}
}

/** Whether who was there may still object or add. */
export function isAmendable(
	{ until, confirmed }: { readonly until: Day; readonly confirmed?: Day | undefined },
	today: Day
): boolean {
	return confirmed === undefined && today <= until;
}
