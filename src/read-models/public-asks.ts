import { amendmentOf } from '#kinds/amendment.ts';
import { evaluationEntity } from '#kinds/evaluation.ts';
import type { Day } from '#kinds/day.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';
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
			return body.starts.slice(0, 10) >= today ? { type: 'come', starts: body.starts } : undefined;
		case 'minutes': {
			const amends = amendedBy(records, household, subject).length > 0;
			return isAmendable(body, today) && !amends ? { type: 'amend', until: body.until } : undefined;
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

/** The amendments of a household to the minutes of the meeting of this id that stand, by their entities. */
export function amendedBy(records: RevisionSet, household: Scope, meeting: string): readonly string[] {
	return [...records.entities('amendment')].filter((entity) => {
		const named = amendmentOf(entity);
		return (
			named?.scope === household &&
			named.meeting === meeting &&
			records.state('amendment', entity).status === 'present'
		);
	});
}
