import { describe, expect, it } from 'vitest';
import { conventionEntity } from '#kinds/convention.ts';
import { historyEntry, historyOf } from '#read-models/history.ts';
import type { JsonObject } from '#records/json.ts';
import type { Revision } from '#records/revision.ts';
import { holding, written } from './meeting-records.ts';
import { checkIn, firstCourtyard, neighbourhood, observed } from './neighbourhood.ts';

describe('the history of an entity', () => {
	it('shows every record ever made, the last first, with what each changed', () => {
		const records = neighbourhood();
		const first = checkIn('c1/h2', '2026-11-23', observed('correct', ['food']));
		const second = checkIn('c1/h2', '2026-11-23', observed('mixed', ['food']), { parents: [first.hash] });
		const gone = checkIn(
			'c1/h2',
			'2026-11-23',
			{},
			{ body: null, reason: 'by mistake', parents: [second.hash] }
		);
		records.add([gone, first, second]);
		expect(
			historyOf(records, 'check-in', first.entity).map(({ revision, changes }) => [revision.hash, changes])
		).toEqual([
			[
				gone.hash,
				[
					{ path: '/observed/quality', before: ['mixed'] },
					{ path: '/observed/streams', before: [['food']] }
				]
			],
			[second.hash, [{ path: '/observed/quality', before: ['correct'], after: 'mixed' }]],
			[
				first.hash,
				[
					{ path: '/observed/quality', before: [], after: 'correct' },
					{ path: '/observed/streams', before: [], after: ['food'] }
				]
			]
		]);
	});

	it('names what both sides had said where a record chose between them', () => {
		const records = neighbourhood();
		const left = checkIn('c1/h2', '2026-11-23', observed('correct'), { author: 'worker1' });
		const right = checkIn('c1/h2', '2026-11-23', observed('mixed'), { author: 'worker2' });
		const parents = [left.hash, right.hash].sort();
		const choice = checkIn('c1/h2', '2026-11-23', observed('mixed'), { parents });
		records.add([left, right, choice]);
		const [latest] = historyOf(records, 'check-in', left.entity);
		expect(latest?.changes).toHaveLength(1);
		expect(latest?.changes[0]?.before.toSorted()).toEqual(['correct', 'mixed']);
		expect(latest?.changes[0]?.after).toBe('mixed');
	});
});

describe('what one record changed', () => {
	it('is told by the fields in which its kind merges: a clause by its id, a stage as one', () => {
		const clauses = (text: string) => [{ id: 'clause001', place: 'a0', text }];
		const first = conventionRecord({ title: '公约', clauses: clauses('安静'), stage: { name: 'drafting' } });
		const second = conventionRecord(
			{ title: '公约', clauses: clauses('晚上安静'), stage: { name: 'deliberating' } },
			[first]
		);
		expect(historyEntry(holding(first, second), second).changes).toEqual([
			{ path: '/clauses/clause001', before: clauses('安静'), after: clauses('晚上安静')[0] },
			{ path: '/stage', before: [{ name: 'drafting' }], after: { name: 'deliberating' } }
		]);
	});
});

function conventionRecord(body: JsonObject, on: readonly Revision[] = []): Revision {
	const entity = conventionEntity(firstCourtyard, 'gongyue1');
	return written({ kind: 'convention', entity, scope: firstCourtyard, body }, { on });
}
