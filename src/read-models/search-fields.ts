import { publicationAt } from './publications.ts';
import { isJsonObject, type Json, type JsonObject } from '#records/json.ts';
import type { RevisionSet } from '#records/revision-set.ts';

/** Where people's words stand in a body; what stands in a list is taken of each of its items. */
const fields: Readonly<Record<string, readonly string[]>> = {
	meeting: ['title', 'place', 'invited', 'chair', 'recorder', 'agenda.topic'],
	minute: ['who', 'words'],
	amendment: ['who', 'words', 'answer.words'],
	convention: ['title', 'preamble', 'clauses.heading', 'clauses.text'],
	matter: [
		...['text', 'place', 'who'],
		...['stage.owner.name', 'stage.decision', 'stage.because', 'stage.result']
	],
	progress: ['words', 'waiting.for'],
	whistle: ['department', 'reason', 'reported.who', 'answer.words'],
	evaluation: ['words'],
	publication: [
		...['title', 'place', 'agenda', 'words', 'raisedBy', 'decision', 'owner', 'result'],
		...['items.topic', 'items.said', 'items.counts.words', 'items.resolutions'],
		...['items.actions.words', 'items.actions.owner']
	],
	household: ['door', 'number', 'head', 'phone'],
	courtyard: ['name']
};

/**
 * The words an entity says, each stretch once; of what people worded differently, all their words. [] where it is
 * withdrawn.
 */
export function wordsOf(records: RevisionSet, kind: string, entity: string): readonly string[] {
	if (kind === 'publication') {
		// What is shown is what one person chose: of what was taken down, or published beside it, nothing is.
		const shown = publicationAt(records, entity)?.body;
		return shown ? [...new Set(wordsIn(kind, { ...shown }))] : [];
	}
	const state = records.state(kind, entity);
	if (state.status !== 'present') return [];
	const inDoubt = state.doubts.length === 0 ? [] : state.heads;
	const bodies = inDoubt.map((hash) => records.revision(kind, entity, hash)?.body);
	return [...new Set([state.body, ...bodies].flatMap((body) => (body ? wordsIn(kind, body) : [])))];
}

function wordsIn(kind: string, body: JsonObject): readonly string[] {
	return (fields[kind] ?? []).flatMap((path) => stringsAt(body, path.split('.')));
}

function stringsAt(value: Json | undefined, path: readonly string[]): readonly string[] {
	if (typeof value === 'string') return path.length === 0 && value !== '' ? [value] : [];
	if (Array.isArray(value)) return value.flatMap((item: Json) => stringsAt(item, path));
	const [member, ...rest] = path;
	return isJsonObject(value) && member !== undefined ? stringsAt(value[member], rest) : [];
}
