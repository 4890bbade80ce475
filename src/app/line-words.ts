import type { MinuteBody } from '#kinds/minute.ts';
import { m } from '#paraglide/messages.js';
import { saidIn, type Line } from '#read-models/minutes.ts';
import type { Hash } from '#records/hash.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';
import { timeText } from './dates.ts';
import { speakerText, stanceText, votesText } from './minute-words.ts';

/** A line of minutes in words. */
export interface LineWords {
	readonly entity: string;
	readonly heads: readonly Hash[];
	readonly about: MinuteBody['about'];
	/** Who said it, or what it is. */
	readonly head: string;
	readonly words: string;
	/** 赞成 9，反对 1，弃权 1 */
	readonly votes?: string;
	readonly time: string;
	/** Two people's wordings stand beside each other. */
	readonly open: boolean;
}

export function lineWords(records: RevisionSet, line: Line, locale: string): LineWords {
	const body = saidIn(line);
	const about = body?.about ?? 'said';
	const versions = line.versions.flatMap((version) =>
		version.body && 'words' in version.body ? (version.body.words ?? []) : []
	);
	const open = versions.length > 1;
	const words = open
		? versions.join(' / ')
		: body && 'words' in body
			? (body.words ?? '')
			: m.filing_unreadable();
	return {
		entity: line.entity,
		heads: line.heads,
		about,
		head: lineHead(records, line.scope, body),
		words: about === 'attendance' ? '' : words,
		...(body?.about === 'count' && { votes: votesText(body) }),
		time: timeText(body?.at ?? line.first.at, locale),
		open
	};
}

function lineHead(records: RevisionSet, scope: Scope, body: MinuteBody | undefined): string {
	switch (body?.about) {
		case 'said':
		case 'attendance': {
			const who = speakerText(records, scope, body.who);
			const name = who === '' ? m.meetings_speaker_none() : who;
			if (body.about === 'attendance') return m.filing_attended({ who: name });
			return body.stance ? m.filing_speaker({ who: name, stance: stanceText(body.stance) }) : name;
		}
		case 'count':
			return m.meetings_line_count_title();
		case 'resolution':
			return m.meetings_line_resolution();
		case 'photo':
			return m.meetings_photo();
		case undefined:
			return '';
	}
}
