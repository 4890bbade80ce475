import { checkInEntity, type Quality, type Stream } from '#kinds/check-in.ts';
import { weekdayOf, type Day } from '#kinds/day.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import type { Scope } from '#records/scope.ts';
import type { DemoGrid } from './demo-places.ts';
import { choose, type Draw } from './draw.ts';

/** Who walks a grid, with which phone. */
export interface Walker {
	readonly author: string;
	readonly device: string;
}

/** Monday to Friday the round is walked, on weekends in part. By weekday, 0 is Sunday. */
const roundByWeekday = [0.35, 0.85, 0.8, 0.85, 0.8, 0.9, 0.5];
const notes = [
	'塑料袋没有分出来',
	'厨余里有纸巾，已说明',
	'问旧电池放在哪里',
	'家里老人代投',
	'今天没有厨余',
	'纸箱已经压平',
	'外出一周，回来再看'
];
const minuteMs = 60 * 1000;

/**
 * A grid's check-ins on `days`: rounds of the worker, at some households also their own report, and
 * now and then a correction. Nothing is later than `now`.
 */
export function demoCheckIns(
	grid: DemoGrid,
	walker: Walker,
	days: readonly Day[],
	now: Date,
	draw: Draw
): readonly Revision[] {
	return days.flatMap((day, index) =>
		grid.courtyards.flatMap(({ scope: courtyard, households }) => {
			const diligence = 0.65 + 0.35 * draw('diligence', courtyard);
			const visited = draw('visited', courtyard, day) < diligence * (roundByWeekday[weekdayOf(day)] ?? 0);
			const start = beijing(day, choose(draw('hour', courtyard, day), [8, 9, 9, 10, 17, 18, 18, 19]));
			return households.flatMap((household, door) => {
				const at = start + (door * 3 + draw('minute', household, day) * 3) * minuteMs;
				const learned = index / Math.max(1, days.length - 1);
				const visit = { household, day, at, learned, visited };
				return checkInsOf(visit, walker, draw).filter((revision) => Date.parse(revision.at) <= now.getTime());
			});
		})
	);
}

interface Visit {
	readonly household: Scope;
	readonly day: Day;
	readonly at: number;
	/** From 0 on the first day to 1 on the last: people sort a little better by then. */
	readonly learned: number;
	readonly visited: boolean;
}

function checkInsOf(visit: Visit, walker: Walker, draw: Draw): readonly Revision[] {
	const { household, day, at, visited } = visit;
	const key = [household, day] as const;
	const atHome = 0.45 + 0.5 * draw('at home', household);
	const taps = draw('taps', household) < 0.2 && draw('tapped', ...key) < 0.45;
	const observed = visited && draw('seen', ...key) < atHome ? viewOf(visit, 'observed', draw) : undefined;
	const reported = taps ? viewOf(visit, 'reported', draw) : undefined;
	const write = (body: JsonObject, later: number, parents: readonly Revision[] = []) =>
		sealed({ ...walker, household, day, at: at + later * minuteMs, body, parents });

	if (!observed) return reported ? [write({ reported }, 0)] : [];
	const first = write({ observed }, 0);
	// What the household taps after the worker was there is written on top; before that, beside it.
	if (reported && draw('later', ...key) < 0.7) return [first, write({ observed, reported }, 25, [first])];
	if (reported) return [write({ reported }, -40), first];
	if (draw('corrected', ...key) >= 0.02) return [first];
	const better = { ...observed, quality: 'correct', note: '刚才记错了，更正' };
	return [first, write({ observed: better }, 12, [first])];
}

function viewOf({ household, day, learned }: Visit, side: 'observed' | 'reported', draw: Draw): JsonObject {
	const of = (what: string) => draw(what, side, household, day);
	const habit = 0.5 + 0.42 * draw('habit', household) + 0.12 * learned + (side === 'reported' ? 0.1 : 0);
	const quality: Quality = of('quality') < habit ? 'correct' : of('worse') < 0.7 ? 'mixed' : 'unsorted';
	const streams = (
		[
			['food', 0.88],
			['recyclable', 0.28],
			['hazardous', 0.015],
			['other', 0.8]
		] as const satisfies readonly (readonly [Stream, number])[]
	).flatMap(([stream, often]): Stream[] => (of(stream) < often ? [stream] : []));
	const guided = side === 'observed' && quality !== 'correct' && of('guided') < 0.65;
	const note = side === 'observed' && of('noted') < 0.03;
	const weighed = streams.includes('recyclable') && of('weighed') < 0.25;
	return {
		quality,
		streams: streams.length > 0 ? streams : ['other'],
		...(guided && { guided }),
		...(note && { note: choose(of('note'), notes) }),
		...(weighed && { weightKg: Math.round((0.3 + of('weight') * 4) * 10) / 10 })
	};
}

export interface DemoWriting extends Walker {
	readonly household: Scope;
	readonly day: Day;
	/** Milliseconds since the epoch. */
	readonly at: number;
	readonly body: JsonObject | null;
	readonly reason?: string;
	readonly parents: readonly Revision[];
}

export function sealed({ household, day, at, body, reason, parents, author, device }: DemoWriting): Revision {
	return seal({
		kind: 'check-in',
		entity: checkInEntity(household, day),
		parents: parents.map(({ hash }) => hash).sort(),
		scope: household,
		author,
		device,
		at: new Date(at).toISOString(),
		body,
		...(reason !== undefined && { reason })
	});
}

function beijing(day: Day, hour: number): number {
	return Date.parse(`${day}T${String(hour).padStart(2, '0')}:00:00+08:00`);
}
