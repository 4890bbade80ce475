import { describe, expect, it } from 'vitest';
import { checkInEntity, checkInOf, readCheckIn } from '#kinds/check-in.ts';
import { checkRecord } from '#kinds/check-record.ts';
import { toDay } from '#kinds/day.ts';
import { monthOfEntity, policyOf } from '#kinds/kinds.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { stateOf } from '#records/state-of.ts';

const household = toScope('qianmen/caochang/g3/c12/h04');
const entity = checkInEntity(household, toDay('2026-11-23'));

function record(body: JsonObject, author = 'worker1', parents: readonly Revision[] = []): Revision {
	return seal({
		kind: 'check-in',
		entity,
		parents: parents.map(({ hash }) => hash).sort(),
		scope: household,
		author,
		device: 'phone1',
		at: '2026-11-23T01:02:03.004Z',
		body
	});
}

function merged(...revisions: readonly Revision[]) {
	return stateOf(revisions, policyOf('check-in'));
}

describe('check-in', () => {
	it('is one for a household and a day', () => {
		expect(entity).toBe('qianmen.caochang.g3.c12.h04.2026-11-23');
		expect(checkInOf(entity)).toEqual({ household, day: '2026-11-23' });
		expect(monthOfEntity('check-in', entity)).toBe('2026-11');
		expect(checkInOf('..2026-11-23')).toBeUndefined();
	});

	it('joins the worker’s observation and the household’s own tap on the same day, showing both', () => {
		const state = merged(
			record({ observed: { quality: 'mixed', streams: ['food'] } }),
			record({ reported: { quality: 'correct' } }, 'household')
		);
		expect(state).toMatchObject({
			status: 'present',
			doubts: [],
			body: { observed: { quality: 'mixed', streams: ['food'] }, reported: { quality: 'correct' } }
		});
	});

	it('joins the streams and photos two workers noted, and shows a doubt where their qualities differ', () => {
		const photo = (digit: string) => digit.repeat(64);
		const state = merged(
			record(
				{ observed: { quality: 'correct', streams: ['food', 'other'], photos: [photo('a')] } },
				'worker1'
			),
			record(
				{ observed: { quality: 'mixed', streams: ['food', 'recyclable'], photos: [photo('b')] } },
				'worker2'
			)
		);
		expect(state).toMatchObject({
			body: { observed: { streams: ['food', 'other', 'recyclable'], photos: [photo('a'), photo('b')] } },
			doubts: [{ path: '/observed/quality' }]
		});
	});

	it('reads what a later version wrote without failing: what it does not know is absent', () => {
		expect(readCheckIn({ observed: { quality: 'splendid', note: 'a note' }, weather: 'fine' })).toMatchObject(
			{
				observed: { note: 'a note' }
			}
		);
		expect(readCheckIn({ observed: 'odd' }).observed).toBeUndefined();
	});

	it.each<[string, JsonObject, string]>([
		['neither observed nor reported', {}, '/body'],
		['no quality', { observed: { streams: ['food'] } }, '/body/observed/quality'],
		['an unknown quality', { observed: { quality: 'splendid' } }, '/body/observed/quality'],
		['an unknown stream', { observed: { quality: 'mixed', streams: ['glass'] } }, '/body/observed/streams/0'],
		[
			'a photo that is not a hash',
			{ observed: { quality: 'mixed', photos: ['x'] } },
			'/body/observed/photos/0'
		],
		['a negative weight', { observed: { quality: 'mixed', weightKg: -1 } }, '/body/observed/weightKg'],
		['an unknown field', { observed: { quality: 'mixed', extra: 1 } }, '/body/observed/extra'],
		['an unknown view', { observed: { quality: 'mixed' }, rumoured: {} }, '/body/rumoured']
	])('with %s is refused, and the refusal says where', (_name, body, at) => {
		expect(checkRecord(record(body))).toMatchObject({ ok: false, refusal: { code: 'body', at } });
	});

	it.each(['2026-11-23', 'qianmen.caochang.g3.c12.h05.2026-11-23', 'qianmen.caochang.g3.c12.h04.2026-02-30'])(
		'about %s is not about its household and a day',
		(other) => {
			const refused = checkRecord(seal({ ...record({ observed: { quality: 'mixed' } }), entity: other }));
			expect(refused).toMatchObject({ ok: false, refusal: { code: 'body', at: '/entity' } });
		}
	);
});
