import { expect, test } from 'vitest';
import { toDay } from '#kinds/day.ts';
import { progressEntity } from '#kinds/progress.ts';
import { whistleEntity } from '#kinds/whistle.ts';
import { isAnswerOverdue, progressOn, waitingFor, whistlesOn } from '#read-models/matter-progress.ts';
import type { JsonObject } from '#records/json.ts';
import type { Revision } from '#records/revision.ts';
import { courtyard, entity, holding, id, recorded } from './matter-records.ts';

function went(own: string, minute: number, body: JsonObject | null, on: readonly Revision[] = []): Revision {
	return recorded('worker1', minute, on, body, {
		kind: 'progress',
		entity: progressEntity(courtyard, id, own)
	});
}

function whistled(
	minute: number,
	body: JsonObject,
	on: readonly Revision[] = [],
	author = 'office1'
): Revision {
	const called = { department: '城管分队', reason: '超出社区权限', due: '2026-11-24' };
	return recorded(
		author,
		minute,
		on,
		{ ...called, ...body },
		{
			kind: 'whistle',
			entity: whistleEntity(courtyard, id, 'whistle01')
		}
	);
}

test('entries come in the order in which they were first recorded, without those withdrawn', () => {
	const first = went('entry0001', 1, { words: '量了尺寸', waiting: { for: '厂家送货' } });
	const mistyped = went('entry0002', 2, { words: '记错' });
	const records = holding(
		went('entry0003', 4, { words: '装好了' }),
		mistyped,
		went('entry0002', 3, null, [mistyped]),
		first,
		went('entry0001', 5, { words: '量好了尺寸', waiting: { for: '厂家送货' } }, [first])
	);
	const entries = progressOn(records, { entity });
	expect(entries.map(({ body }) => body.words)).toEqual(['量好了尺寸', '装好了']);
	expect(waitingFor(entries)).toBeUndefined();
	expect(waitingFor(entries.slice(0, 1))).toEqual({ for: '厂家送货' });
});

test('a department that neither came nor answered by the day is overdue, and is not once it answered', () => {
	const today = toDay('2026-11-25');
	const called = whistled(1, {});
	const reported = whistled(2, { reported: { day: '2026-11-24', who: '队员甲' } }, [called]);
	const [open] = whistlesOn(holding(called, reported), { entity });
	expect(open?.body.reported?.who).toBe('队员甲');
	expect(open && isAnswerOverdue(open, today)).toBe(true);
	expect(open && isAnswerOverdue(open, toDay('2026-11-24'))).toBe(false);
	const answered = whistled(3, { ...reported.body, answer: { day: '2026-11-25', words: '下周拆' } }, [
		reported
	]);
	const [closed] = whistlesOn(holding(called, reported, answered), { entity });
	expect(closed && isAnswerOverdue(closed, today)).toBe(false);
});

test('two answers recorded side by side are a doubt', () => {
	const called = whistled(1, {});
	const one = whistled(2, { answer: { day: '2026-11-24', words: '下周拆' } }, [called]);
	const other = whistled(2, { answer: { day: '2026-11-24', words: '不归我们管' } }, [called], 'office2');
	const [entry] = whistlesOn(holding(called, one, other), { entity });
	expect(entry?.body.answer).toBeUndefined();
	expect(entry?.doubts.map(({ path }) => path)).toEqual(['/answer']);
});
