import * as v from 'valibot';
import type { PublicationBody } from '#kinds/publication.ts';
import { asLine, asText } from '#kinds/text.ts';
import type { MatterChoices, MatterTexts } from '#read-models/published-matter.ts';

/** What is typed and tapped before a matter is published. */
export type MatterFields = {
	readonly words: string;
	readonly decision: string;
	readonly result: string;
	readonly raisedBy: string;
	readonly owner: boolean;
};

const kept = v.object({
	words: v.string(),
	decision: v.string(),
	result: v.string(),
	raisedBy: v.string(),
	owner: v.boolean()
});

export function readMatterFields(value: unknown): MatterFields | undefined {
	const parsed = v.safeParse(kept, value);
	return parsed.success ? parsed.output : undefined;
}

/** As it was published last; what was not, as the matter has it. */
export function startOf(texts: MatterTexts, shown: PublicationBody | undefined): MatterFields {
	if (shown?.about !== 'matter') return { ...texts, raisedBy: '', owner: false };
	const { words, decision = texts.decision, result = texts.result, raisedBy = '', owner } = shown;
	return { words, decision, result, raisedBy, owner: owner !== undefined };
}

/** What the matter has none of is left out, whatever was published of it before. */
export function choicesOf(fields: MatterFields, texts: MatterTexts): MatterChoices {
	return {
		texts: {
			words: asText(fields.words),
			decision: texts.decision === '' ? '' : asText(fields.decision),
			result: texts.result === '' ? '' : asText(fields.result)
		},
		raisedBy: asLine(fields.raisedBy),
		owner: fields.owner
	};
}
