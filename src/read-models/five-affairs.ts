import { dayAt, type Day } from '#kinds/day.ts';
import { evaluationOf } from '#kinds/evaluation.ts';
import { matterOf, type MatterSource } from '#kinds/matter.ts';
import { minuteOf, readMinute } from '#kinds/minute.ts';
import type { EntityRef, RevisionSet } from '#records/revision-set.ts';
import { isWithin, levelOf, levels, scopeAt, type Scope } from '#records/scope.ts';
import { ratersOf, ratingAt } from './matter-ratings.ts';
import { matterSteps, type StepTaken } from './matter-steps.ts';
import { matterAt, mattersIn, type ListedMatter } from './matters.ts';
import { meetingState } from './meeting-state.ts';
import type { Period } from './participation.ts';
import { publicationAt } from './publications.ts';

/** What can be counted of the five affairs, 五事, each by the day on which it happened. */
export const affairs = [
	// 民情接待室: matters raised, by where they came from.
	'heard resident',
	'heard worker',
	'heard reception',
	'heard meeting',
	// 议事厅: meetings that began, matters that came to deliberation.
	'deliberated meetings',
	'deliberated matters',
	// 联席会: resolutions taken down; matters decided, given to someone, and closed by their day or after it.
	'settled resolutions',
	'settled decided',
	'settled given',
	'settled on time',
	'settled late',
	// 公开: shown first, and still shown.
	'published announcements',
	'published minutes',
	'published matters',
	// 双述双评: how households rate, and what was taken up again.
	'rated satisfied',
	'rated partly',
	'rated not',
	'rated reopened'
] as const;
export type Affair = (typeof affairs)[number];
/** Every affair has a figure. */
export type Figures = ReadonlyMap<Affair, number>;

/** Figures of one part of a place: a place within it, or what is about itself (`own`). */
export interface AffairsPart {
	readonly scope: Scope;
	readonly own: boolean;
	readonly figures: Figures;
}

export interface FiveAffairs {
	readonly total: Figures;
	/** One for each place next below in which anything happened, by path, and last what is about the place itself. */
	readonly parts: readonly AffairsPart[];
	/** All that counts, the latest first. */
	readonly events: readonly AffairEvent[];
}

/** Something that counts, where and when; `kind` and `entity` name what it happened to. */
export interface AffairEvent extends EntityRef {
	readonly affair: Affair;
	readonly scope: Scope;
	readonly day: Day;
}

/** What happened in `place` in a period: everything that is about it or about a place within it counts once. */
export function fiveAffairs(records: RevisionSet, place: Scope, { from, to }: Period): FiveAffairs {
	const events = [
		...mattersIn(records, [place]).flatMap((matter) => matterEvents(records, matter)),
		...meetingEvents(records),
		...resolutionEvents(records),
		...publicationEvents(records),
		...ratingEvents(records)
	]
		.filter(({ scope, day }) => isWithin(scope, place) && from <= day && day <= to)
		.sort((a, b) => byKey(b.day, a.day) || byKey(a.entity, b.entity));
	const below = levels[levels.indexOf(levelOf(place)) + 1];
	const byPart = Map.groupBy(events, ({ scope }) => (below && scopeAt(scope, below)) ?? place);
	return {
		total: figuresOf(events),
		parts: [...byPart]
			.map(([scope, within]) => ({ scope, own: scope === place, figures: figuresOf(within) }))
			.sort((a, b) => Number(a.own) - Number(b.own) || byKey(a.scope, b.scope)),
		events
	};
}

function byKey(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}

function figuresOf(events: readonly AffairEvent[]): Figures {
	return new Map(affairs.map((each) => [each, events.filter(({ affair }) => affair === each).length]));
}

