import { readConvention } from '#kinds/convention.ts';
import type { StageName } from '#kinds/convention-stage.ts';
import { dayAt, isDay, type Day } from '#kinds/day.ts';
import { entityOfScope } from '#kinds/kind.ts';
import { readMatter } from '#kinds/matter.ts';
import { matterStageNameOf, matterStageNames, type MatterStageName } from '#kinds/matter-stage.ts';
import { readMeeting } from '#kinds/meeting.ts';
import type { MeetingStageName } from '#kinds/meeting-stage.ts';
import { readPublication, type PublicationAbout } from '#kinds/publication.ts';
import type { JsonObject } from '#records/json.ts';
import { entityKey, type Revision } from '#records/revision.ts';
import type { EntityRef, RevisionSet } from '#records/revision-set.ts';
import { parentScope, type Scope } from '#records/scope.ts';
import { publicationAt } from './publications.ts';
import { wordsOf } from './search-fields.ts';
import type { SubjectKey } from './search-subject.ts';
import { byTime } from './written.ts';

/** What it is, with where it stands; doubtful where people took different steps. */
type Nature =
	| { readonly type: 'meeting'; readonly stage: MeetingStageName | 'doubtful' }
	| { readonly type: 'convention'; readonly stage: StageName | 'doubtful' }
	| { readonly type: 'matter'; readonly stage: MatterStageName | 'doubtful' }
	| { readonly type: 'publication'; readonly about: PublicationAbout }
	| { readonly type: 'household' }
	| { readonly type: 'courtyard' };

/** What is found and shown as one. */
export type SearchDocument = Nature & {
	readonly entity: string;
	readonly scope: Scope;
	/** What it is called, where it has a name. */
	readonly title?: string;
	/** When it was, or is to be. */
	readonly day?: Day;
	/** All words by which it is found, the title among them, each stretch as it was written. */
	readonly lines: readonly string[];
};

/**
 * The document of a subject, whose entities that are held are `members`; undefined where what it is about is not
 * held, or was withdrawn.
 */
export function searchDocument(
	records: RevisionSet,
	subject: SubjectKey,
	members: readonly EntityRef[]
): SearchDocument | undefined {
	const type = subject.slice(0, subject.indexOf(':'));
	const main = members.find(({ kind }) => kind === type);
	if (!main) return undefined;
	const { kind, entity } = main;
	const state = records.state(kind, entity);
	const [first] = inTime(records.revisions(kind, entity));
	const described = state.status === 'present' && first ? describe(kind, state.body, first) : undefined;
	const isShown = kind !== 'publication' || publicationAt(records, entity)?.body !== undefined;
	if (!described || !first || !isShown) return undefined;
	const parts = members
		.filter((member) => member !== main)
		.map((member) => ({ member, first: inTime(records.revisions(member.kind, member.entity))[0] ?? first }))
		.sort((a, b) => byTime(a.first, b.first))
		.map(({ member }) => member);
	const lines = [main, ...parts].flatMap((member) => wordsOf(records, member.kind, member.entity));
	const around = kind === 'household' ? parentScope(first.scope) : undefined;
	return {
		...described,
		entity,
		scope: first.scope,
		lines: [...new Set(around ? [...wordsOf(records, 'courtyard', entityOfScope(around)), ...lines] : lines)]
	};
}

type Described = Nature & Pick<SearchDocument, 'title' | 'day'>;

function describe(kind: string, body: JsonObject, first: Revision): Described | undefined {
	switch (kind) {
		case 'meeting': {
			const { title, starts, stage } = readMeeting(body);
			const day = starts?.slice(0, 10);
			return { type: kind, stage: stage?.name ?? 'doubtful', ...titled(title), ...(isDay(day) && { day }) };
		}
		case 'convention': {
			const { title, stage } = readConvention(body);
			return { type: kind, stage: stage?.name ?? 'doubtful', ...titled(title), day: dayOf(first) };
		}
		case 'matter': {
			const named = matterStageNameOf(readMatter(body).stage ?? body['stage']);
			const stage = matterStageNames.find((name) => name === named) ?? 'doubtful';
			return { type: kind, stage, day: dayOf(first) };
		}
		case 'publication': {
			const read = readPublication(body);
			if (!read) return undefined;
			const { about } = read;
			if (about === 'matter') return { type: kind, about, day: read.raised };
			const day = read.starts.slice(0, 10);
			return { type: kind, about, ...titled(read.title), ...(isDay(day) && { day }) };
		}
		case 'household':
		case 'courtyard':
			return { type: kind };
		default:
			throw new RangeError(`not searched: ${entityKey(kind, first.entity)}`);
	}
}

function titled(title: string | undefined): { readonly title?: string } {
	return title === undefined ? {} : { title };
}

function dayOf({ at }: Revision): Day {
	return dayAt(new Date(at));
}

function inTime(revisions: Iterable<Revision>): readonly Revision[] {
	return [...revisions].sort(byTime);
}
