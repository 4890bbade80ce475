import type { Ballot, Stage } from '#kinds/convention-stage.ts';
import { m } from '#paraglide/messages.js';
import type { Written } from '#read-models/written.ts';
import { instantText, shortDayText } from './dates.ts';
import { stageText } from './stage-words.ts';

/** What is known of a ballot beside its own record. `voted`: households; undefined where the reader may not know. */
export interface BallotFacts {
	readonly opened?: Written | undefined;
	readonly voted?: number | undefined;
}

/** 公示：到11月30日: a step with what tells it from another of the same name. */
export function stageFacts(stage: Stage, locale: string, { opened, voted }: BallotFacts = {}): string {
	const name = stageText(stage.name);
	switch (stage.name) {
		case 'voting': {
			const { opens, closes } = stage.ballot;
			const facts = {
				...{ stage: name, opens: shortDayText(opens, locale), closes: shortDayText(closes, locale) },
				count: countText(stage.ballot, voted)
			};
			if (!opened) return m.doubts_stage_voting(facts);
			const { author, at } = opened;
			return m.doubts_stage_voting_opened({ ...facts, author, when: instantText(at, locale) });
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

/** 还没计票，已有 3 户投票, or what was counted. */
function countText({ result }: Ballot, voted: number | undefined): string {
	const uncounted = m.doubts_stage_uncounted();
	if (!result) return voted === undefined ? uncounted : m.doubts_stage_voted({ count: uncounted, voted });
	const { agree, disagree, abstain } = result;
	const outcome = result.passed ? m.doubts_stage_passed() : m.doubts_stage_failed();
	return m.doubts_stage_counted({ agree, disagree, abstain, outcome });
}
