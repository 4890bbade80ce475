import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { Note } from '#roster/note.ts';
import { localValues } from '#roster/local-values.ts';
import type { RowReport, Totals } from '#roster/row-report.ts';

const sentences = v.record(v.string(), v.string());

export type Locale = 'zh-CN' | 'en';
type Values = Readonly<Record<string, string | number>>;

/** The app's own sentences about a roster, for the terminal. */
export interface Words {
	say(key: string, values?: Values): string;
	note(note: Note): string;
	row(report: RowReport): string;
	totals(totals: Totals): readonly string[];
}

/** The terminal's language: Chinese where the system speaks it, else English. */
export function terminalLocale(): Locale {
	return Intl.DateTimeFormat().resolvedOptions().locale.startsWith('zh') ? 'zh-CN' : 'en';
}

export function wordsIn(locale: Locale): Words {
	const file = new URL(`../../messages/${locale}/roster.json`, import.meta.url);
	const known = v.parse(sentences, JSON.parse(readFileSync(file, 'utf8')));
	const list = locale === 'zh-CN' ? '、' : ', ';

	/** @throws Error for a key without a sentence. */
	const say: Words['say'] = (key, values = {}) => {
		const sentence = known[`roster_${key}`];
		if (sentence === undefined) throw new Error(`no sentence roster_${key} in ${locale}`);
		return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
	};
	const note: Words['note'] = (one) =>
		say(
			one.code,
			localValues(one, (column) => say(`column_${column}`), list)
		);

	return {
		say,
		note,
		row({ at, outcome, notes, label, fields = [] }) {
			const where = (at.sheet ? `${at.sheet} ` : '') + say('row_number', { row: at.row });
			const changed = fields.map((field) => say(`column_${field}`)).join(list);
			const rest = [label, changed, ...notes.map(note)].filter((part) => part !== '');
			return `${where}  ${say(`outcome_${outcome}`)}  ${rest.join(locale === 'zh-CN' ? '；' : '; ')}`;
		},
		totals: ({ new: added, changed, unchanged, skipped, refused, communities, grids, courtyards }) => [
			say('total_households', { added, changed, unchanged }),
			say('total_places', { communities, grids, courtyards }),
			say('total_rows', { skipped, refused })
		]
	};
}
