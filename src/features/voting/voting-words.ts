import { atLeast, type PassRule } from '#kinds/pass-rule.ts';
import { voteChoices, type VoteChoice } from '#kinds/vote.ts';
import { m } from '#paraglide/messages.js';
import type { Uncounted } from '#read-models/cast-votes.ts';
import { householdAt, householdLabel } from '#read-models/places.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';
import type { Option } from '#ui/option.ts';

export function choiceText(choice: VoteChoice): string {
	switch (choice) {
		case 'agree':
			return m.voting_agree();
		case 'disagree':
			return m.voting_disagree();
		case 'abstain':
			return m.voting_abstain();
	}
}

export function choiceOptions(): readonly Option<VoteChoice>[] {
	return voteChoices.map((value) => ({ value, label: choiceText(value) }));
}

export function uncountedText(why: Uncounted): string {
	switch (why) {
		case 'day':
			return m.voting_apart_day();
		case 'left-out':
			return m.voting_apart_left_out();
		case 'closed':
			return m.voting_apart_closed();
		case 'erased':
			return m.voting_apart_erased();
		case 'text':
			return m.voting_apart_text();
		case 'voter':
			return m.voting_apart_voter();
	}
}

/** 14 户：至少 7 户参加，参加的至少 2/3 同意。 */
export function ruleText(rule: PassRule, voters: number): string {
	return m.voting_rule({ voters, turnout: atLeast(rule.turnout, voters), share: rule.agree });
}

/** 东1 甲: a household by its door and, where that is told here, its head. */
export function householdText(records: RevisionSet, scope: Scope): string {
	const household = householdAt(records, scope);
	if (!household) return scope.slice(scope.lastIndexOf('/') + 1);
	return [householdLabel(household), household.body.head].filter(Boolean).join(' ');
}
