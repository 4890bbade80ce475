import { publicationOf, readPublication, type PublicationBody } from '#kinds/publication.ts';
import { sameJson, type Hash } from '#records/hash.ts';
import type { EntityRef, RevisionSet } from '#records/revision-set.ts';
import { isWithin, type Scope } from '#records/scope.ts';
import { headsOf } from '#records/state-of.ts';
import { byTime, writtenIn, type Written } from './written.ts';

/**
 * 公开: what residents see of a meeting or a matter. `body` is as one person chose it, never what two chose together:
 * of several at once the one published last, and none where one of them took it down.
 */
export interface Publication {
	readonly entity: string;
	readonly scope: Scope;
	/** The id of the meeting or the matter. */
	readonly subject: string;
	readonly about: string;
	readonly heads: readonly Hash[];
	/** Absent: taken down, or written by a later version. */
	readonly body?: PublicationBody;
	/** Why it was taken down, where it was. */
	readonly reason?: string;
	/** Two people published different things of it without seeing each other's. */
	readonly doubtful: boolean;
	readonly first: Written;
	readonly last: Written;
}

export type Published = Publication & { readonly body: PublicationBody };

/** What is public of places within `within` and around them: for a household its courtyard's and all above; last first. */
export function publishedIn(records: RevisionSet, within: readonly Scope[]): readonly Published[] {
	return [...records.entities('publication')]
		.flatMap((entity) => publicationAt(records, entity) ?? [])
		.filter(({ scope }) => within.some((place) => isWithin(scope, place) || isWithin(place, scope)))
		.filter((publication) => isPublished(publication))
		.sort((a, b) => byTime(b.last, a.last));
}

/** Of the meeting or the matter of this id, whether it is shown now or was; undefined where it never was. */
export function publicationAbout(
	records: RevisionSet,
	subject: string,
	about: PublicationBody['about']
): Publication | undefined {
	const [entity] = [...records.entities('publication')]
		.filter((each) => each.endsWith(`.${subject}-${about}`))
		.sort();
	return entity === undefined ? undefined : publicationAt(records, entity);
}

export function publicationAt(records: RevisionSet, entity: string): Publication | undefined {
	const named = publicationOf(entity);
	const revisions = [...records.revisions('publication', entity)].sort(byTime);
	const heads = headsOf(records.state('publication', entity));
	const tips = revisions.filter(({ hash }) => heads.includes(hash));
	const [first, last] = [revisions[0], tips.at(-1)];
	if (!named || !first || !last) return undefined;
	const takenDown = tips.filter(({ body }) => body === null);
	const body = takenDown.length === 0 && last.body ? readPublication(last.body) : undefined;
	const { scope, subject, about } = named;
	return {
		...{ entity, scope, subject, about, heads },
		...(body && { body }),
		...(takenDown.length > 0 && { reason: takenDown.flatMap(({ reason }) => reason ?? []).join('\n') }),
		doubtful: tips.some((tip) => !sameJson(tip.body, last.body)),
		first: writtenIn(first),
		last: writtenIn(last)
	};
}

/** The meeting or the matter that it shows, where that is known here: residents have neither. */
export function subjectOf(
	records: RevisionSet,
	{ subject, about }: Pick<Publication, 'subject' | 'about'>
): EntityRef | undefined {
	const kind = about === 'matter' ? 'matter' : 'meeting';
	const [entity] = [...records.entities(kind)].filter((each) => each.endsWith(`.${subject}`)).sort();
	return entity === undefined ? undefined : { kind, entity };
}

/** What residents read of a publication: all but what tells whether it is still so. */
export function shownIn(body: PublicationBody | undefined): PublicationBody | undefined {
	return body?.about === 'matter' ? withoutSeen(body) : body;
}

function withoutSeen({ seen: _seen, ...shown }: PublicationBody & { readonly about: 'matter' }) {
	return shown;
}

export function isPublished(publication: Publication | undefined): publication is Published {
	return publication?.body !== undefined;
}
