import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { amendmentEntity } from '#kinds/amendment.ts';
import { checkInEntity } from '#kinds/check-in.ts';
import { conventionEntity } from '#kinds/convention.ts';
import { toDay } from '#kinds/day.ts';
import { evaluationEntity } from '#kinds/evaluation.ts';
import { matterEntity } from '#kinds/matter.ts';
import { meetingEntity } from '#kinds/meeting.ts';
import { minuteEntity } from '#kinds/minute.ts';
import { opinionEntity } from '#kinds/opinion.ts';
import { progressEntity } from '#kinds/progress.ts';
import { publicationEntity } from '#kinds/publication.ts';
import { voteEntity } from '#kinds/vote.ts';
import { whistleEntity } from '#kinds/whistle.ts';
import { traceMonths, traceOf, type TraceSubject } from '#read-models/trace.ts';
import { childScope, isWithin, toScope } from '#records/scope.ts';
import { foldRuns } from '../property-runs.ts';
import { holding, written } from './meeting-records.ts';

const yards = ['c1', 'c12'].map((yard) => toScope(`qianmen/caochang/g3/${yard}`));
const ids = ['subject01', 'subject02', 'subject03'];
const day = toDay('2026-11-23');

/** Entities, with what they are told to be about: `matter subject01`. */
const things = yards.flatMap((yard) => {
	const door = childScope(yard, 'h1');
	const places = [
		{ kind: 'courtyard', entity: yard.replaceAll('/', '.'), scope: yard, about: '' },
		{ kind: 'household', entity: door.replaceAll('/', '.'), scope: door, about: '' },
		{ kind: 'check-in', entity: checkInEntity(door, day), scope: door, about: '' },
		{ kind: 'of-a-later-version', entity: `${yard.replaceAll('/', '.')}.x`, scope: yard, about: '' }
	];
	const wholes = ids.flatMap((id) => [
		{ kind: 'meeting', entity: meetingEntity(yard, id), scope: yard, about: `meeting ${id}` },
		{ kind: 'minute', entity: minuteEntity(door, id, 'line0001'), scope: door, about: `meeting ${id}` },
		{ kind: 'amendment', entity: amendmentEntity(yard, id, 'line0002'), scope: yard, about: `meeting ${id}` },
		{
			kind: 'publication',
			entity: publicationEntity(yard, id, 'minutes'),
			scope: yard,
			about: `meeting ${id}`
		},
		{ kind: 'matter', entity: matterEntity(door, id), scope: door, about: `matter ${id}` },
		{ kind: 'progress', entity: progressEntity(door, id, 'line0003'), scope: door, about: `matter ${id}` },
		{ kind: 'whistle', entity: whistleEntity(door, id, 'line0004'), scope: door, about: `matter ${id}` },
		{ kind: 'evaluation', entity: evaluationEntity(door, id, 2), scope: door, about: `matter ${id}` },
		{
			kind: 'publication',
			entity: publicationEntity(yard, id, 'matter'),
			scope: yard,
			about: `matter ${id}`
		},
		{ kind: 'convention', entity: conventionEntity(yard, id), scope: yard, about: `convention ${id}` },
		{ kind: 'opinion', entity: opinionEntity(door, id, 'version1'), scope: door, about: `convention ${id}` },
		{ kind: 'vote', entity: voteEntity(door, id, 'ballot01'), scope: door, about: `convention ${id}` }
	]);
	return [...places, ...wholes];
});

const revision = fc
	.record({
		thing: fc.constantFrom(...things),
		clock: fc.integer({ min: -60_000, max: 60_000 }),
		author: fc.constantFrom('worker1', 'worker2', 'office1'),
		gone: fc.boolean(),
		words: fc.string({ maxLength: 3 })
	})
	.map(({ thing, clock, author, gone, words }) => {
		const { kind, entity, scope } = thing;
		const record = written({ kind, entity, scope, body: gone ? null : { words } }, { clock, author });
		return { thing, record };
	});

const subject: fc.Arbitrary<TraceSubject> = fc.oneof(
	fc
		.constantFrom(...yards, childScope(yards[0] ?? toScope('x'), 'h1'), toScope('qianmen/caochang'))
		.map((scope) => ({ type: 'place' as const, scope })),
	fc.constantFrom('worker1', 'office1').map((account) => ({ type: 'account' as const, account })),
	fc.constantFrom(...things).map(({ kind, entity }) => ({ type: 'entity' as const, kind, entity }))
);

test('a trace has every revision about its subject once, recorded last first, in months without a gap', () => {
	fc.assert(
		fc.property(fc.array(revision, { maxLength: 40 }), subject, fc.boolean(), (made, asked, backwards) => {
			const records = holding(...(backwards ? made.toReversed() : made).map(({ record }) => record));
			const about = things.find(
				({ kind, entity }) => asked.type === 'entity' && kind === asked.kind && entity === asked.entity
			)?.about;
			const expected = made.filter(({ thing, record }) => {
				if (asked.type === 'place') return isWithin(record.scope, asked.scope);
				if (asked.type === 'account') return record.author === asked.account;
				if (['meeting', 'matter', 'convention'].includes(asked.kind)) return thing.about === about;
				return thing.kind === asked.kind && thing.entity === asked.entity;
			});
			const trace = traceOf(records, asked);
			expect(trace.map(({ _id }) => _id).toSorted()).toEqual(
				[...new Set(expected.map(({ record }) => record._id))].toSorted()
			);
			const times = trace.map(({ at }) => at);
			expect(times).toEqual(times.toSorted().toReversed());
			const months = traceMonths(trace);
			expect(months.flatMap(({ revisions }) => revisions)).toEqual(trace);
			expect(months.map(({ month }) => month)).toEqual(
				[...new Set(months.map(({ month }) => month))].toSorted().toReversed()
			);
		}),
		{ numRuns: foldRuns }
	);
});

test('a meeting leaves its trace in the matters it gave someone to do, and no other meeting does', () => {
	const [yard] = yards;
	if (!yard) throw new Error('no courtyard');
	const meeting = meetingEntity(yard, 'council1');
	const given = (from: string, id: string) =>
		written({
			kind: 'matter',
			entity: matterEntity(yard, id),
			scope: yard,
			body: { text: '修灯', source: 'meeting', from: { meeting: from, item: 'topic001' } }
		});
	const [own, other] = [given(meeting, 'matter01'), given(meetingEntity(yard, 'council2'), 'matter02')];
	expect(traceOf(holding(own, other), { type: 'entity', kind: 'meeting', entity: meeting })).toEqual([own]);
});
