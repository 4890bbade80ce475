import * as v from 'valibot';
import { passRule } from '#kinds/pass-rule.ts';
import type { ConventionDraft } from '#read-models/convention-draft.ts';
import type { Json } from '#records/json.ts';
import { isScope, type Scope } from '#records/scope.ts';

const scope = v.custom<Scope>(isScope);
const clause = v.pipe(
	v.object({
		id: v.string(),
		place: v.exactOptional(v.string()),
		heading: v.string(),
		text: v.string(),
		credits: v.pipe(v.array(scope), v.readonly())
	}),
	v.readonly()
);
const clauses = v.pipe(v.array(clause), v.readonly());
const draft = v.pipe(
	v.object({
		title: v.string(),
		preamble: v.string(),
		courtyards: v.exactOptional(v.pipe(v.array(scope), v.readonly())),
		rule: v.pipe(passRule, v.readonly()),
		clauses
	}),
	v.readonly()
);
const fields = v.pipe(
	v.object({
		draft,
		/** Clauses taken out since the draft was begun, with their last words; the last one first. */
		out: clauses,
		/** The line why, as far as it is written. */
		why: v.string()
	}),
	v.readonly()
);

/** What the editor keeps on the disk until it is saved. */
export type DraftFields = v.InferOutput<typeof fields>;

export function fieldsOf(draft: ConventionDraft): DraftFields {
	return { draft, out: [], why: '' };
}

/** Undefined when what was kept is not of this shape. */
export function fieldsKept(kept: Json): DraftFields | undefined {
	const parsed = v.safeParse(fields, kept);
	return parsed.success ? parsed.output : undefined;
}
