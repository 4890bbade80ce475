import type { Ballot, Stage } from '#kinds/convention-stage.ts';
import { m } from '#paraglide/messages.js';
import { shortDayText } from './dates.ts';
import { stageText } from './stage-words.ts';

/** 公示：到11月30日: a step with what tells it from another of the same name. */
export function stageFacts(stage: Stage, locale: string): string {
	const name = stageText(stage.name);
	switch (stage.name) {
		case 'voting': {
			const { opens, closes } = stage.ballot;
			const days = { opens: shortDayText(opens, locale), closes: shortDayText(closes, locale) };
			return m.doubts_stage_voting({ stage: name, ...days, count: countText(stage.ballot) });
		}
		case 'posted':
			return m.doubts_stage_posted({ stage: name, until: shortDayText(stage.posting.until, locale) });
		case 'in-force': {
			const { version, since } = stage.inForce;
			return m.doubts_stage_in_force({ stage: name, version, since: shortDayText(since, locale) });
		}
		case 'deliberating':
			return stage.because === undefined
				? name
				: m.doubts_stage_because({ stage: name, because: stage.because });
		default:
			return name;
	}
}

/** 还没计票, or what was counted. */
function countText({ result }: Ballot): string {
	if (!result) return m.doubts_stage_uncounted();
	const { agree, disagree, abstain } = result;
	const outcome = result.passed ? m.doubts_stage_passed() : m.doubts_stage_failed();
	return m.doubts_stage_counted({ agree, disagree, abstain, outcome });
}
