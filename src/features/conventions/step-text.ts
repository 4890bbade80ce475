import { stageText } from '#app/stage-words.ts';
import { stageNames, type StageName } from '#kinds/convention-stage.ts';
import { m } from '#paraglide/messages.js';

/** 第 3 步：协商 */
export function stepText(stage: StageName | 'doubtful'): string {
	if (stage === 'doubtful') return stageText(stage);
	return m.convention_step({ number: stageNames.indexOf(stage) + 1, step: stageText(stage) });
}
