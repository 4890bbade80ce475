import { policyOf } from '#kinds/kinds.ts';
import type { PublicationBody } from '#kinds/publication.ts';
import { sameJson } from '#records/hash.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { decisionIn, matterSteps } from './matter-steps.ts';
import { matterAt, type ListedMatter } from './matters.ts';
import type { Published } from './publications.ts';

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

/** Whether a matter went on, or was worded anew, since it was published so. */
export function isMatterOld(records: RevisionSet, matter: ListedMatter, { body, last }: Published): boolean {
	if (body.about !== 'matter') return true;
	const { words, decision = '', result = '', raisedBy = '', owner } = body;
	const chosen = { texts: { words, decision, result }, raisedBy, owner: owner !== undefined };
	if (!sameJson(publishedMatter(matter, chosen), body)) return true;
	const then = new RevisionSet(policyOf);
	then.add([...records.revisions('matter', matter.entity)].filter(({ at }) => at <= last.at));
	const before = matterAt(then, matter.entity);
	return !before || !sameJson(matterTexts(then, before), matterTexts(records, matter));
}
