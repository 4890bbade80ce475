import * as v from 'valibot';
import { placeKind } from './place.ts';
import type { JsonObject } from '#records/json.ts';
import { name, shortText } from './text.ts';
import { tolerant } from './tolerant.ts';

const fields = {
	number: name,
	door: shortText,
	head: name,
	phone: v.pipe(v.string(), v.regex(/^[0-9+\- ]{3,20}$/)),
	people: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(99))
};

/** 户: number 户号, door 门牌, head 户主, phone 电话, people 人数 living there. */
export const householdBody = v.partial(v.strictObject(fields));

/** As merged: a field in doubt is absent. */
const householdRead = v.object({
	number: tolerant(fields.number),
	door: tolerant(fields.door),
	head: tolerant(fields.head),
	phone: tolerant(fields.phone),
	people: tolerant(fields.people)
});
export type HouseholdRead = v.InferOutput<typeof householdRead>;

export function readHousehold(body: JsonObject): HouseholdRead {
	return v.parse(householdRead, body);
}

/** Of a household whose personal data was erased the door is left. */
export const household = placeKind('household', householdBody, ['household'], ({ door }) =>
	door === undefined ? {} : { door }
);
