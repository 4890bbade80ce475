import * as v from 'valibot';
import type { Entry } from '#app/workplace.svelte.ts';
import { isDay } from '#kinds/day.ts';
import { matterBody, matterEntity } from '#kinds/matter.ts';
import { minuteEntity } from '#kinds/minute.ts';
import { asLine, asText } from '#kinds/text.ts';
import type { MeetingState } from '#read-models/meeting-state.ts';
import type { JsonObject } from '#records/json.ts';
import { lineBody, type LineFields } from './line-fields.ts';

/** Where a line is taken down, when, and its id. */
export interface LineContext {
	readonly meeting: Pick<MeetingState, 'entity' | 'id' | 'scope'>;
	/** The id of the item of the agenda. */
	readonly item: string;
	/** ISO 8601 in UTC. */
	readonly at: string;
	/** 8 to 32 of a-z and 0-9, by chance. */
	readonly id: string;
}

/** What is missing of a line before it can be taken down. */
export type LineGap = 'words' | 'votes' | 'owner' | 'due' | 'refused';

/** The record of a new line, or what is missing for it. What a household says is about the household. */
export function newLineEntry(
	typed: LineFields,
	{ meeting, item, at, id }: LineContext
): { readonly entry: Entry } | { readonly gap: LineGap } {
	const gap = gapIn(typed);
	if (gap) return { gap };
	if (typed.about === 'matter') return matterEntry(typed, { meeting, item, at, id });
	const scope = typed.about === 'said' && typed.household !== '' ? typed.household : meeting.scope;
	const body = lineBody({ about: typed.about, item, at }, typed);
	if (!body) return { gap: 'refused' };
	return { entry: { kind: 'minute', entity: minuteEntity(scope, meeting.id, id), scope, body, seen: [] } };
}

/** What the meeting gave someone to do: a matter from its birth. */
function matterEntry(
	typed: LineFields,
	{ meeting, item, id }: LineContext
): { readonly entry: Entry } | { readonly gap: LineGap } {
	const { scope } = meeting;
	const name = asLine(typed.owner);
	const owner = { name, ...(typed.account !== '' && { account: typed.account }) };
	const body: JsonObject = {
		text: asText(typed.words),
		source: 'meeting',
		from: { meeting: meeting.entity, item },
		stage: { name: 'doing', owner, due: typed.due, round: 1 }
	};
	if (!v.safeParse(matterBody, body).success) return { gap: 'refused' };
	return { entry: { kind: 'matter', entity: matterEntity(scope, id), scope, body, seen: [] } };
}

function gapIn(typed: LineFields): LineGap | undefined {
	if (asText(typed.words) === '') return 'words';
	if (typed.about === 'count' && typed.for + typed.against + typed.abstain === 0) return 'votes';
	if (typed.about !== 'matter') return undefined;
	if (asLine(typed.owner) === '') return 'owner';
	return isDay(typed.due) ? undefined : 'due';
}
