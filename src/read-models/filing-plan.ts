import { addDays, dayAt, type Day } from '#kinds/day.ts';
import { maxMinutes, type Filing } from '#kinds/meeting-stage.ts';
import { hashOfJson, type Hash } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import { linesIn } from './filed-minutes.ts';
import type { MeetingState } from './meeting-state.ts';
import type { Line, Minutes } from './minutes.ts';

/**
 * Why a meeting cannot be filed yet. `stage`: it has not ended, or is filed. `meeting`, `lines`, `matters`: someone must choose
 * between what two people wrote. `untitled`: it has no title or time. `empty`: nothing was taken down. `many`: more
 * lines than a filing names.
 */
export type FilingObstacle = 'stage' | 'meeting' | 'lines' | 'matters' | 'untitled' | 'empty' | 'many';

/** Who signs, with what they drew. */
export type Signed = Filing['chair'];

export interface FilingChoices {
	/** The revision that has the meeting as it was shown. */
	readonly text: Hash;
	readonly chair: Signed;
	readonly recorder: Signed;
	/** By the clock of whoever files; where the meeting ended later by another's, that day is it. */
	readonly day: Day;
	/** How long who was there may object or add. */
	readonly days: number;
}

export function filingObstacles(state: MeetingState, minutes: Minutes): readonly FilingObstacle[] {
	const { doubts, read } = state;
	const lines = linesIn(minutes);
	const matters = minutes.items.flatMap((item) => item.matters);
	const found: readonly (readonly [FilingObstacle, boolean])[] = [
		['stage', read.stage?.name !== 'ended' && !doubts.some(({ path }) => path === '/stage')],
		['meeting', doubts.length > 0],
		['lines', lines.some(isOpen)],
		['matters', matters.some((matter) => matter.doubts.length > 0 || !matter.stage)],
		['untitled', doubts.length === 0 && (read.title === undefined || read.starts === undefined)],
		['empty', lines.length + matters.length === 0],
		['many', minutesNamed(minutes).length > maxMinutes]
	];
	return found.flatMap(([obstacle, stands]) => (stands ? [obstacle] : []));
}

/** The body that files what was shown. @throws RangeError when the meeting has not ended. */
export function filedBody(
	{ body, read }: MeetingState,
	minutes: Minutes,
	choices: FilingChoices
): JsonObject {
	if (read.stage?.name !== 'ended')
		throw new RangeError(`not to be filed: ${read.stage?.name ?? 'in doubt'}`);
	const { text, chair, recorder, day: today, days } = choices;
	const ended = dayAt(new Date(read.stage.ended));
	const day = today < ended ? ended : today;
	const filing = {
		text,
		minutes: minutesNamed(minutes),
		matters: mattersNamed(minutes),
		chair: { ...chair },
		recorder: { ...recorder },
		day,
		until: addDays(day, days)
	};
	return { ...body, stage: { ...read.stage, name: 'filed', filing } };
}

/** What was shown to who signs, in one hash: it changes with every line and every step, and with the days to object. */
export function shownText({ heads }: MeetingState, minutes: Minutes, days: FilingChoices['days']): Hash {
	return hashOfJson([heads, minutesNamed(minutes), mattersNamed(minutes), days]);
}

/** A line that two people changed side by side, and that joined by itself, has several heads. */
function minutesNamed(minutes: Minutes): Hash[] {
	return sorted(linesIn(minutes).flatMap(({ heads }) => heads));
}

function mattersNamed({ items }: Minutes): Hash[] {
	return sorted(items.flatMap(({ matters }) => matters).flatMap(({ heads }) => heads));
}

function sorted(hashes: readonly Hash[]): Hash[] {
	return [...new Set(hashes)].sort();
}

/** Someone must choose between its versions, or a later version of the app wrote it. */
function isOpen({ body }: Line): boolean {
	return body === undefined;
}
