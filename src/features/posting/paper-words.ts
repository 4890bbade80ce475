import { clauseNumberText } from '#app/clause-number.ts';
import { longDayText } from '#app/dates.ts';
import { fileName } from '#app/file-name.ts';
import { stageText } from '#app/stage-words.ts';
import type { Stage } from '#kinds/convention-stage.ts';
import { voteChoices, type VoteChoice } from '#kinds/vote.ts';
import { m } from '#paraglide/messages.js';
import type {
	ConventionPaper,
	PaperClause,
	PaperLine,
	PaperStanding,
	PaperText,
	PaperVote
} from '#read-models/convention-paper.ts';
import type { Option } from '#ui/option.ts';

export interface PaperFact {
	readonly label: string;
	readonly text: string;
}

/** One clause as it is read on paper: its number is apart, since Word numbers by itself. */
export interface PaperClauseWords {
	readonly number: string;
	readonly heading?: string;
	readonly paragraphs: readonly string[];
	/** Small below the text: whose suggestions are in it. */
	readonly credits?: string;
}

/** All the words of a paper, in one language, in the order in which they stand on it. */
export interface PaperWords {
	/** 草稿, 表决文本, 公示稿, 已生效: in one word. */
	readonly mark: string;
	readonly title: string;
	/** What it is, so that nobody takes a draft for what binds. */
	readonly standing: string;
	readonly place: string;
	readonly preamble: readonly string[];
	readonly clauses: readonly PaperClauseWords[];
	readonly facts: readonly PaperFact[];
	readonly signers: readonly PaperSignerWords[];
}

export interface PaperSignerWords {
	readonly door: string;
	/** That it voted; where it was asked for, what, or boxes to tick while a vote is on. */
	readonly choice: readonly string[];
}

/** What the paper says of itself, and where more is to be read. */
export function paperWords(paper: ConventionPaper, locale: string): PaperWords {
	return {
		mark: markText(paper.standing),
		title: paper.title ?? m.posting_paper_untitled(),
		standing: standingText(paper, locale),
		place: placeText(paper),
		preamble: paragraphs(paper.preamble ?? ''),
		clauses: paper.lines.map((line) => clauseWords(line, locale)),
		facts: facts(paper, locale),
		signers: paper.signers.map(({ door, courtyard, voted, choice }) => ({
			door: [courtyard, door].filter((name) => name !== undefined).join(' '),
			choice: choice ? [choiceText(choice)] : voted ? [m.posting_paper_voted()] : boxes(paper)
		}))
	};
}

/** A name for the file: title, version and what it is. */
export function paperFileName(paper: ConventionPaper): string {
	const parts = [paper.title, m.posting_file_version({ version: paper.version }), markText(paper.standing)];
	return fileName(parts, 'docx');
}

/** The texts of a convention that can be put on paper, by what they are. */
export function paperTextOptions(
	stage: Stage | undefined,
	texts: readonly PaperText[]
): readonly Option<PaperText>[] {
	return texts.map((value) => ({ value, label: paperTextLabel(stage, value) }));
}

function paperTextLabel(stage: Stage | undefined, text: PaperText): string {
	const inForce = stage?.inForce?.version ?? 0;
	if (text === 'in-force') return m.posting_text_in_force({ version: inForce });
	const version = inForce + 1;
	if (stage?.name === 'voting') return m.posting_text_coming_ballot({ version });
	return stage?.name === 'posted'
		? m.posting_text_coming_posted({ version })
		: m.posting_text_coming_draft({ version });
}

function markText({ type }: PaperStanding): string {
	switch (type) {
		case 'draft':
			return m.posting_paper_draft();
		case 'ballot':
			return m.posting_paper_ballot();
		case 'posted':
			return m.posting_paper_posted();
		case 'in-force':
			return m.posting_paper_in_force();
	}
}

function standingText({ standing, version }: ConventionPaper, locale: string): string {
	switch (standing.type) {
		case 'draft':
			return m.posting_paper_draft_line({ version, stage: stageText(standing.stage) });
		case 'ballot':
			return m.posting_paper_ballot_line({ version });
		case 'posted':
			return m.posting_paper_posted_line({ version });
		case 'in-force':
			return m.posting_paper_in_force_line({ version, day: longDayText(standing.since, locale) });
	}
}

