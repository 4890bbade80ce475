import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, toDay } from '#kinds/day.ts';
import { evaluationEntity } from '#kinds/evaluation.ts';
import { matterEntity } from '#kinds/matter.ts';
import { meetingEntity } from '#kinds/meeting.ts';
import { minuteEntity } from '#kinds/minute.ts';
import { publicationEntity } from '#kinds/publication.ts';
import { affairs, fiveAffairs, type Affair, type Figures } from '#read-models/five-affairs.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import { childScope, toScope, type Scope } from '#records/scope.ts';
import { foldRuns } from '../property-runs.ts';
import { holding } from './matter-records.ts';

const subdistrict = toScope('qianmen');
const november = { from: toDay('2026-11-01'), to: toDay('2026-11-30') };

function written(
	kind: string,
	entity: string,
	scope: Scope,
	day: string,
	body: JsonObject | null,
	on: readonly Revision[] = []
): Revision {
	return seal({
		...{ kind, entity, scope, body, parents: on.map(({ hash }) => hash).sort() },
		...{ author: 'worker1', device: 'phone', at: `${day}T04:00:00.000Z`, ...(!body && { reason: '重复了' }) }
	});
}

function counted(figures: Figures): Readonly<Record<string, number>> {
	return Object.fromEntries([...figures].filter(([, count]) => count > 0));
}

const courtyard = toScope('qianmen/caochang/g3/c12');
const household = childScope(courtyard, 'h04');
const owner = { name: '网格员甲' };

test('a matter counts where each of its steps was taken, and by its day whether it was done in time', () => {
	const entity = matterEntity(household, 'matter0001');
	const line = [
		['2026-10-30', {}],
		['2026-11-02', { stage: { name: 'deliberating' } }],
		['2026-11-03', { stage: { name: 'decided', decision: '修' } }],
		['2026-11-04', { stage: { name: 'doing', owner, due: '2026-11-10', round: 1 } }],
		[
			'2026-11-12',
			{ stage: { name: 'evaluating', owner, due: '2026-11-10', round: 1, result: '修了', day: '2026-11-12' } }
		],
		['2026-11-20', { stage: { name: 'doing', owner, due: '2026-12-10', round: 2, because: '又漏' } }]
	] as const;
	const matter = line.reduce<readonly Revision[]>(
		(before, [day, more]) => [
			...before,
			written('matter', entity, household, day, { text: '漏水', ...more }, before.slice(-1))
		],
		[]
	);
	const rating = written(
		'evaluation',
		evaluationEntity(household, 'matter0001', 1),
		household,
		'2026-11-15',
		{
			satisfaction: 'not'
		}
	);
	const uncounted = [
		written('evaluation', evaluationEntity(household, 'matter0001', 2), household, '2026-11-21', rating.body),
		written('evaluation', evaluationEntity(household, 'matter0002', 1), household, '2026-11-15', rating.body)
	];
	const records = holding(...matter, rating, ...uncounted);
	expect(counted(fiveAffairs(records, subdistrict, november).total)).toEqual({
		...{ 'deliberated matters': 1, 'settled decided': 1, 'settled given': 1, 'settled late': 1 },
		...{ 'rated not': 1, 'rated reopened': 1 }
	});
	const october = { from: toDay('2026-10-01'), to: toDay('2026-10-31') };
	expect(counted(fiveAffairs(records, subdistrict, october).total)).toEqual({ 'heard resident': 1 });
	expect(counted(fiveAffairs(records, toScope('qianmen/dajiang'), november).total)).toEqual({});
});

