import { instantText } from '#app/dates.ts';
import { stageText } from '#app/stage-words.ts';
import { readConvention, type ConventionRead } from '#kinds/convention.ts';
import { m } from '#paraglide/messages.js';
import type { ConventionState } from '#read-models/convention-state.ts';
import { revisionText } from '#read-models/convention-state.ts';
import { openText, type OpenText } from '#read-models/open-text.ts';
import type { Hash } from '#records/hash.ts';
import type { Revision } from '#records/revision.ts';
import type { RevisionSet } from '#records/revision-set.ts';

/** Names the convention as it stands, where a saved text is named by its hash. */
export const nowKey = 'now';

/** A text that others can be compared with: `nowKey` or a hash, and what it is called. */
export interface TextChoice {
	readonly value: string;
	readonly label: string;
}

/** What the convention says now, what binds, what is voted on, and everything that was saved, the last first. */
export function textChoices(
	state: ConventionState | undefined,
	saved: readonly Revision[],
	locale: string
): readonly TextChoice[] {
	const marked = state ? markedTexts(state.read) : [];
	return [
		...(state ? [{ value: nowKey, label: m.versions_now() }] : []),
		...marked.map(({ hash, label }) => ({ value: hash, label })),
		...saved
			.filter(({ hash, body }) => body && !marked.some((one) => one.hash === hash))
			.map((revision) => ({
				value: revision.hash,
				label: m.versions_choice({ when: instantText(revision.at, locale), author: revision.author })
			}))
	];
}

/** Texts that have a name: the one in force, and the one that is voted on. */
export function markedTexts({
	stage
}: ConventionRead): readonly { readonly hash: Hash; readonly label: string }[] {
	const inForce = stage?.inForce;
	const ballot = stage?.name === 'voting' || stage?.name === 'posted' ? stage.ballot : undefined;
	return [
		...(inForce
			? [{ hash: inForce.ballot.text, label: m.versions_in_force({ version: inForce.version }) }]
			: []),
		...(ballot && ballot.text !== inForce?.ballot.text
			? [{ hash: ballot.text, label: m.versions_frozen() }]
			: [])
	];
}

/** The text of the convention as it stands holds what is in doubt; one that someone saved has no doubts. */
export function textOf(
	records: RevisionSet,
	state: ConventionState | undefined,
	entity: string,
	key: string
): ConventionRead | OpenText | undefined {
	if (key === nowKey) return state && openText(records, state);
	const revision = [...records.revisions('convention', entity)].find(({ hash }) => hash === key);
	return revision && revisionText(records, entity, revision.hash);
}

/** 写下第一稿, 修改, 合到一起, 撤回: what a saving was. */
export function savingText({ body, parents }: Revision): string {
	if (!body) return m.versions_withdrawn();
	if (parents.length === 0) return m.versions_first();
	return parents.length > 1 ? m.versions_joined() : m.versions_changed();
}

/** 步骤：起草 → 协商; undefined where a saving left the convention where it was. */
export function stepText(revision: Revision, parents: readonly Revision[]): string | undefined {
	const to = stageName(revision);
	const from = parents.map(stageName);
	if (to === undefined || (from.length > 0 && from.includes(to))) return undefined;
	const [before] = from;
	return before === undefined ? m.versions_stage({ stage: to }) : m.versions_step({ from: before, to });
}

function stageName({ body }: Revision): string | undefined {
	const stage = body ? readConvention(body).stage : undefined;
	return stage && stageText(stage.name);
}
