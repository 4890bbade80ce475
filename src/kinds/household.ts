import * as v from 'valibot';
import { placeKind } from './place.ts';
import { name, shortText } from './text.ts';

/** 户: number 户号, door 门牌, head 户主, phone 电话, people 人数 living there. */
export const householdBody = v.strictObject({
	number: v.optional(name),
	door: v.optional(shortText),
	head: v.optional(name),
	phone: v.optional(v.pipe(v.string(), v.regex(/^[0-9+\- ]{3,20}$/))),
	people: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(99)))
});
export type HouseholdBody = v.InferOutput<typeof householdBody>;

export const household = placeKind('household', householdBody, ['household']);
