import type { Clause } from '#kinds/clause.ts';
import { m } from '#paraglide/messages.js';
import type { ClauseLine } from '#read-models/convention-state.ts';
import { clauseNumberText } from './clause-number.ts';

/** A text to be read out, as it stands or as it was frozen. */
export interface SpokenText {
	readonly title?: string | undefined;
	readonly preamble?: string | undefined;
	readonly lines: readonly ClauseLine[];
}

/** A clause as it is read out: 第一条，按时投放。文本 */
function spokenClause(clause: Pick<Clause, 'heading' | 'text'>, number: number, locale: string): string {
	return [[clauseNumberText(number, locale), clause.heading].filter(Boolean).join(' '), clause.text].join(
		'\n'
	);
}

/** Of a clause that two people changed, each version is read, after words that say so. */
export function spokenLine(line: ClauseLine, number: number, locale: string): string {
	if (line.type === 'clause') return spokenClause(line.clause, number, locale);
	const versions = line.versions.map(({ clause }, index) =>
		m.convention_spoken_version({
			number: index + 1,
			text: clause ? [clause.heading, clause.text].filter(Boolean).join('\n') : m.convention_doubt_out()
		})
	);
	return [`${clauseNumberText(number, locale)} ${m.convention_doubt()}`, ...versions].join('\n');
}

/** A whole text, part by part: some browsers fall silent in the middle of a long one. */
export function spokenText({ title, preamble, lines }: SpokenText, locale: string): readonly string[] {
	return [title, preamble, ...lines.map((line, index) => spokenLine(line, index + 1, locale))].flatMap(
		(part) => part || []
	);
}
