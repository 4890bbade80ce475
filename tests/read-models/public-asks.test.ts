import { expect, test } from 'vitest';
import { amendmentEntity } from '#kinds/amendment.ts';
import { toDay } from '#kinds/day.ts';
import { evaluationEntity } from '#kinds/evaluation.ts';
import { publicationEntity, readPublication } from '#kinds/publication.ts';
import { askOf } from '#read-models/public-asks.ts';
import { publishedIn } from '#read-models/publications.ts';
import type { JsonObject } from '#records/json.ts';
import { hashOfJson } from '#records/hash.ts';
import type { Revision } from '#records/revision.ts';
import { parentScope, toScope } from '#records/scope.ts';
import { courtyard, holding, household, meetingId, written } from './meeting-records.ts';

const day = toDay('2026-11-23');

function asked(body: JsonObject, ...records: readonly Revision[]) {
	const read = readPublication(body);
	if (!read) throw new Error('no publication');
	return (today = day) => askOf(holding(...records), { subject: meetingId, body: read }, household, today);
}

const announcement = { about: 'announcement', title: '议事会', starts: '2026-11-23T19:00', agenda: [] };
const minutes = {
	...{ about: 'minutes', title: '议事会', starts: '2026-11-20T19:00', filed: '2026-11-21' },
	...{ until: '2026-11-28', filing: hashOfJson('a'), households: 9, others: 0, items: [] }
};
const matter = { about: 'matter', words: '修', raised: '2026-11-01', stage: 'evaluating', round: 2 };
const amendment = written({
	...{ kind: 'amendment', entity: amendmentEntity(household, meetingId, 'amend001'), scope: household },
	body: { type: 'objection', words: '不对' }
});
const rating = (round: number) =>
	written({
		...{ kind: 'evaluation', entity: evaluationEntity(household, meetingId, round), scope: household },
		body: { satisfaction: 'partly' }
	});

test('a household is asked to come until the day is over', () => {
	expect(asked(announcement)()).toEqual({ type: 'come', starts: '2026-11-23T19:00' });
	expect(asked(announcement)(toDay('2026-11-24'))).toBeUndefined();
});

test('nobody is asked to come to a meeting that was called off', () => {
	expect(asked({ ...announcement, cancelled: true })()).toBeUndefined();
});

test('a household is asked to look at minutes while they can be amended and it has not', () => {
	expect(asked(minutes)()).toEqual({ type: 'amend', until: '2026-11-28' });
	expect(asked(minutes)(toDay('2026-11-28'))).toBeDefined();
	expect(asked(minutes)(toDay('2026-11-29'))).toBeUndefined();
	expect(asked({ ...minutes, confirmed: '2026-11-29' })()).toBeUndefined();
	expect(asked(minutes, amendment)()).toBeUndefined();
});

test('a household is asked to rate each round once', () => {
	expect(asked(matter)()).toEqual({ type: 'rate', round: 2 });
	expect(asked(matter, rating(1))()).toEqual({ type: 'rate', round: 2 });
	expect(asked(matter, rating(2))()).toBeUndefined();
	expect(asked({ about: 'matter', words: '修', raised: '2026-11-01', stage: 'doing' })()).toBeUndefined();
});

test('what is public for a household is about its courtyard and the places around that, the newest first', () => {
	const grid = parentScope(courtyard) ?? courtyard;
	const other = toScope('qianmen/caochang/g3/c13');
	const records = [courtyard, grid, toScope('qianmen'), other].map((scope, clock) =>
		written(
			{ kind: 'publication', entity: publicationEntity(scope, meetingId, 'matter'), scope, body: matter },
			{ clock }
		)
	);
	const scopes = (within: typeof household) =>
		publishedIn(holding(...records), [within]).map(({ scope }) => scope);
	expect(scopes(household)).toEqual(['qianmen', grid, courtyard]);
	expect(scopes(grid)).toEqual([other, 'qianmen', grid, courtyard]);
});