test('what was called off, withdrawn or taken down does not count', () => {
	const put = (kind: string, entity: string, body: JsonObject) => {
		const first = written(kind, entity, courtyard, '2026-11-05', body);
		return [first, written(kind, entity, courtyard, '2026-11-06', null, [first])];
	};
	const stage = { name: 'open', began: '2026-11-05T11:00:00.000Z' };
	const records = holding(
		...put('matter', matterEntity(courtyard, 'matter0001'), { text: '漏水' }),
		...put('meeting', meetingEntity(courtyard, 'council1'), {
			...{ title: '议事会', starts: '2026-11-05T19:00', agenda: [], stage }
		}),
		...put('minute', minuteEntity(courtyard, 'council1', 'line0001'), {
			...{ about: 'resolution', item: 'topic001', at: '2026-11-05T11:00:00.000Z', words: '修' }
		}),
		...put('publication', publicationEntity(courtyard, 'matter0001', 'matter'), {
			...{ about: 'matter', words: '漏水', raised: '2026-11-05', stage: 'raised' }
		})
	);
	expect(counted(fiveAffairs(records, subdistrict, november).total)).toEqual({});
});

const places = ['qianmen', 'qianmen/caochang', 'qianmen/caochang/g3/c12', 'qianmen/dajiang/g1/c1'].map(
	toScope
);

/** One thing that counts, anywhere, on any day around November. */
const events = fc.record({
	scope: fc.constantFrom(...places),
	day: fc.integer({ min: -5, max: 35 }).map((days) => addDays(november.from, days)),
	what: fc.constantFrom('matter', 'meeting', 'minute', 'publication', 'evaluation')
});

/** A matter that was closed long before. */
function rateable(id: string): Revision {
	const day = '2026-08-02';
	const stage = { name: 'evaluating', owner, due: day, round: 1, result: '修了', day };
	return written('matter', matterEntity(courtyard, id), courtyard, '2026-08-01', { text: '漏水', stage });
}

function eventRecord(
	{ scope, day, what }: { scope: Scope; day: string; what: string },
	index: number
): readonly Revision[] {
	const id = `subject${String(index).padStart(4, '0')}`;
	const at = `${day}T04:00:00.000Z`;
	switch (what) {
		case 'matter':
			return [written('matter', matterEntity(scope, id), scope, day, { text: '事', source: 'reception' })];
		case 'meeting':
			return [
				written('meeting', meetingEntity(scope, id), scope, day, {
					...{ title: '会', starts: `${day}T12:00`, agenda: [], stage: { name: 'open', began: at } }
				})
			];
		case 'minute':
			return [
				written('minute', minuteEntity(scope, id, 'line0001'), scope, day, {
					...{ about: 'resolution', item: 'topic001', at, words: '定了' }
				})
			];
		case 'publication':
			return [
				written('publication', publicationEntity(scope, id, 'matter'), scope, day, {
					...{ about: 'matter', words: '事', raised: day, stage: 'raised' }
				})
			];
		default:
			return [
				rateable(id),
				written('evaluation', evaluationEntity(household, id, 1), household, day, {
					satisfaction: 'partly'
				})
			];
	}
}

test('the parts of a place add up to the whole, in whatever order records arrive', () => {
	fc.assert(
		fc.property(fc.array(events, { maxLength: 12 }), fc.constantFrom(...places), (list, place) => {
			const all = list.flatMap(eventRecord);
			const { total, parts } = fiveAffairs(holding(...all), place, november);
			const sum = (affair: Affair) =>
				parts.reduce((known, { figures }) => known + (figures.get(affair) ?? 0), 0);
			for (const affair of affairs) expect(sum(affair)).toBe(total.get(affair));
			const other = fiveAffairs(holding(...all.toReversed()), place, november);
			expect(counted(other.total)).toEqual(counted(total));
			expect(other.parts.map(({ scope }) => scope)).toEqual(parts.map(({ scope }) => scope));
		}),
		{ numRuns: foldRuns }
	);
});

test('everything that happened in the period counts for the whole', () => {
	fc.assert(
		fc.property(fc.array(events, { maxLength: 12 }), (list) => {
			const within = list.filter(({ day }) => november.from <= day && day <= november.to);
			const { total } = fiveAffairs(holding(...list.flatMap(eventRecord)), subdistrict, november);
			expect([...total.values()].reduce((sum, count) => sum + count, 0)).toBe(within.length);
		}),
		{ numRuns: foldRuns }
	);
});
