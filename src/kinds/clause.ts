import * as v from 'valibot';
import { isScope, type Scope } from '#records/scope.ts';
import { brokenId } from './keyed-kind.ts';
import { isPlaceInOrder } from './place-in-order.ts';
import { longText, shortText } from './text.ts';

/** One clause 条 of a convention. Its number is where it stands, so it has an id that stays. */
export const clauseBody = v.strictObject({
	/** 8 to 32 of a-z and 0-9, by chance. */
	id: v.pipe(
		v.string(),
		v.check((id) => brokenId(id) === undefined, 'not an id')
	),
	/** Clauses stand in the order of their places, equal ones in the order of their ids. */
	place: v.pipe(v.string(), v.check(isPlaceInOrder, 'not a place in an order')),
	heading: v.exactOptional(shortText),
	text: longText,
	/** Households whose suggestions were taken over into the text. Sorted, each once. */
	credits: v.exactOptional(
		v.pipe(
			v.array(v.custom<Scope>(isScope, 'not a scope')),
			v.maxLength(100),
			v.check(
				(credits) => credits.every((credit, index) => index === 0 || (credits[index - 1] ?? credit) < credit),
				'not sorted'
			)
		)
	)
});
export type Clause = v.InferOutput<typeof clauseBody>;

/** The order in which clauses stand. */
export function byPlace(a: Pick<Clause, 'place' | 'id'>, b: Pick<Clause, 'place' | 'id'>): number {
	if (a.place !== b.place) return a.place < b.place ? -1 : 1;
	return a.id < b.id ? -1 : 1;
}
