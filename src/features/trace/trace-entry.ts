import { recordTitle } from '#app/record-title.ts';
import { timeText } from '#app/dates.ts';
import { m } from '#paraglide/messages.js';
import { historyEntry, type Change } from '#read-models/history.ts';
import { recordedOn } from '#read-models/trace.ts';
import type { Revision } from '#records/revision.ts';
import { byTelling, fieldText, isSpoken } from '#app/field-names.ts';
import { valueText, type Wording } from '#app/field-values.ts';
import { kindText } from './kind-words.ts';

/** 写下, 修改, 合到一起, 撤回. */
export function stepText({ body, parents }: Revision): string {
	if (body === null) return m.trace_step_withdrawn();
	if (parents.length === 0) return m.trace_step_first();
	return parents.length > 1 ? m.trace_step_joined() : m.trace_step_changed();
}

/** What a revision changed that people have words for. */
export function changesIn(wording: Wording, revision: Revision): readonly Change[] {
	return historyEntry(wording.records, revision)
		.changes.filter(({ path }) => isSpoken(revision.kind, path))
		.toSorted(byTelling);
}

export const columns = [
	m.trace_column_at,
	m.trace_column_author,
	m.trace_column_device,
	m.trace_column_kind,
	m.trace_column_about,
	m.trace_column_step,
	m.trace_column_changes,
	m.trace_column_reason,
	m.trace_column_hash
] as const;

/** A line of the table that is exported, in the order of `columns`. */
export function traceRow(wording: Wording, revision: Revision): readonly string[] {
	const { records, locale } = wording;
	return [
		`${recordedOn(revision)} ${timeText(revision.at, locale)}`,
		revision.author,
		revision.device,
		kindText(revision.kind),
		recordTitle(records, revision, locale),
		stepText(revision),
		revision.body === null
			? ''
			: changesIn(wording, revision)
					.map((change) => changeText(wording, revision.kind, change))
					.join(m.trace_semicolon()),
		revision.reason ?? '',
		revision.hash
	];
}

function changeText(wording: Wording, kind: string, { path, before, after }: Change): string {
	const text = { field: fieldText(kind, path), after: valueText(kind, path, after, wording) };
	if (before.length === 0) return m.trace_set(text);
	const said = new Set(before.map((value) => valueText(kind, path, value, wording)));
	return m.trace_change({ ...text, before: [...said].join(m.list_or()) });
}
