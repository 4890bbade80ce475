import { expect, it } from 'vitest';
import { checkRecord } from '#kinds/check-record.ts';
import { opinionEntity } from '#kinds/opinion.ts';
import { isPersonal } from '#kinds/personal.ts';
import { voteEntity } from '#kinds/vote.ts';
import { erasurePlan } from '#read-models/erasure-plan.ts';
import { hashOfBytes } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';

const household = toScope('qianmen/caochang/g3/c12/h04');
const eraser = { author: 'office1', at: '2026-12-05T00:00:00.000Z' };
const text = hashOfBytes(Buffer.from('a text'));
const signature = [[1, 2, 3, 4]];

function written(
	kind: 'vote' | 'opinion',
	topic: string,
	body: JsonObject,
	day: string,
	parents: readonly Revision[] = []
) {
	const entity = (kind === 'vote' ? voteEntity : opinionEntity)(household, 'gongyue0', topic);
	const content = {
		kind,
		entity,
		scope: household,
		author: 'li',
		device: 'phone1',
		at: `${day}T01:02:03.004Z`,
		body
	};
	return seal({ ...content, parents: parents.map(({ hash }) => hash).sort() });
}

const vote = (body: JsonObject, day: string, parents?: readonly Revision[]) =>
	written('vote', 'ballot01', { text, ...body }, day, parents);

function left(...history: readonly Revision[]): readonly Revision[] {
	const { remove, anew, stay } = erasurePlan(history, eraser);
	expect([...remove, ...stay].map(({ _id }) => _id).sort()).toEqual(history.map(({ _id }) => _id).sort());
	for (const revision of [...anew, ...stay]) {
		expect(checkRecord(revision)).toEqual({ ok: true, revision });
		expect(isPersonal(revision)).toBe(false);
	}
	return [...anew, ...stay];
}

it('a vote loses its signature, and keeps choice, text and day, so that it counts as before', () => {
	const [kept] = left(vote({ choice: 'agree', signature }, '2026-11-20'));
	expect(kept).toMatchObject({
		body: { choice: 'agree', text },
		at: '2026-11-20T01:02:03.004Z',
		author: 'office1'
	});
	expect(JSON.stringify(kept)).not.toContain('signature');
});

it('a vote changed after the close stays changed after it, on top of the one before', () => {
	const first = vote({ choice: 'agree', signature }, '2026-11-20');
	const after = left(first, vote({ choice: 'disagree' }, '2026-11-25', [first]));
	expect(after.map(({ at, body }) => [at.slice(0, 10), body?.['choice']])).toEqual([
		['2026-11-20', 'agree'],
		['2026-11-25', 'disagree']
	]);
	expect(after[1]?.parents).toEqual([after[0]?.hash]);
});

it('a vote without a signature stays as it is', () => {
	const plain = vote({ choice: 'abstain' }, '2026-11-20');
	expect(left(plain)).toEqual([plain]);
});

it.each<[string, JsonObject, JsonObject | undefined]>([
	[
		'agreement with words',
		{ about: 'clause', view: 'agree', words: '说得对', seen: text },
		{ about: 'clause', view: 'agree', seen: text }
	],
	[
		'a suggestion',
		{ about: 'clause', view: 'suggest', words: '改成这样', seen: text },
		{ about: 'clause', view: 'suggest', words: '—', seen: text }
	],
	['a rating', { about: 'rating', rating: 'good', words: '好多了' }, { about: 'rating', rating: 'good' }],
	['a wish', { about: 'wish', words: '想种花' }, undefined],
	['an objection', { about: 'objection', words: '不同意' }, undefined]
])('of %s stays what is counted', (_what, body, expected) => {
	const [kept] = left(written('opinion', 'clause01', body, '2026-11-20'));
	expect(kept?.body).toEqual(expected);
});
