import * as v from 'valibot';
import { categoryText } from '#app/category-words.ts';
import { shortDayText } from '#app/dates.ts';
import { matterStepText } from '#app/matter-step-words.ts';
import { placePath } from '#app/place-path.ts';
import { satisfactionText } from '#app/satisfaction-words.ts';
import { satisfactions } from '#kinds/evaluation.ts';
import { matterCategories } from '#kinds/matter-category.ts';
import { matterStageBody, type MatterStage } from '#kinds/matter-stage.ts';
import type { MatterSource } from '#kinds/matter.ts';
import type { ProgressRead } from '#kinds/progress.ts';
import { m } from '#paraglide/messages.js';
import { householdAt } from '#read-models/places.ts';
import type { ListedMatter } from '#read-models/matters.ts';
import type { MatterMoveName } from '#read-models/matter-moves.ts';
import { canonicalJson } from '#records/canonical-json.ts';
import { isJsonObject, type Json } from '#records/json.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { levelOf } from '#records/scope.ts';

export function moveText(move: MatterMoveName, stage: MatterStage['name'] | undefined): string {
	switch (move) {
		case 'deliberate':
			return m.affairs_move_deliberate();
		case 'decide':
			return stage === 'decided' ? m.affairs_move_decide_anew() : m.affairs_move_decide();
		case 'assign':
			return stage === 'doing' ? m.affairs_move_assign_anew() : m.affairs_move_assign();
		case 'close':
			return m.affairs_move_close();
		case 'reopen':
			return m.affairs_move_reopen();
	}
}

/** 巡查发现. Residents’ own phones write no source. */
export function sourceText(source: MatterSource | undefined): string {
	switch (source) {
		case 'worker':
			return m.affairs_source_worker();
		case 'reception':
			return m.affairs_source_reception();
		case 'meeting':
			return m.affairs_source_meeting();
		default:
			return m.affairs_source_resident();
	}
}

/** 草厂 第三网格 示例胡同1号 4号 示例: where it is about, and who raised it when it was a household. */
export function aboutText(records: RevisionSet, { scope, body }: ListedMatter): string {
	const household = levelOf(scope) === 'household' ? householdAt(records, scope) : undefined;
	return [placePath(records, scope), household?.body.head, body.place].filter(Boolean).join(' ');
}

/** 在等：清运公司来车（到11月26日） */
export function waitingText(waiting: NonNullable<ProgressRead['waiting']>, locale: string): string {
	if (waiting.until === undefined) return m.affairs_waits({ what: waiting.for });
	return m.affairs_waits_until({ what: waiting.for, day: shortDayText(waiting.until, locale) });
}

/** 民办（网格员甲，11月25日前）: a stage with what tells it from another of the same name. */
export function stageText(stage: MatterStage, locale: string): string {
	const step = matterStepText(stage.name);
	switch (stage.name) {
		case 'raised':
		case 'deliberating':
			return step;
		case 'decided':
			return stage.lines
				? m.affairs_stage_decided_on({ step, decision: stage.decision, count: stage.lines.length })
				: m.affairs_stage_decided({ step, decision: stage.decision });
		case 'doing':
			return m.affairs_stage_doing({ step, who: stage.owner.name, due: shortDayText(stage.due, locale) });
		case 'evaluating':
			return m.affairs_stage_evaluating({ step, result: stage.result });
	}
}

/** What people call a field of a matter or of what belongs to it, by its JSON Pointer. */
export function fieldText(path: string): string {
	switch (path) {
		case '':
			return m.affairs_field_all();
		case '/text':
			return m.affairs_field_text();
		case '/category':
			return m.affairs_category();
		case '/stage':
			return m.affairs_field_stage();
		case '/place':
			return m.affairs_where();
		case '/who':
			return m.affairs_who();
		case '/source':
			return m.affairs_source();
		case '/unnamed':
			return m.matter_unnamed();
		case '/words':
			return m.affairs_field_words();
		case '/waiting':
			return m.affairs_waiting();
		case '/department':
			return m.affairs_department();
		case '/reason':
			return m.affairs_whistle_reason();
		case '/due':
			return m.affairs_due();
		case '/reported':
			return m.affairs_reported();
		case '/answer':
			return m.affairs_answer();
		case '/satisfaction':
			return m.affairs_field_satisfaction();
		default:
			return path.slice(1);
	}
}

/** A field's value in words; undefined: left empty. What a later version wrote is shown as it is. */
export function valueText(path: string, value: Json | undefined, locale: string): string {
	if (path === '/stage') return stageValueText(value, locale);
	if (value === undefined) return m.value_none();
	const category = matterCategories.find((known) => known === value);
	if (path === '/category' && category) return categoryText(category);
	const satisfaction = satisfactions.find((known) => known === value);
	if (satisfaction) return satisfactionText(satisfaction);
	if (typeof value === 'boolean') return value ? m.affairs_yes() : m.affairs_no();
	if (typeof value === 'string') return value;
	if (!isJsonObject(value)) return canonicalJson(value);
	const said = [value['text'], value['words'], value['who'], value['for'], value['day'], value['until']];
	return said.filter((part) => typeof part === 'string').join(m.list_comma());
}

function stageValueText(value: Json | undefined, locale: string): string {
	if (value === undefined) return matterStepText('raised');
	const parsed = v.safeParse(matterStageBody, value);
	return parsed.success ? stageText(parsed.output, locale) : canonicalJson(value);
}
