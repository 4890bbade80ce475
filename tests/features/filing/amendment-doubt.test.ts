import { describe, expect, test } from 'vitest';
import { amendmentValueText, isOpenBesideAnswer } from '#features/filing/amendment-doubt.ts';
import { amendmentEntity } from '#kinds/amendment.ts';
import type { JsonObject } from '#records/json.ts';
import { courtyard, holding, meetingId, written } from '../../read-models/meeting-records.ts';

const entity = amendmentEntity(courtyard, meetingId, 'first001');
const said = { type: 'objection', words: '我没这么说' };

/** An amendment that two people changed without seeing each other's. */
function changedApart(one: JsonObject, other: JsonObject) {
	const about = { kind: 'amendment', entity, scope: courtyard };
	const first = written({ ...about, body: said });
	const changes = [one, other].map((body, index) =>
		written({ ...about, body }, { clock: 5, author: `worker${String(index)}`, on: [first] })
	);
	return holding(first, ...changes).state('amendment', entity);
}

describe('an amendment', () => {
	test('is not answered while its words are in doubt', () => {
		const state = changedApart({ ...said, words: '我说的是周日' }, { ...said, words: '我说的是周六' });
		expect(isOpenBesideAnswer(state)).toBe(true);
	});

	test('is answered anew where only its answers differ', () => {
		const state = changedApart(
			{ ...said, answer: { type: 'noted' } },
			{ ...said, answer: { type: 'declined' } }
		);
		expect(isOpenBesideAnswer(state)).toBe(false);
	});

	test('shows the words that are chosen between', () => {
		expect(amendmentValueText('/words', '我说的是周日')).toBe('我说的是周日');
	});
});
