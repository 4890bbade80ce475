import { describe, expect, test } from 'vitest';
import { withOpenChoices } from '#features/meetings/filed-doubts.ts';
import type { JsonObject } from '#records/json.ts';
import type { Revision } from '#records/revision.ts';
import { councilRecord, holding, meeting } from '../../read-models/meeting-records.ts';
import { ended, held, opened, signatures } from '../../read-models/filing-records.ts';

const before = [opened, held];
const filing = {
	text: held.hash,
	minutes: [],
	matters: [],
	day: '2026-11-23',
	until: '2026-11-30',
	...signatures
};

function staged(stage: JsonObject): JsonObject {
	return {
		...ended,
		stage: { began: '2026-11-23T11:00:00.000Z', ended: '2026-11-23T12:00:00.000Z', ...stage }
	};
}

/** What can be chosen, by the path of the doubt: names of stages, or what becomes of the meeting. */
function choices(...revisions: readonly Revision[]): Record<string, readonly unknown[]> {
	const state = holding(...before, ...revisions).state('meeting', meeting);
	if (state.status !== 'present') throw new Error(state.status);
	return Object.fromEntries(
		withOpenChoices(state).doubts.map(({ path, candidates }) => [path, candidates.map(({ value }) => value)])
	);
}

const filed = staged({ name: 'filed', filing });
const other = staged({ name: 'filed', filing: { ...filing, until: '2026-12-07' } });
const confirmed = staged({ name: 'confirmed', filing, day: '2026-12-01' });
const again = { ...ended, stage: { name: 'open', began: '2026-11-23T11:00:00.000Z' } };
const on = [held];

describe('what people may choose of a meeting that two changed apart', () => {
	test('is anything as long as nothing is filed', () => {
		const found = choices(
			councilRecord(again, { clock: 80, on }),
			councilRecord(null, { clock: 81, author: 'worker2', on })
		);
		expect(found['']).toHaveLength(2);
	});

	test('is the filing, where someone went on without knowing of it', () => {
		const found = choices(
			councilRecord(filed, { clock: 80, on }),
			councilRecord(again, { clock: 81, author: 'worker2', on })
		);
		expect(found['/stage']).toEqual([filed['stage']]);
	});

	test('is one of two filings', () => {
		const found = choices(
			councilRecord(filed, { clock: 80, on }),
			councilRecord(other, { clock: 81, author: 'worker2', on })
		);
		expect(found['/stage']).toHaveLength(2);
	});

	test('is what was confirmed, where another filing stands beside it', () => {
		const first = councilRecord(filed, { clock: 80, on });
		const found = choices(
			first,
			councilRecord(confirmed, { clock: 90, on: [first] }),
			councilRecord(other, { clock: 81, author: 'worker2', on })
		);
		expect(found['/stage']).toEqual([confirmed['stage']]);
	});

	test('is never to call off what was filed', () => {
		const found = choices(
			councilRecord(filed, { clock: 80, on }),
			councilRecord(null, { clock: 81, author: 'worker2', on })
		);
		expect(found['']).toHaveLength(1);
		expect(found['']?.[0]).toMatchObject({ title: ended['title'] });
	});
});
