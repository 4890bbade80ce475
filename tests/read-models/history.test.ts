import { describe, expect, it } from 'vitest';
import { historyOf } from '#read-models/history.ts';
import { checkIn, neighbourhood, observed } from './neighbourhood.ts';

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
