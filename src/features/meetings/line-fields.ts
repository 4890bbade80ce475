import * as v from 'valibot';
import { readMinute, stances, type MinuteBody } from '#kinds/minute.ts';
import { asLine, asText } from '#kinds/text.ts';
import { isScope, type Scope } from '#records/scope.ts';
import type { JsonObject } from '#records/json.ts';

/** What can be taken down under an item: 发言, 举手, 决议, and 交办事项, which becomes a matter. */
export const newLineTypes = ['said', 'count', 'resolution', 'matter'] as const;
export type NewLineType = (typeof newLineTypes)[number];

const votes = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000));

const fields = v.pipe(
	v.object({
		about: v.picklist(newLineTypes),
		/** The household that speaks; `''`: none. */
		household: v.union([v.literal(''), v.custom<Scope>(isScope)]),
		who: v.string(),
		stance: v.picklist([...stances, '']),
		words: v.string(),
		for: votes,
		against: votes,
		abstain: votes,
		/** Of what is given someone to do: who, their account where they have one, and by when. */
		owner: v.string(),
		account: v.string(),
		due: v.string()
	}),
	v.readonly()
);

/** A line as it is being typed. */
export type LineFields = v.InferOutput<typeof fields>;

export function emptyLine(about: NewLineType, due = ''): LineFields {
	return {
		...{ about, household: '', who: '', stance: '', words: '' },
		...{ for: 0, against: 0, abstain: 0, owner: '', account: '', due }
	};
}

/** Undefined when what was kept is not of this shape. */
export function lineFieldsKept(kept: unknown): LineFields | undefined {
	const parsed = v.safeParse(fields, kept);
	return parsed.success ? parsed.output : undefined;
}

export function fieldsOfLine(body: MinuteBody): LineFields {
	const typed = emptyLine('said');
	switch (body.about) {
		case 'attendance':
			return { ...typed, who: body.who ?? '' };
		case 'said':
			return { ...typed, who: body.who ?? '', stance: body.stance ?? '', words: body.words };
		case 'count': {
			const { words, for: agree, against, abstain } = body;
			return { ...typed, words, for: agree, against, abstain };
		}
		case 'resolution':
			return { ...typed, words: body.words };
		case 'photo':
			return { ...typed, words: body.words ?? '' };
	}
}

/** What of a line stays as it is, however often it is edited. */
export type LineBase =
	| Pick<MinuteBody & { readonly about: 'attendance' }, 'about' | 'as' | 'at'>
	| { readonly about: 'said' | 'count' | 'resolution'; readonly item: string; readonly at: string }
	| Pick<MinuteBody & { readonly about: 'photo' }, 'about' | 'item' | 'at' | 'photo'>;

/** As it is written; undefined where something is missing or too long. */
export function lineBody(base: LineBase, typed: LineFields): MinuteBody | undefined {
	return readMinute({ ...kept(base), ...typedIn(base.about, typed) });
}

function kept(base: LineBase): JsonObject {
	switch (base.about) {
		case 'attendance':
			return { about: base.about, as: base.as, at: base.at };
		case 'photo': {
			const { about, at, photo, item } = base;
			return { about, at, photo, ...(item !== undefined && { item }) };
		}
		default:
			return { about: base.about, at: base.at, item: base.item };
	}
}

function typedIn(about: MinuteBody['about'], typed: LineFields): JsonObject {
	const [who, words] = [asLine(typed.who), asText(typed.words)];
	const { for: agree, against, abstain, stance } = typed;
	switch (about) {
		case 'attendance':
			return who === '' ? {} : { who };
		case 'said':
			return { ...(who !== '' && { who }), ...(stance !== '' && { stance }), words };
		case 'count':
			return { words, for: agree, against, abstain };
		case 'resolution':
			return { words };
		case 'photo':
			return words === '' ? {} : { words };
	}
}
