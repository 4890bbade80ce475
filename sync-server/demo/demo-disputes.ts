import { checkInOf } from '#kinds/check-in.ts';
import { addDays, type Day } from '#kinds/day.ts';
import { isJsonObject, type JsonObject } from '#records/json.ts';
import type { Revision } from '#records/revision.ts';
import { isWithin, type Scope } from '#records/scope.ts';
import { sealed, type Walker } from './demo-check-ins.ts';

const minuteMs = 60 * 1000;

/**
 * What a person still has to look at, in `grid` in the days before `today`: three check-ins that a
 * second worker saw otherwise, neither knowing of the other, and one that was withdrawn.
 */
export function demoDisputes(
	checkIns: readonly Revision[],
	grid: Scope,
	second: Walker,
	today: Day
): readonly Revision[] {
	const byEntity = Map.groupBy(checkIns, ({ entity }) => entity);
	const plain = checkIns.flatMap((revision) => {
		const named = checkInOf(revision.entity);
		const observed = revision.body?.['observed'];
		const recent = named && named.day < today && named.day >= addDays(today, -6);
		if (!recent || !isWithin(revision.scope, grid) || observed === undefined || !isJsonObject(observed))
			return [];
		return byEntity.get(revision.entity)?.length === 1 ? [{ revision, ...named, observed }] : [];
	});
	const eighth = (which: number) => plain.at(Math.floor((plain.length * which) / 8));
	const otherwise = [1, 3, 5].map(eighth).flatMap((one) => {
		if (!one) return [];
		const { household, day, revision, observed } = one;
		const at = Date.parse(revision.at) + 35 * minuteMs;
		return [sealed({ ...second, household, day, at, body: { observed: doubtful(observed) }, parents: [] })];
	});
	const last = eighth(7);
	if (!last) return otherwise;
	const { household, day, revision } = last;
	const { author, device } = revision;
	const at = Date.parse(revision.at) + 20 * minuteMs;
	const withdrawal = {
		author,
		device,
		household,
		day,
		at,
		body: null,
		reason: '登错了户',
		parents: [revision]
	};
	return [...otherwise, sealed(withdrawal)];
}

function doubtful({ quality, streams = ['food'] }: JsonObject): JsonObject {
	return { quality: quality === 'correct' ? 'mixed' : 'correct', streams };
}
