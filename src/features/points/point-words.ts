import { qualityText } from '#app/check-in-words.ts';
import { shortDayText } from '#app/dates.ts';
import type { ActType } from '#kinds/act.ts';
import { m } from '#paraglide/messages.js';
import type { Deed, PointsLine } from '#read-models/points.ts';
import type { RuleField } from '#read-models/points-rules.ts';

export function actText(act: ActType | 'unclear'): string {
	switch (act) {
		case 'meeting':
			return m.points_meeting();
		case 'opinion':
			return m.points_opinion();
		case 'volunteering':
			return m.points_volunteering();
		case 'unclear':
			return m.points_unclear();
	}
}

/** What a household did: 打卡：分对了; 志愿服务 2 小时. */
export function deedText(deed: Deed): string {
	if (deed.type === 'check-in') return m.points_check_in({ quality: qualityText(deed.quality) });
	if (deed.type === 'volunteering') return m.points_hours({ hours: deed.hours ?? 0 });
	return actText(deed.type);
}

/** Why a line counts what it counts, a sentence each. */
export function reasonsOf(line: PointsLine, locale: string): readonly string[] {
	if (line.inDoubt) return [m.points_in_doubt()];
	if (line.rule === undefined) return [m.points_no_rule()];
	const rule = m.points_by_rule({ day: shortDayText(line.rule, locale), points: line.earned });
	return [
		rule,
		line.cutByDay > 0 && m.points_cut_day({ points: line.cutByDay }),
		line.cutByMonth > 0 && m.points_cut_month({ points: line.cutByMonth }),
		line.ruleInDoubt && m.points_rule_doubt()
	].filter((text) => text !== false);
}

export function ruleFieldText(field: RuleField): string {
	switch (field) {
		case 'sorted':
			return m.points_rule_sorted();
		case 'mixed':
			return m.points_rule_mixed();
		case 'meeting':
			return m.points_rule_meeting();
		case 'opinion':
			return m.points_rule_opinion();
		case 'hour':
			return m.points_rule_hour();
		case 'perDay':
			return m.points_rule_per_day();
		case 'perMonth':
			return m.points_rule_per_month();
	}
}
