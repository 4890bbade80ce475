import { toDay } from '#kinds/day.ts';
import { filedMinutes, type FiledMinutes } from '#read-models/filed-minutes.ts';
import { checkFiling, type FilingCheck } from '#read-models/filing-check.ts';
import { filedBody } from '#read-models/filing-plan.ts';
import { minutesOf } from '#read-models/minutes.ts';
import { hashOfJson } from '#records/hash.ts';
import { isJsonObject, type JsonObject } from '#records/json.ts';
import type { Revision } from '#records/revision.ts';
import { filedRecord, held, opened, signatures, stateIn, taken } from './filing-records.ts';
import { holding } from './meeting-records.ts';

const day = toDay('2026-11-23');

/** The body that files what is held in `revisions`. */
export function bodyFiling(...revisions: readonly Revision[]): JsonObject {
	const records = holding(...revisions);
	const state = stateIn(records);
	const [text] = state.heads;
	if (!text) throw new Error('no head');
	return filedBody(state, minutesOf(records, state), { text, ...signatures, day, days: 7 });
}

export const before = [opened, held, ...taken];
export const files = filedRecord(bodyFiling(...before));
export const all = [...before, files];

/** The hash of what was signed, and of the signatures. */
export function codeOf({ body }: Revision): string {
	const stage = body?.['stage'];
	return hashOfJson((isJsonObject(stage) && stage['filing']) || null);
}

export function filed(...revisions: readonly Revision[]): FiledMinutes {
	const records = holding(...revisions);
	const found = filedMinutes(records, stateIn(records));
	if (!found) throw new Error('not filed');
	return found;
}

export function check(...revisions: readonly Revision[]): FilingCheck {
	const records = holding(...revisions);
	const found = checkFiling(records, stateIn(records));
	if (!found) throw new Error('not filed');
	return found;
}

export function stage({ body }: Revision): JsonObject {
	const value = body?.['stage'];
	if (value === undefined || !isJsonObject(value)) throw new TypeError('no stage');
	return value;
}

export function filingWith(changes: JsonObject): JsonObject {
	const { filing = null } = stage(files);
	if (!isJsonObject(filing)) throw new TypeError('no filing');
	return { ...filing, ...changes };
}
