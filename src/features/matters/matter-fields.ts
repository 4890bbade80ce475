import * as v from 'valibot';
import { matterCategories } from '#kinds/matter-category.ts';
import { isHash } from '#records/hash.ts';
import { isScope, type Level, type Scope } from '#records/scope.ts';

/** What a matter can be about, as it is asked. */
export const reaches = [
	'household',
	'courtyard',
	'grid',
	'community',
	'subdistrict'
] as const satisfies readonly Level[];

/** Whence staff have it; residents’ own are told by their account. */
export const heardFrom = ['resident', 'worker', 'reception'] as const;

const photos = v.array(v.custom<string>(isHash));
const place = v.union([v.literal(''), v.custom<Scope>(isScope)]);

/** Optional with a default: what an earlier version of the form kept has no such field. */
export const raisingKept = v.object({
	text: v.string(),
	category: v.picklist([...matterCategories, '']),
	unnamed: v.boolean(),
	photos,
	reach: v.optional(v.picklist(reaches), 'courtyard'),
	place: v.optional(place, ''),
	household: v.optional(place, ''),
	source: v.optional(v.picklist(heardFrom), 'worker'),
	where: v.optional(v.string(), ''),
	who: v.optional(v.string(), '')
});
export type RaisingFields = v.InferOutput<typeof raisingKept>;

export const moveKept = v.object({
	words: v.string(),
	meeting: v.string(),
	/** What of its minutes is chosen, by the entities of the lines. */
	lines: v.optional(v.array(v.string()), () => []),
	/** `self`, an account, or `''`: a name that is typed. */
	owner: v.string(),
	name: v.string(),
	due: v.string(),
	photos
});
export type MoveFields = v.InferOutput<typeof moveKept>;

export const progressKept = v.object({
	words: v.string(),
	photos,
	waiting: v.string(),
	until: v.string()
});
export type ProgressFields = v.InferOutput<typeof progressKept>;

/** What is put right of a matter; its words stay as they were said. */
export const matterEditKept = v.object({
	category: v.picklist([...matterCategories, '']),
	where: v.string(),
	unnamed: v.boolean(),
	photos
});
export type MatterEditFields = v.InferOutput<typeof matterEditKept>;

export const linkKept = v.object({ meeting: v.string(), lines: v.array(v.string()) });
export type LinkFields = v.InferOutput<typeof linkKept>;

export const whistleKept = v.object({ department: v.string(), reason: v.string(), due: v.string() });
export type WhistleFields = v.InferOutput<typeof whistleKept>;

export const answerKept = v.object({ day: v.string(), words: v.string() });
export type AnswerFields = v.InferOutput<typeof answerKept>;

/** For `RecordWriting`: reads a draft by its schema. */
export function keptBy<Schema extends v.GenericSchema>(schema: Schema) {
	return (kept: unknown): v.InferOutput<Schema> | undefined => {
		const parsed = v.safeParse(schema, kept);
		return parsed.success ? parsed.output : undefined;
	};
}

/** For `RecordWriting`: the photos of fields that have some. */
export function photosIn<Fields extends { readonly photos: readonly string[] }>(scope: () => Scope) {
	return {
		scope,
		of: (fields: Fields) => fields.photos,
		put: (fields: Fields, hashes: readonly string[]): Fields => ({ ...fields, photos: [...hashes] })
	};
}
