import { m } from '#paraglide/messages.js';

const names: Readonly<Record<string, () => string>> = {
	area: m.trace_kind_area,
	courtyard: m.trace_kind_courtyard,
	household: m.trace_kind_household,
	'check-in': m.trace_kind_check_in,
	act: m.trace_kind_act,
	'points-rule': m.trace_kind_points_rule,
	redemption: m.trace_kind_redemption,
	convention: m.trace_kind_convention,
	opinion: m.trace_kind_opinion,
	vote: m.trace_kind_vote,
	meeting: m.trace_kind_meeting,
	minute: m.trace_kind_minute,
	amendment: m.trace_kind_amendment,
	matter: m.trace_kind_matter,
	progress: m.trace_kind_progress,
	whistle: m.trace_kind_whistle,
	evaluation: m.trace_kind_evaluation,
	publication: m.trace_kind_publication,
	policy: m.trace_kind_policy,
	erasure: m.trace_kind_erasure
};

/** 打卡; 其他 for what a later version of the app records. */
export function kindText(kind: string): string {
	return (names[kind] ?? m.trace_kind_other)();
}
