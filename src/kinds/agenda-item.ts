import * as v from 'valibot';
import { brokenId } from './keyed-kind.ts';
import { isPlaceInOrder } from './place-in-order.ts';
import { shortText } from './text.ts';

/** 议题: what a council talks about. What is taken down names it by its id. */
export const agendaItem = v.strictObject({
	/** 8 to 32 of a-z and 0-9, by chance. */
	id: v.pipe(
		v.string(),
		v.check((id) => brokenId(id) === undefined, 'not an id')
	),
	/** Items stand in the order of their places, equal ones in the order of their ids. */
	place: v.pipe(v.string(), v.check(isPlaceInOrder, 'not a place in an order')),
	topic: shortText
});
export type AgendaItem = v.InferOutput<typeof agendaItem>;
