import * as v from 'valibot';
import { isHash } from '#records/hash.ts';
import { isJsonObject, type Json } from '#records/json.ts';
import { isDay, type Day } from './day.ts';
import { longText, name as accountName, shortText } from './text.ts';

/** 五民工作法: 民提 raise, 民议 deliberate, 民决 decide, 民办 carry out, 民评 evaluate. */
export const matterStageNames = ['raised', 'deliberating', 'decided', 'doing', 'evaluating'] as const;
export type MatterStageName = (typeof matterStageNames)[number];

const day = v.custom<Day>(isDay, 'not a day');
/** How often it was carried out: a poor rating can reopen what was closed. */
const round = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(99));
/** Who sees to it. `account`: whose list it is on, where they have one. */
const owner = v.strictObject({ name: shortText, account: v.exactOptional(accountName) });
export type MatterOwner = v.InferOutput<typeof owner>;

const carriedOut = { owner, due: day, round };

/** More lines than these nobody reads beside a decision. */
export const maxDecisionLines = 20;
/** The meeting that decided, by its entity. */
const meeting = v.pipe(v.string(), v.maxLength(200));
/** What a decision rests on: lines of the minutes of its meeting, by their entities. */
const lines = v.pipe(
	v.array(v.pipe(v.string(), v.maxLength(250))),
	v.minLength(1),
	v.maxLength(maxDecisionLines),
	v.check((all) => new Set(all).size === all.length, 'a line twice')
);

/** Where a matter stands, with all that goes with it. It merges as one. */
export const matterStageBody = v.variant('name', [
	v.strictObject({ name: v.literal('raised') }),
	v.strictObject({ name: v.literal('deliberating') }),
	v.strictObject({
		name: v.literal('decided'),
		decision: longText,
		meeting: v.exactOptional(meeting),
		lines: v.exactOptional(lines)
	}),
	v.strictObject({
		name: v.literal('doing'),
		...carriedOut,
		/** Why it was reopened. */
		because: v.exactOptional(longText)
	}),
	v.strictObject({
		name: v.literal('evaluating'),
		...carriedOut,
		result: longText,
		photos: v.exactOptional(v.pipe(v.array(v.custom<string>(isHash, 'not a hash')), v.maxLength(6))),
		/** When it was closed. */
		day
	})
]);
export type MatterStage = v.InferOutput<typeof matterStageBody>;

/** A matter that says nothing of it was raised. */
export function matterStageNameOf(value: Json | undefined): string {
	if (value === undefined) return 'raised';
	const name = isJsonObject(value) ? value['name'] : undefined;
	return typeof name === 'string' ? name : '';
}
