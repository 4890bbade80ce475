import * as v from 'valibot';
import { isHash } from '#records/hash.ts';
import type { Json, JsonObject } from '#records/json.ts';
import { fieldByField } from '#records/merge-policy.ts';
import { joinSets } from '#records/merge-rules.ts';
import { isWithin, type Scope } from '#records/scope.ts';
import { keyedEntity, keyedEntityOf, type BrokenRule, type Kind } from './kind.ts';
import { brokenId, keyedKind } from './keyed-kind.ts';
import { matterCategories } from './matter-category.ts';
import { matterStageBody, matterStageNameOf } from './matter-stage.ts';
import { meetingOf } from './meeting.ts';
import { minuteOf } from './minute.ts';
import { longText, shortText } from './text.ts';
import { tolerant } from './tolerant.ts';

/** 居民反映, 巡查发现, 民情接待室, 会上交办. */
export const matterSources = ['resident', 'worker', 'reception', 'meeting'] as const;
export type MatterSource = (typeof matterSources)[number];

/** The entity of a meeting. */
const meeting = v.pipe(v.string(), v.maxLength(200));

const fields = {
	text: longText,
	category: v.picklist(matterCategories),
	/** Whoever raised it wishes not to be named in public. */
	unnamed: v.boolean(),
	/** Hashes of the photos. */
	photos: v.pipe(v.array(v.custom<string>(isHash)), v.maxLength(6)),
	source: v.picklist(matterSources),
	/** Where exactly, in words. */
	place: shortText,
	/** Who raised it, where it is no household. */
	who: shortText,
	/** The meeting it came out of, by its entity, and the id of the item of the agenda. */
	from: v.strictObject({ meeting, item: v.pipe(v.string(), v.regex(/^[a-z0-9]{8,32}$/)) }),
	/** Meetings that talked about it, by their entities. */
	meetings: v.pipe(v.array(meeting), v.maxLength(50)),
	/** Lines of the minutes of these meetings that it goes by, by their entities: what a decision rests on is in its stage. */
	lines: v.pipe(v.array(v.pipe(v.string(), v.maxLength(250))), v.maxLength(50)),
	stage: matterStageBody
};

/** 民事: something raised by a household, or about a place, and followed to its end. */
export const matterBody = v.strictObject({
	text: fields.text,
	category: v.optional(fields.category),
	unnamed: v.optional(fields.unnamed),
	photos: v.optional(fields.photos),
	source: v.optional(fields.source),
	place: v.optional(fields.place),
	who: v.optional(fields.who),
	from: v.optional(fields.from),
	meetings: v.optional(fields.meetings),
	lines: v.optional(fields.lines),
	/** Absent: raised. */
	stage: v.optional(fields.stage)
});

const matterRead = v.object({
	text: tolerant(fields.text),
	category: tolerant(fields.category),
	unnamed: tolerant(fields.unnamed),
	photos: tolerant(fields.photos),
	source: tolerant(fields.source),
	place: tolerant(fields.place),
	who: tolerant(fields.who),
	from: tolerant(fields.from),
	meetings: tolerant(fields.meetings),
	lines: tolerant(fields.lines),
	stage: tolerant(fields.stage)
});
export type MatterRead = v.InferOutput<typeof matterRead>;

export function readMatter(body: JsonObject): MatterRead {
	return v.parse(matterRead, body);
}

/** `id`: 8 to 32 of a-z and 0-9, by chance. */
export function matterEntity(scope: Scope, id: string): string {
	return keyedEntity(scope, id);
}

export function matterOf(entity: string): { readonly scope: Scope; readonly id: string } | undefined {
	const named = keyedEntityOf(entity);
	return named && { scope: named.scope, id: named.key };
}

const keyed = keyedKind({
	name: 'matter',
	body: matterBody,
	levels: ['subdistrict', 'community', 'grid', 'courtyard', 'household'],
	policy: fieldByField({ '/photos': joinSets, '/meetings': joinSets, '/lines': joinSets }, ['stage', 'from']),
	brokenKey: brokenId,
	stage: { member: 'stage', nameOf: matterStageNameOf, begins: 'raised' },
	impersonal: () => undefined
});

export const matter: Kind = {
	...keyed,
	brokenRule(content) {
		const from = v.safeParse(fields.from, content.body?.['from']);
		const foreign = from.success && keyedEntityOf(from.output.meeting)?.scope !== content.scope;
		return foreign
			? { code: 'body', detail: 'out of a meeting of another place', at: '/body/from/meeting' }
			: (foreignLine(content.scope, content.body?.['stage']) ??
					unlinkedLine(content.scope, content.body) ??
					keyed.brokenRule(content));
	}
};

/** What a decision rests on was taken down in its meeting, and that was about a place around the matter's or within it. */
function foreignLine(scope: Scope, value: Json | undefined): BrokenRule | undefined {
	const stage = v.safeParse(matterStageBody, value);
	if (!stage.success || stage.output.name !== 'decided' || !stage.output.lines) return undefined;
	const { meeting: entity, lines } = stage.output;
	const held = entity === undefined ? undefined : meetingOf(entity);
	if (!held || !(isWithin(scope, held.scope) || isWithin(held.scope, scope)))
		return { code: 'body', detail: 'lines of no meeting around', at: '/body/stage/meeting' };
	const foreign = lines.some((line) => {
		const named = minuteOf(line);
		return named?.meeting !== held.id || !isWithin(named.scope, held.scope);
	});
	return foreign ? { code: 'body', detail: 'a line of another meeting', at: '/body/stage/lines' } : undefined;
}

/** The lines that a matter goes by are of meetings that it names, around its place or within it. */
function unlinkedLine(scope: Scope, body: JsonObject | null): BrokenRule | undefined {
	const { lines = [], meetings = [], from } = readMatter(body ?? {});
	const held = [...meetings, ...(from ? [from.meeting] : [])].flatMap((entity) => meetingOf(entity) ?? []);
	const around = held.filter((one) => isWithin(scope, one.scope) || isWithin(one.scope, scope));
	const unlinked = lines.some((line) => {
		const named = minuteOf(line);
		return !around.some((one) => one.id === named?.meeting && isWithin(named.scope, one.scope));
	});
	return unlinked ? { code: 'body', detail: 'a line of no meeting it names', at: '/body/lines' } : undefined;
}
