import { policyOf } from '#kinds/kinds.ts';
import type { MatterStage } from '#kinds/matter-stage.ts';
import { meetingOf } from '#kinds/meeting.ts';
import { minuteOf } from '#kinds/minute.ts';
import { isJsonObject, type JsonObject } from '#records/json.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { filedMinutes, isErased, linesIn } from './filed-minutes.ts';
import { decisionIn, matterSteps } from './matter-steps.ts';
import { matterAt, type ListedMatter } from './matters.ts';
import { meetingState } from './meeting-state.ts';
import { lineAt, minutesOf, type ItemMinutes, type Line } from './minutes.ts';
import { withdrawalOf, type Withdrawal } from './withdrawal.ts';

type Decision = MatterStage & { readonly name: 'decided' };

/**
 * A line that a decision rests on. `signed`: it is of filed minutes, and read as they were signed. `erased`: its
 * household's personal data was. `withdrawn`: it reads as before; signed, it stays in the minutes. `unknown`: not
 * held here.
 */
export type DecisionLine =
	| {
			readonly state: 'standing' | 'erased';
			readonly entity: string;
			readonly line: Line;
			readonly signed: boolean;
	  }
	| ({
			readonly state: 'withdrawn';
			readonly entity: string;
			readonly line: Line | undefined;
			readonly signed: boolean;
	  } & Withdrawal)
	| { readonly state: 'unknown'; readonly entity: string };

/** What a matter's last decision rests on, in the order in which it names it. */
export function decisionLines(
	records: RevisionSet,
	{ meeting, lines = [] }: Pick<Decision, 'meeting' | 'lines'>
): readonly DecisionLine[] {
	const state = meeting === undefined ? undefined : meetingState(records, meeting);
	const filed = state && filedMinutes(records, state);
	const signed = new Map((filed ? linesIn(filed.minutes) : []).map((line) => [line.entity, line]));
	return lines.map((entity) => {
		const line = signed.get(entity) ?? lineAt(records, entity);
		const found = { entity, signed: signed.has(entity) };
		const withdrawal = withdrawalOf(records, 'minute', entity);
		if (withdrawal)
			return { ...found, state: 'withdrawn', line: line ?? lineBefore(records, entity), ...withdrawal };
		if (!line) return { state: 'unknown', entity };
		return { ...found, state: isErased(line) ? 'erased' : 'standing', line };
	});
}

/** The lines a matter was linked to besides those of its decision, by the meetings it names. */
export function linkedLines(
	records: RevisionSet,
	{ body }: Pick<ListedMatter, 'body'>
): readonly { readonly meeting: string; readonly lines: readonly DecisionLine[] }[] {
	const { lines = [], meetings = [], from } = body;
	const named = new Set([...(from ? [from.meeting] : []), ...meetings]);
	return [...named].flatMap((meeting) => {
		const { id } = meetingOf(meeting) ?? {};
		const ofMeeting = lines.filter((line) => minuteOf(line)?.meeting === id);
		return ofMeeting.length > 0
			? [{ meeting, lines: decisionLines(records, { meeting, lines: ofMeeting }) }]
			: [];
	});
}

/** What of a meeting's minutes a decision can rest on, by the items: as it was signed, otherwise as it stands. */
export function linesToRestOn(records: RevisionSet, meeting: string): readonly ItemMinutes[] {
	const state = meetingState(records, meeting);
	if (!state) return [];
	const minutes = filedMinutes(records, state)?.minutes ?? minutesOf(records, state);
	return minutes.items.filter(({ lines }) => lines.length > 0);
}

/** The matters that rest on lines of a meeting's minutes, by the line; none that were taken back. */
export function mattersResting(
	records: RevisionSet,
	meeting: string
): ReadonlyMap<string, readonly ListedMatter[]> {
	const resting = new Map<string, readonly ListedMatter[]>();
	for (const entity of [...records.entities('matter')].sort()) {
		if (!everRested(records, entity, meeting)) continue;
		const matter = matterAt(records, entity);
		if (!matter || matter.withdrawn !== undefined) continue;
		const decision = decisionIn(matterSteps(records, matter));
		const decided = decision?.meeting === meeting ? (decision.lines ?? []) : [];
		const { id } = meetingOf(meeting) ?? {};
		const linked = (matter.body.lines ?? []).filter((line) => minuteOf(line)?.meeting === id);
		for (const line of new Set([...decided, ...linked]))
			resting.set(line, [...(resting.get(line) ?? []), matter]);
	}
	return resting;
}

/** Whether someone ever based it on lines of minutes: asked first, for most matters rest on nothing. */
function everRested(records: RevisionSet, entity: string, meeting: string): boolean {
	const rests = (stage: JsonObject) => stage['meeting'] === meeting && stage['lines'] !== undefined;
	return [...records.revisions('matter', entity)].some(({ body }) => {
		const stage = body?.['stage'];
		return body?.['lines'] !== undefined || (isJsonObject(stage) && rests(stage));
	});
}

/** A line as it read before it was taken back. */
function lineBefore(records: RevisionSet, entity: string): Line | undefined {
	const before = new RevisionSet(policyOf);
	before.add([...records.revisions('minute', entity)].filter(({ body }) => body !== null));
	return lineAt(before, entity);
}
