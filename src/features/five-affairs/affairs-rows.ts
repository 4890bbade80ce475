import { placePath } from '#app/place-path.ts';
import { m } from '#paraglide/messages.js';
import type { Affair, AffairsPart, FiveAffairs } from '#read-models/five-affairs.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';
import { affairGroups, affairText } from './affairs-words.ts';

/** 草厂; 街道本级, of what is about the place itself. */
export function partText(records: RevisionSet, { scope, own }: Pick<AffairsPart, 'scope' | 'own'>): string {
	const place = placeText(records, scope);
	return own ? m.public_five_own({ place }) : place;
}

/** 草厂社区 第三网格; 全街道, of a subdistrict that nobody has named here. */
export function placeText(records: RevisionSet, scope: Scope): string {
	const name = placePath(records, scope);
	return name === scope ? m.public_five_whole() : name;
}

/** A table to export: a row for each figure, a column for each part and one for all. */
export function affairsRows(
	records: RevisionSet,
	{ total, parts }: FiveAffairs
): readonly (readonly string[])[] {
	const head = [
		m.public_five_affair(),
		m.public_five_figure(),
		m.public_five_total(),
		...parts.map((part) => partText(records, part))
	];
	const row = (title: string, affair: Affair) => [
		title,
		affairText(affair),
		...[total, ...parts.map(({ figures }) => figures)].map((figures) => String(figures.get(affair) ?? 0))
	];
	return [
		head,
		...affairGroups().flatMap(({ title, affairs }) => affairs.map((affair) => row(title, affair)))
	];
}
