import { longDayText } from '#app/dates.ts';
import { matterStepText } from '#app/matter-step-words.ts';
import { matterStageNames, type MatterStageName } from '#kinds/matter-stage.ts';
import { m } from '#paraglide/messages.js';
import type { PublishedMatter } from '#read-models/published-matter.ts';

/** One of the five steps as residents read it. `lines`: what it means, and what is known of it. */
export interface PublicStep {
	readonly name: string;
	readonly state: 'done' | 'now' | 'later';
	readonly lines: readonly string[];
}

export function publicSteps(body: PublishedMatter, locale: string): readonly PublicStep[] {
	const now = matterStageNames.indexOf(body.stage);
	return matterStageNames.map((name, index) => ({
		name: matterStepText(name),
		state: index === now ? 'now' : index < now ? 'done' : 'later',
		lines: [meaningOf(name), ...knownOf(name, body, locale)]
	}));
}

function meaningOf(name: MatterStageName): string {
	switch (name) {
		case 'raised':
			return m.public_step_raised();
		case 'deliberating':
			return m.public_step_deliberating();
		case 'decided':
			return m.public_step_decided();
		case 'doing':
			return m.public_step_doing();
		case 'evaluating':
			return m.public_step_evaluating();
	}
}

function knownOf(name: MatterStageName, body: PublishedMatter, locale: string): readonly string[] {
	const { decision, owner, due, result, closed } = body;
	switch (name) {
		case 'decided':
			return decision === undefined ? [] : [decision];
		case 'doing':
			return [
				...(owner === undefined ? [] : [m.public_owner({ owner })]),
				...(due === undefined ? [] : [m.public_due({ due: longDayText(due, locale) })]),
				...(result === undefined ? [] : [m.public_result({ result })]),
				...(closed === undefined ? [] : [m.public_closed({ day: longDayText(closed, locale) })])
			];
		default:
			return [];
	}
}

/** 第 4 步（共 5 步）：民办. */
export function publicStepNow(body: PublishedMatter): string {
	const number = matterStageNames.indexOf(body.stage) + 1;
	return m.public_step_at({ number, step: matterStepText(body.stage) });
}