function matterEvents(records: RevisionSet, matter: ListedMatter): readonly AffairEvent[] {
	const { scope, day, entity } = matter;
	if (matter.withdrawn !== undefined) return [];
	const steps = matterSteps(records, matter).flatMap(({ taken }) => taken);
	return [
		{ affair: `heard ${sourceOf(matter)}`, day, kind: 'matter', entity, scope },
		...steps.flatMap((step) => stepEvents(step).map((event) => ({ ...event, kind: 'matter', entity, scope })))
	];
}

/** What a household says of itself needs no source. */
function sourceOf({ body, scope }: ListedMatter): MatterSource {
	return body.source ?? (levelOf(scope) === 'household' ? 'resident' : 'worker');
}

function stepEvents({ stage, by }: StepTaken): readonly Pick<AffairEvent, 'affair' | 'day'>[] {
	const day = dayAt(new Date(by.at));
	switch (stage.name) {
		case 'raised':
			return [];
		case 'deliberating':
			return [{ affair: 'deliberated matters', day }];
		case 'decided':
			return [{ affair: 'settled decided', day }];
		case 'doing':
			return [{ affair: stage.round === 1 ? 'settled given' : 'rated reopened', day }];
		case 'evaluating':
			return [{ affair: stage.day <= stage.due ? 'settled on time' : 'settled late', day: stage.day }];
	}
}

function meetingEvents(records: RevisionSet): readonly AffairEvent[] {
	return [...records.entities('meeting')].flatMap((entity): readonly AffairEvent[] => {
		const { read, scope } = meetingState(records, entity) ?? {};
		const stage = read?.stage;
		if (!scope || !stage || stage.name === 'announced') return [];
		return [
			{ affair: 'deliberated meetings', day: dayAt(new Date(stage.began)), kind: 'meeting', entity, scope }
		];
	});
}

function resolutionEvents(records: RevisionSet): readonly AffairEvent[] {
	return [...records.entities('minute')].flatMap((entity): readonly AffairEvent[] => {
		const state = records.state('minute', entity);
		const body = state.status === 'present' ? readMinute(state.body) : undefined;
		const scope = minuteOf(entity)?.scope;
		if (!scope || body?.about !== 'resolution') return [];
		return [{ affair: 'settled resolutions', day: dayAt(new Date(body.at)), kind: 'minute', entity, scope }];
	});
}

const published = {
	announcement: 'published announcements',
	minutes: 'published minutes',
	matter: 'published matters'
} as const;

function publicationEvents(records: RevisionSet): readonly AffairEvent[] {
	return [...records.entities('publication')].flatMap((entity): readonly AffairEvent[] => {
		const { body, scope, first } = publicationAt(records, entity) ?? {};
		if (!body || !scope || !first) return [];
		return [
			{ affair: published[body.about], day: dayAt(new Date(first.at)), kind: 'publication', entity, scope }
		];
	});
}

function ratingEvents(records: RevisionSet): readonly AffairEvent[] {
	const matters = Map.groupBy(records.entities('matter'), (entity) => matterOf(entity)?.id);
	const raters = new Map<string, ReturnType<typeof ratersOf>>();
	/** Whether one of the matters of this id is rated so; each is looked at once. */
	const counts = (named: NonNullable<ReturnType<typeof evaluationOf>>) =>
		(matters.get(named.matter) ?? []).some((entity) => {
			const matter = raters.has(entity) ? undefined : matterAt(records, entity);
			if (matter?.withdrawn === undefined && matter) raters.set(entity, ratersOf(records, matter));
			return raters.get(entity)?.(named);
		});
	return [...records.entities('evaluation')].flatMap((entity): readonly AffairEvent[] => {
		const named = evaluationOf(entity);
		const scope = named?.household;
		const rating = scope && counts(named) ? ratingAt(records, entity, scope) : undefined;
		const satisfaction = rating?.body.satisfaction;
		if (!scope || !rating || !satisfaction) return [];
		return [
			{
				affair: `rated ${satisfaction}`,
				day: dayAt(new Date(rating.last.at)),
				kind: 'evaluation',
				entity,
				scope
			}
		];
	});
}
