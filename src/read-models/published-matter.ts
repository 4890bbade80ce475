import { policyOf } from '#kinds/kinds.ts';
import type { PublicationBody } from '#kinds/publication.ts';
import { withAncestors } from '#records/ancestry.ts';
import { sameJson } from '#records/hash.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { decisionIn, matterSteps } from './matter-steps.ts';
import { matterAt, type ListedMatter } from './matters.ts';
import { shownIn, type Published } from './publications.ts';

export type PublishedMatter = PublicationBody & { readonly about: 'matter' };

/** What is written of a matter. It may name people: whoever publishes it can word it otherwise. '' where there is nothing. */
export type MatterTexts = {
	readonly words: string;
	/** What was decided last. */
	readonly decision: string;
	/** What was done, once it is closed. */
	readonly result: string;
};

/** What whoever publishes a matter chose to show. */
export interface MatterChoices {
	readonly texts: MatterTexts;
	/** Who raised it, in words, '' to leave it out; shown only of a matter that may be named. */
	readonly raisedBy: string;
	/** Whether it shows who sees to it. */
	readonly owner: boolean;
}

/**
 * The body that shows a matter as it stands. Undefined where there is nothing to show: it is withdrawn, its stage is
 * in doubt, or no words are chosen.
 */
export function publishedMatter(
	matter: ListedMatter,
	{ texts, raisedBy, owner }: MatterChoices
): PublishedMatter | undefined {
	const { stage, body, day } = matter;
	if (!stage || matter.withdrawn !== undefined || texts.words === '') return undefined;
	const carried = stage.name === 'doing' || stage.name === 'evaluating' ? stage : undefined;
	return {
		about: 'matter',
		words: texts.words,
		seen: [...matter.heads],
		...(body.category && { category: body.category }),
		...(raisedBy !== '' && mayBeNamed(matter) && { raisedBy }),
		raised: day,
		stage: stage.name,
		...(texts.decision !== '' && { decision: texts.decision }),
		...(carried && owner && { owner: carried.owner.name }),
		...(carried && { due: carried.due }),
		...(stage.name === 'evaluating' && {
			...(texts.result !== '' && { result: texts.result }),
			closed: stage.day,
			round: stage.round
		})
	};
}

/** Whether who raised it may be named: not where they wish otherwise, nor where that is in doubt. */
export function mayBeNamed({ body, doubts }: ListedMatter): boolean {
	return body.unnamed !== true && !doubts.some(({ path }) => path === '/unnamed' || path === '');
}

/** As the matter says of itself. */
export function matterTexts(records: RevisionSet, matter: ListedMatter): MatterTexts {
	const { stage, body } = matter;
	return {
		words: body.text ?? '',
		decision: decisionIn(matterSteps(records, matter))?.decision ?? '',
		result: stage?.name === 'evaluating' ? stage.result : ''
	};
}

/**
 * Whether a matter went on, or was worded anew, since it was published so: by what whoever published it had seen, not
 * by anyone's clock. True where that is not known: it came from an earlier version, or is not all here yet.
 */
export function isMatterOld(records: RevisionSet, matter: ListedMatter, { body }: Published): boolean {
	if (body.about !== 'matter') return true;
	const { words, decision = '', result = '', raisedBy = '', owner, seen = [] } = body;
	const chosen = { texts: { words, decision, result }, raisedBy, owner: owner !== undefined };
	if (!sameJson(shownIn(publishedMatter(matter, chosen)), shownIn(body))) return true;
	const all = new Map([...records.revisions('matter', matter.entity)].map((one) => [one.hash, one]));
	const known = new Set(seen.flatMap((hash) => [...withAncestors(all, hash)]));
	const then = new RevisionSet(policyOf);
	then.add([...all.values()].filter(({ hash }) => known.has(hash)));
	const before = seen.every((hash) => known.has(hash)) ? matterAt(then, matter.entity) : undefined;
	return !before || !sameJson(matterTexts(then, before), matterTexts(records, matter));
}
