import type { ConventionType } from '#kinds/convention.ts';
import type { StageName } from '#kinds/convention-stage.ts';
import type { PassRule } from '#kinds/pass-rule.ts';
import { m } from '#paraglide/messages.js';
import type { ClauseChanges } from './draft-changes.ts';
import { maxLine, maxText, type Broken } from './draft-limits.ts';
import type { TemplateName } from './templates/templates.ts';

const shareTexts = {
	'1/2': m.drafting_half,
	'2/3': m.drafting_two_thirds,
	'3/4': m.drafting_three_quarters,
	'4/5': m.drafting_four_fifths,
	'1/1': m.drafting_all
} as const;

/** 三分之二; a fraction that has no word of its own stays in figures. */
function shareText(share: string): string {
	const known = Object.entries(shareTexts).find(([fraction]) => fraction === share);
	return known ? known[1]() : share;
}

/** The common fractions, and the one that stands. */
export function shareOptions(standing: string): readonly { value: string; label: string }[] {
	const shares = Object.keys(shareTexts);
	const all = shares.includes(standing) ? shares : [...shares, standing];
	return all.map((value) => ({ value, label: shareText(value) }));
}

/** 至少一半的户参加，参加的户里三分之二同意，就通过。 */
export function ruleText({ turnout, agree }: PassRule): string {
	return m.drafting_rule_text({ turnout: shareText(turnout), agree: shareText(agree) });
}

/** What is wrong with a field, in words. */
export function brokenText(broken: Broken | undefined): string | undefined {
	if (!broken) return undefined;
	const { field, problem, length } = broken;
	if (problem === 'empty') return field === 'title' ? m.drafting_title_empty() : m.drafting_text_empty();
	const max = field === 'text' || field === 'preamble' ? maxText : maxLine;
	return m.drafting_too_long({ length, max });
}

/** 新加 1 条，改了 2 条; what else was changed where no clause was. */
export function changesText({ added, removed, reworded, moved }: ClauseChanges): string {
	const parts = [
		added > 0 && m.drafting_changes_added({ count: added }),
		removed > 0 && m.drafting_changes_removed({ count: removed }),
		reworded > 0 && m.drafting_changes_reworded({ count: reworded }),
		moved > 0 && m.drafting_changes_moved({ count: moved })
	].filter((part) => part !== false);
	return parts.length > 0 ? parts.join(m.list_comma()) : m.drafting_changes_other();
}

export function templateText(name: TemplateName, type: ConventionType): string {
	switch (name) {
		case 'sorting':
			return m.drafting_template_sorting();
		case 'clutter':
			return m.drafting_template_clutter();
		case 'dogs':
			return m.drafting_template_dogs();
		case 'toilets':
			return m.drafting_template_toilets();
		case 'quiet':
			return m.drafting_template_quiet();
		case 'courtyard':
			return m.drafting_template_courtyard();
		case 'charter':
			return m.drafting_template_charter();
		case 'empty':
			return type === 'charter' ? m.drafting_template_empty_charter() : m.drafting_template_empty();
	}
}

/** Why the text cannot be written on at this stage, and what to do; undefined where it can. */
export function frozenText(stage: StageName): { readonly title: string; readonly text: string } | undefined {
	switch (stage) {
		case 'voting':
			return { title: m.drafting_voting_title(), text: m.drafting_voting_text() };
		case 'posted':
			return { title: m.drafting_posted_title(), text: m.drafting_posted_text() };
		case 'in-force':
			return { title: m.drafting_in_force_title(), text: m.drafting_in_force_text() };
		case 'reviewing':
			return { title: m.drafting_reviewing_title(), text: m.drafting_reviewing_text() };
		case 'collecting':
		case 'drafting':
		case 'deliberating':
			return undefined;
	}
}
