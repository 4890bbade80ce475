import * as v from 'valibot';
import { shortDayText } from './dates.ts';
import { meetingStageText } from './meeting-words.ts';
import { matterStepText } from './matter-step-words.ts';
import { stageFacts } from './stage-facts.ts';
import { stageBody } from '#kinds/convention-stage.ts';
import { matterStageBody, matterStageNames, type MatterStage } from '#kinds/matter-stage.ts';
import { meetingStageBody, type MeetingStage } from '#kinds/meeting-stage.ts';
import { m } from '#paraglide/messages.js';
import { canonicalJson } from '#records/canonical-json.ts';
import type { Json } from '#records/json.ts';

/** A step of a convention, a meeting or a matter, with what goes with it. */
export function stageValueText(kind: string, value: Json | undefined, locale: string): string {
	// A matter that says nothing of it was raised.
	if (value === undefined) return kind === 'matter' ? matterStepText('raised') : m.value_none();
	switch (kind) {
		case 'convention':
			return v.is(stageBody, value) ? stageFacts(value, locale) : canonicalJson(value);
		case 'meeting':
			return v.is(meetingStageBody, value) ? meetingText(value) : canonicalJson(value);
		case 'matter':
			return v.is(matterStageBody, value) ? matterText(value, locale) : canonicalJson(value);
		default: {
			const name = matterStageNames.find((known) => known === value);
			return name ? matterStepText(name) : canonicalJson(value);
		}
	}
}

function meetingText(stage: MeetingStage): string {
	const name = meetingStageText(stage.name);
	if (stage.name !== 'filed' && stage.name !== 'confirmed') return name;
	const { minutes, matters } = stage.filing;
	return m.trace_stage_filed({ stage: name, count: minutes.length + matters.length });
}

function matterText(stage: MatterStage, locale: string): string {
	const name = matterStepText(stage.name);
	switch (stage.name) {
		case 'raised':
		case 'deliberating':
			return name;
		case 'decided':
			return stage.lines
				? m.affairs_stage_decided_on({
						...{ step: name, decision: stage.decision },
						count: stage.lines.length
					})
				: m.trace_stage_words({ stage: name, words: stage.decision });
		case 'doing':
			return m.trace_stage_owner({
				...{ stage: name, who: stage.owner.name },
				due: shortDayText(stage.due, locale)
			});
		case 'evaluating':
			return m.trace_stage_words({ stage: name, words: stage.result });
	}
}
