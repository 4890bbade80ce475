import * as v from 'valibot';
import { isHash, type Hash } from '#records/hash.ts';
import { isJsonObject, type Json } from '#records/json.ts';
import { addDays, dayAt, isDay, type Day } from './day.ts';
import { signatureBody } from './signature.ts';
import { shortText } from './text.ts';

/** 预告, 开会记录, 散会整理, 存档, 确认. */
export const meetingStageNames = ['announced', 'open', 'ended', 'filed', 'confirmed'] as const;
export type MeetingStageName = (typeof meetingStageNames)[number];

/** Who was there may object or add for so many days before the minutes are confirmed. */
export const amendmentDays = 7;
/** More lines than these no evening has. */
export const maxMinutes = 2000;

const day = v.custom<Day>(isDay, 'not a day');
const hash = v.custom<Hash>(isHash, 'not a hash');
const instant = v.pipe(v.string(), v.isoTimestamp());
const hashes = v.pipe(
	v.array(hash),
	v.maxLength(maxMinutes),
	v.check((all) => all.every((one, index) => index === 0 || (all[index - 1] ?? one) < one), 'not sorted')
);
const signed = v.strictObject({ name: shortText, signature: signatureBody });

/** 存档: what the chair and the recorder put their names to. It stays as it was filed, whatever arrives later. */
const filing = v.pipe(
	v.strictObject({
		/** The revision of this meeting whose title, place and agenda are signed. */
		text: hash,
		/** The revisions of what was taken down. Sorted. */
		minutes: hashes,
		/** The revisions of the matters the meeting gave someone to do. Sorted. */
		matters: hashes,
		chair: signed,
		recorder: signed,
		day,
		/** The last day on which who was there may object or add. */
		until: day
	}),
	v.check(
		({ day, until }) => until >= addDays(day, amendmentDays),
		`open to amendments for less than ${amendmentDays} days`
	)
);
export type Filing = v.InferOutput<typeof filing>;

const began = { began: instant };
const held = { ...began, ended: instant };

/** Where a meeting stands, with all that goes with it. It merges as one. */
export const meetingStageBody = v.variant('name', [
	v.strictObject({ name: v.literal('announced') }),
	v.strictObject({ name: v.literal('open'), ...began }),
	v.strictObject({ name: v.literal('ended'), ...held }),
	v.strictObject({ name: v.literal('filed'), ...held, filing }),
	v.pipe(
		v.strictObject({ name: v.literal('confirmed'), ...held, filing, day }),
		v.check(({ filing, day }) => day > filing.until, 'confirmed before the time for amendments ended')
	)
]);
export type MeetingStage = v.InferOutput<typeof meetingStageBody>;

export function meetingStageNameOf(value: Json | undefined): string {
	const name = isJsonObject(value) ? value['name'] : undefined;
	return typeof name === 'string' ? name : '';
}

/** The days on which minutes were filed and confirmed, each with its place in a record; [] before they are. */
export function filedDays(value: Json | undefined): readonly { readonly day: Day; readonly at: string }[] {
	const stage = v.safeParse(meetingStageBody, value);
	if (!stage.success || !('filing' in stage.output)) return [];
	const { filing } = stage.output;
	const filed = { day: filing.day, at: '/body/stage/filing/day' };
	return stage.output.name === 'confirmed'
		? [filed, { day: stage.output.day, at: '/body/stage/day' }]
		: [filed];
}

/** Whether minutes say that they were filed on a day before the one on which the meeting ended. */
export function filedBeforeEnd(value: Json | undefined): boolean {
	const stage = v.safeParse(meetingStageBody, value);
	if (!stage.success || !('filing' in stage.output)) return false;
	return stage.output.filing.day < dayAt(new Date(stage.output.ended));
}

/** What no later stage may have otherwise, once it is there. */
export function filingOf(value: Json | undefined): Json | undefined {
	return isJsonObject(value) ? value['filing'] : undefined;
}
