import { opinionOf, readOpinion, type OpinionBody } from '#kinds/opinion.ts';
import type { Hash } from '#records/hash.ts';
import type { Revision } from '#records/revision.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';
import { headsOf, type EntityState } from '#records/state-of.ts';
import { byTime, writtenIn, type Written } from './written.ts';

/** What one of two people recorded; without a body: that the opinion is withdrawn. */
export interface OpinionVersion {
	readonly body?: OpinionBody;
	readonly by: Written;
}

interface AboutOpinion {
	readonly entity: string;
	readonly household: Scope;
	/** A clause's id, `version1`, or an id of chance. */
	readonly topic: string;
	readonly heads: readonly Hash[];
	/** Who recorded it first and who last; of several at once the one recorded last. */
	readonly first: Written;
	readonly last: Written;
}

/**
 * A household's opinion as it is known here. `withdrawn`: what it last said, and why it was taken back.
 * `doubtful`: two people recorded different ones without seeing each other's, and nobody has chosen yet.
 */
export type Opinion = AboutOpinion &
	(
		| { readonly status: 'standing'; readonly body: OpinionBody }
		| { readonly status: 'withdrawn'; readonly body: OpinionBody; readonly reason: string }
		| { readonly status: 'doubtful'; readonly versions: readonly OpinionVersion[] }
	);

/** Opinions as read already: each is read anew only when something new came of it. */
export class OpinionReader {
	/** By an entity's state, which is another one as soon as it has another revision. */
	readonly #read = new WeakMap<EntityState, readonly Opinion[]>();

	/** None, or one. */
	at(records: RevisionSet, entity: string): readonly Opinion[] {
		const state = records.state('opinion', entity);
		const known = this.#read.get(state);
		if (known) return known;
		const opinion = opinionAt(records, entity);
		const read = opinion ? [opinion] : [];
		this.#read.set(state, read);
		return read;
	}
}

/** All opinions on the convention of this id, in no particular order; without those a later version wrote. */
export function opinionsOn(
	records: RevisionSet,
	convention: string,
	reader = new OpinionReader()
): readonly Opinion[] {
	return entitiesOn(records, convention).flatMap((entity) => reader.at(records, entity));
}

/** Those of `opinionsOn` that are standing or in doubt and object to a text. */
export function objectionsOn(
	records: RevisionSet,
	convention: string
): readonly (Opinion & { readonly status: 'standing' | 'doubtful' })[] {
	return entitiesOn(records, convention).flatMap((entity) => {
		const state = records.state('opinion', entity);
		// Most opinions are about clauses, which is told before they are read.
		const about = state.status === 'present' ? (state.body['about'] ?? 'objection') : undefined;
		const opinion = about === 'objection' ? opinionAt(records, entity) : undefined;
		return opinion && opinion.status !== 'withdrawn' && aboutOf(opinion) === 'objection' ? [opinion] : [];
	});
}

/** Undefined where nothing that can be read was recorded. */
function opinionAt(records: RevisionSet, entity: string): Opinion | undefined {
	const named = opinionOf(entity);
	const revisions = [...records.revisions('opinion', entity)].sort(byTime);
	const [first] = revisions;
	if (!named || !first) return undefined;
	const state = records.state('opinion', entity);
	const heads = revisions.filter(({ hash }) => headsOf(state).includes(hash));
	const { household, topic } = named;
	const last = heads.at(-1) ?? first;
	const about = {
		entity,
		household,
		topic,
		heads: headsOf(state),
		first: writtenIn(first),
		last: writtenIn(last)
	};
	if (state.status !== 'present') {
		const body = bodiesIn(revisions).at(-1);
		const reason = heads.flatMap((head) => head.reason ?? []).join('\n');
		return body && { ...about, status: 'withdrawn', body, reason };
	}
	const merged = state.doubts.length === 0 ? readOpinion(state.body) : undefined;
	if (merged) return { ...about, status: 'standing', body: merged };
	const contested = state.doubts.some(({ path }) => path === '');
	const bodies = bodiesIn(heads);
	const said = bodies.at(-1);
	if (!said) return undefined;
	// Two who heard the same from readers of different revisions do not contradict each other.
	if (!contested && new Set(bodies.map(pointOf)).size === 1)
		return { ...about, status: 'standing', body: said };
	const versions = heads.flatMap((head): OpinionVersion[] => {
		if (head.body === null) return contested ? [{ by: writtenIn(head) }] : [];
		const body = readOpinion(head.body);
		return body ? [{ body, by: writtenIn(head) }] : [];
	});
	return { ...about, status: 'doubtful', versions };
}

/** What an opinion is about; of one in doubt too, since no two people can give one topic different kinds. */
export function aboutOf(opinion: Opinion): OpinionBody['about'] | undefined {
	if (opinion.status !== 'doubtful') return opinion.body.about;
	return opinion.versions.find(({ body }) => body)?.body?.about;
}

function entitiesOn(records: RevisionSet, convention: string): readonly string[] {
	return [...records.entities('opinion')].filter((entity) => entity.includes(`.${convention}-`));
}

function bodiesIn(revisions: readonly Revision[]): readonly OpinionBody[] {
	return revisions.flatMap(({ body }) => (body && readOpinion(body)) ?? []);
}

/** An opinion's main point: all of it but which revision the household had read. */
function pointOf(body: OpinionBody): string {
	const { about, words = '' } = body;
	switch (about) {
		case 'clause':
			return `${body.view} ${words}`;
		case 'rating':
			return `${body.rating} ${words}`;
		default:
			return words;
	}
}
