import { clauseNumberText } from '#app/clause-number.ts';
import { stageFacts, type BallotFacts } from '#app/stage-facts.ts';
import { writtenBy } from '#app/written-by.ts';
import { m } from '#paraglide/messages.js';
import {
	clauseOf,
	doubtSubject,
	stageOf,
	type ConventionDoubt,
	type DoubtVersion
} from '#read-models/convention-doubts.ts';
import type { ClauseLine } from '#read-models/convention-state.ts';
import type { Written } from '#read-models/written.ts';
import type { Json } from '#records/json.ts';

/** What is known of a ballot, by its id. */
export type FactsOf = (ballot: string) => BallotFacts | undefined;

/** 第三条 楼道; 标题: where in the convention the doubt is. */
export function doubtTitle(
	{ path, versions, before }: ConventionDoubt,
	lines: readonly ClauseLine[],
	locale: string
) {
	const subject = doubtSubject(path);
	switch (subject.type) {
		case 'clause': {
			const number = lines.findIndex((line) => line.type === 'doubt' && line.id === subject.id) + 1;
			const heading = [before, ...versions.map(({ value }) => value)].flatMap(
				(value) => clauseOf(value)?.heading ?? []
			)[0];
			const place = number === 0 ? m.doubts_clause_gone() : clauseNumberText(number, locale);
			return heading === undefined ? place : `${place} ${heading}`;
		}
		case 'words':
			return subject.of === 'title' ? m.doubts_of_title() : m.doubts_of_preamble();
		case 'rule':
			return subject.of === 'turnout' ? m.doubts_of_turnout() : m.doubts_of_agree();
		case 'stage':
			return m.doubts_of_stage();
		case 'existence':
			return m.doubts_of_existence();
		case 'setting':
			return m.doubts_of_setting();
	}
}

/** 两个人都改了这一条: how the doubt came about, in plain words. */
export function doubtStory({ path, versions }: ConventionDoubt): string {
	const subject = doubtSubject(path);
	if (subject.type === 'existence') return m.doubts_withdrawn_changed();
	if (subject.type === 'stage') return m.doubts_stage_parted();
	const what = thisText(subject);
	if (versions.some(({ value }) => value === undefined))
		return versions.length === 2 ? m.doubts_removed_changed({ what }) : m.doubts_removed_many({ what });
	const people = new Set(versions.flatMap(({ by }) => by.map(({ author }) => author)));
	if (people.size === 1) return m.doubts_one_changed({ what });
	return people.size === 2
		? m.doubts_two_changed({ what })
		: m.doubts_many_changed({ what, count: people.size });
}

function thisText(subject: ReturnType<typeof doubtSubject>): string {
	switch (subject.type) {
		case 'clause':
			return m.doubts_this_clause();
		case 'words':
			return subject.of === 'title' ? m.doubts_this_title() : m.doubts_this_preamble();
		case 'rule':
			return m.doubts_this_rule();
		default:
			return m.doubts_this_setting();
	}
}

/** 用甲的这一版: what choosing the version means. `factsOf`: of a ballot by its id. */
export function useText(
	{ path }: ConventionDoubt,
	{ value, by }: DoubtVersion,
	locale: string,
	factsOf: FactsOf = () => undefined
): string {
	const { type } = doubtSubject(path);
	if (type === 'existence') return value === undefined ? m.doubts_withdraw() : m.doubts_keep();
	if (value === undefined) return m.doubts_use_removal();
	if (type === 'clause' || type === 'words')
		return m.doubts_use({ who: [...new Set(by.map(({ author }) => author))].join(m.doubts_list()) });
	return m.doubts_use_value({ value: settingText(path, value, locale, factsOf) });
}

/** What stands in a place that is chosen rather than worded: a step, a share. */
export function settingText(
	path: string,
	value: Json,
	locale: string,
	factsOf: FactsOf = () => undefined
): string {
	const subject = doubtSubject(path);
	if (subject.type === 'rule') {
		const share = typeof value === 'string' ? value : '';
		return subject.of === 'turnout' ? m.doubts_share_turnout({ share }) : m.doubts_share_agree({ share });
	}
	const stage = subject.type === 'stage' ? stageOf(value) : undefined;
	if (!stage) return JSON.stringify(value);
	return stageFacts(stage, locale, stage.name === 'voting' ? factsOf(stage.ballot.id) : undefined);
}

/** 网格员甲，11月23日 10:05 · 这台设备. `device`: the one that is looked at. */
export function whoText(written: Written, device: string, locale: string): string {
	return m.doubts_written({ who: writtenBy(written, locale), device: deviceText(written.device, device) });
}

function deviceText(written: string, own: string): string {
	return written === own ? m.doubts_device_this() : m.doubts_device_other({ id: written.slice(0, 6) });
}