function placeText({ place, courtyards }: ConventionPaper): string {
	const all = place.join(' ');
	return courtyards.length === 0
		? all
		: m.posting_paper_place_courtyards({ place: all, courtyards: courtyards.join(m.list_comma()) });
}

function clauseWords(line: PaperLine, locale: string): PaperClauseWords {
	const number = clauseNumberText(line.number, locale);
	if (line.type === 'doubt') return { number, paragraphs: doubtWords(line.versions) };
	const { heading, text, credits } = line.clause;
	return {
		number,
		...(heading !== undefined && { heading }),
		paragraphs: paragraphs(text),
		...(credits !== undefined && { credits: creditsText(credits) })
	};
}

function doubtWords(versions: readonly (PaperClause | undefined)[]): readonly string[] {
	const wordings = versions.map((version, index) => {
		const number = index + 1;
		if (!version) return m.posting_paper_removed({ number });
		const text = [version.heading, version.text].filter((part) => part !== undefined).join(' · ');
		return m.posting_paper_version({ number, text });
	});
	return [m.posting_paper_doubt(), ...wordings];
}

function creditsText(credits: readonly string[] | number): string {
	return typeof credits === 'number'
		? m.clause_credits_count({ count: credits })
		: m.clause_credits({ households: credits.join(m.list_comma()) });
}

function facts({ standing, rule, vote, check }: ConventionPaper, locale: string): readonly PaperFact[] {
	const day = (one: Parameters<typeof longDayText>[0]) => longDayText(one, locale);
	const all: PaperFact[] = [];
	if (rule) all.push({ label: m.posting_paper_rule(), text: m.posting_paper_rule_text(rule) });
	if (standing.type === 'ballot') {
		const days = m.posting_paper_vote_days_text({ from: day(standing.opens), to: day(standing.closes) });
		all.push({ label: m.posting_paper_vote_days(), text: days });
	}
	if (vote) all.push(voteFact(vote));
	if (standing.type === 'posted' || standing.type === 'in-force') {
		const { from, until } = standing.posting;
		const text = m.posting_paper_posting_text({ from: day(from), until: day(until) });
		all.push({ label: m.posting_paper_posting(), text });
	}
	if (standing.type === 'posted') {
		const text = m.posting_paper_objection_text({ until: day(standing.posting.until) });
		all.push({ label: m.posting_paper_objection(), text });
	}
	if (standing.type === 'in-force')
		all.push({
			label: m.posting_paper_since(),
			text: m.posting_paper_since_text({ day: day(standing.since) })
		});
	if (check !== undefined)
		all.push({ label: m.posting_paper_check(), text: m.posting_paper_check_text({ check }) });
	return all;
}

function voteFact({ voters, turnout, result }: PaperVote): PaperFact {
	if (!result)
		return { label: m.posting_paper_voters(), text: m.posting_paper_voters_text({ voters, turnout }) };
	const { given, agree, disagree, abstain, agreement, passed } = result;
	const outcome = passed ? m.posting_paper_passed() : m.posting_paper_failed();
	return {
		label: m.posting_paper_result(),
		text: m.posting_paper_result_text({
			...{ voters, given, turnout, agree, disagree, abstain, agreement },
			outcome
		})
	};
}

function boxes({ standing, vote, choices }: ConventionPaper): readonly string[] {
	return choices && standing.type === 'ballot' && !vote?.result
		? voteChoices.map((choice) => `□ ${choiceText(choice)}`)
		: [];
}

function choiceText(choice: VoteChoice): string {
	switch (choice) {
		case 'agree':
			return m.posting_paper_choice_agree();
		case 'disagree':
			return m.posting_paper_choice_disagree();
		case 'abstain':
			return m.posting_paper_choice_abstain();
	}
}

function paragraphs(text: string): readonly string[] {
	return text.split('\n').filter((line) => line.trim() !== '');
}
