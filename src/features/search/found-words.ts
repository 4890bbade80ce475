import { meetingStageText } from '#app/meeting-words.ts';
import { matterStepText } from '#app/matter-step-words.ts';
import { placePath } from '#app/place-path.ts';
import { publicationText } from '#app/public-words.ts';
import { stageText } from '#app/stage-words.ts';
import { m } from '#paraglide/messages.js';
import type { SearchDocument } from '#read-models/search-document.ts';
import { householdAt, householdLabel, placeName } from '#read-models/places.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { parentScope } from '#records/scope.ts';

/** In the order in which they stand on the page. */
export const foundTypes = [
	'meeting',
	'matter',
	'convention',
	'publication',
	'household',
	'courtyard'
] as const;
export type FoundType = (typeof foundTypes)[number];

export function typeText(type: FoundType): string {
	switch (type) {
		case 'meeting':
			return m.search_meetings();
		case 'matter':
			return m.search_matters();
		case 'convention':
			return m.search_conventions();
		case 'publication':
			return m.search_publications();
		case 'household':
			return m.search_households();
		case 'courtyard':
			return m.search_courtyards();
	}
}

/** What it is called: its title, its door and who lives there, or how its words begin. */
export function foundTitle(records: RevisionSet, { type, scope, title, lines }: SearchDocument): string {
	if (type === 'courtyard') return placeName(records, scope);
	if (type === 'household') {
		const household = householdAt(records, scope);
		return household ? [householdLabel(household), household.body.head].filter(Boolean).join(' ') : scope;
	}
	return title ?? beginning(lines[0] ?? '');
}

const longestTitle = 40;

function beginning(text: string): string {
	const [line = ''] = text.split('\n');
	const characters = [...line];
	return characters.length > longestTitle ? `${characters.slice(0, longestTitle).join('')}…` : line;
}

/** 草厂社区 第三网格 草厂三条12号: where it is. */
export function foundPlace(records: RevisionSet, { type, scope }: SearchDocument): string {
	const around = type === 'household' || type === 'courtyard' ? parentScope(scope) : undefined;
	return placePath(records, around ?? scope);
}

/** Where it stands; undefined for places. */
export function foundStage(found: SearchDocument): string | undefined {
	switch (found.type) {
		case 'meeting':
			return meetingStageText(found.stage);
		case 'matter':
			return matterStepText(found.stage);
		case 'convention':
			return stageText(found.stage);
		case 'publication':
			return publicationText(found.about);
		case 'household':
		case 'courtyard':
			return undefined;
	}
}
