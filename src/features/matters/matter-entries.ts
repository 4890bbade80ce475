import * as v from 'valibot';
import { isDay, type Day } from '#kinds/day.ts';
import { matterBody, readMatter } from '#kinds/matter.ts';
import type { MatterOwner } from '#kinds/matter-stage.ts';
import { progressEntity } from '#kinds/progress.ts';
import { asLine, asText } from '#kinds/text.ts';
import { whistleEntity } from '#kinds/whistle.ts';
import { stageAfterMove, type MatterMoveName } from '#read-models/matter-moves.ts';
import type { ListedMatter } from '#read-models/matters.ts';
import type { MatterEntry } from '#read-models/matter-progress.ts';
import type { JsonObject } from '#records/json.ts';
import type { WhistleRead } from '#kinds/whistle.ts';
import type {
	AnswerFields,
	LinkFields,
	MatterEditFields,
	MoveFields,
	ProgressFields,
	WhistleFields
} from './matter-fields.ts';
import type { FormResult } from './record-writing.svelte.ts';

/** A step, on top of `matter` as it was seen. `body`: all of it as it stood then. */
export function moved(
	matter: ListedMatter,
	body: JsonObject,
	move: MatterMoveName,
	fields: MoveFields,
	who: { readonly account: string; readonly today: Day }
): FormResult<'words' | 'owner' | 'due' | 'later-version'> {
	const { stage, entity, scope, heads } = matter;
	const owner = ownerIn(fields, who.account);
	const due = isDay(fields.due) ? fields.due : undefined;
	const gives = move === 'assign' || move === 'reopen';
	if (gives && !owner) return { type: 'missing', field: 'owner' };
	if (gives && !due) return { type: 'missing', field: 'due' };
	const { meeting, lines, photos } = fields;
	const facts = {
		...{ words: asText(fields.words), photos, today: who.today },
		...(meeting !== '' && { meeting, lines }),
		...(owner && { owner }),
		...(due && { due })
	};
	const next = stage && stageAfterMove(stage, move, facts);
	if (!next) return { type: 'missing', field: 'words' };
	const meetings = meetingsWith(matter, meeting);
	const after: JsonObject = { ...body, ...(meetings.length > 0 && { meetings: [...meetings] }), stage: next };
	if (!v.safeParse(matterBody, after).success) return { type: 'missing', field: 'later-version' };
	return { type: 'entry', entry: { kind: 'matter', entity, scope, body: after, seen: heads } };
}

/** The meetings that talked about a matter, with one more. */
function meetingsWith({ body }: Pick<ListedMatter, 'body'>, meeting: string): readonly string[] {
	const linked = body.meetings ?? [];
	return meeting === '' || linked.includes(meeting) ? linked : [...linked, meeting].sort();
}

function ownerIn(
	{ owner, name }: Pick<MoveFields, 'owner' | 'name'>,
	account: string
): MatterOwner | undefined {
	if (owner === 'self') return { name: account, account };
	if (owner !== '') return { name: owner, account: owner };
	const typed = asLine(name);
	return typed === '' ? undefined : { name: typed };
}

/** `entity`: of what is put right; without it, something new. */
export function progressed(
	{ scope, id }: ListedMatter,
	{ words, photos, waiting, until }: ProgressFields,
	newId: () => string,
	entity: string = progressEntity(scope, id, newId())
): FormResult<'words'> {
	const [said, awaited] = [asText(words), asLine(waiting)];
	if (said === '') return { type: 'missing', field: 'words' };
	const body = {
		words: said,
		...(photos.length > 0 && { photos: [...photos] }),
		...(awaited !== '' && { waiting: { for: awaited, ...(isDay(until) && { until }) } })
	};
	return { type: 'entry', entry: { kind: 'progress', entity, scope, body } };
}

/** `edited`: of a whistle that is put right, its entity and all of it as it was seen. */
export function whistled(
	{ scope, id }: ListedMatter,
	{ department, reason, due }: WhistleFields,
	newId: () => string,
	edited: { readonly entity: string; readonly base: JsonObject } | undefined = undefined
): FormResult<'department' | 'reason' | 'due'> {
	const [called, why] = [asLine(department), asText(reason)];
	if (called === '') return { type: 'missing', field: 'department' };
	if (why === '') return { type: 'missing', field: 'reason' };
	if (!isDay(due)) return { type: 'missing', field: 'due' };
	const entity = edited?.entity ?? whistleEntity(scope, id, newId());
	const body = { ...edited?.base, department: called, reason: why, due };
	return { type: 'entry', entry: { kind: 'whistle', entity, scope, body } };
}

function withoutEdited({
	category: _category,
	place: _place,
	unnamed: _unnamed,
	photos: _photos,
	...rest
}: JsonObject): JsonObject {
	return rest;
}

/** A matter with some of it put right. `base`: all of it as it was seen. */
export function edited(
	{ entity, scope }: Pick<ListedMatter, 'entity' | 'scope'>,
	base: JsonObject,
	{ category, where, unnamed, photos }: MatterEditFields
): FormResult<'later-version'> {
	const place = asLine(where);
	const body: JsonObject = {
		...withoutEdited(base),
		...(category !== '' && { category }),
		...(place !== '' && { place }),
		...(unnamed && { unnamed }),
		...(photos.length > 0 && { photos: [...photos] })
	};
	if (!v.safeParse(matterBody, body).success) return { type: 'missing', field: 'later-version' };
	return { type: 'entry', entry: { kind: 'matter', entity, scope, body } };
}

/** A matter with one more meeting that talked about it, or with lines of its minutes. `base`: all of it as it was seen. */
export function linked(
	{ entity, scope }: Pick<ListedMatter, 'entity' | 'scope'>,
	base: JsonObject,
	{ meeting, lines }: LinkFields
): FormResult<'meeting' | 'later-version'> {
	const read = readMatter(base);
	const meetings =
		read.from?.meeting === meeting ? (read.meetings ?? []) : meetingsWith({ body: read }, meeting);
	const all = [...new Set([...(read.lines ?? []), ...lines])].sort();
	if (meetings.length === (read.meetings ?? []).length && all.length === (read.lines ?? []).length)
		return { type: 'missing', field: 'meeting' };
	const body: JsonObject = {
		...base,
		...(meetings.length > 0 && { meetings: [...meetings] }),
		...(all.length > 0 && { lines: all })
	};
	if (!v.safeParse(matterBody, body).success) return { type: 'missing', field: 'later-version' };
	return { type: 'entry', entry: { kind: 'matter', entity, scope, body } };
}

/** What came of a whistle, on top of what was seen of it. `body`: all of it as it stood then. */
export function answered(
	{ scope }: ListedMatter,
	{ entity, heads: seen }: MatterEntry<WhistleRead>,
	body: JsonObject,
	part: 'reported' | 'answer',
	fields: AnswerFields
): FormResult<'words' | 'day'> {
	const { day } = fields;
	const words = part === 'reported' ? asLine(fields.words) : asText(fields.words);
	if (words === '') return { type: 'missing', field: 'words' };
	if (!isDay(day)) return { type: 'missing', field: 'day' };
	const told = part === 'reported' ? { reported: { day, who: words } } : { answer: { day, words } };
	return { type: 'entry', entry: { kind: 'whistle', entity, scope, body: { ...body, ...told }, seen } };
}
