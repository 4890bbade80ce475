import { expect, test } from 'vitest';
import { actEntity } from '#kinds/act.ts';
import { checkInEntity } from '#kinds/check-in.ts';
import { toDay } from '#kinds/day.ts';
import { minuteEntity } from '#kinds/minute.ts';
import { staffKnown } from '#read-models/matter-owners.ts';
import { childScope } from '#records/scope.ts';
import { at, courtyard, holding, recorded, stages } from './matter-records.ts';

const household = childScope(courtyard, 'h04');
const day = toDay('2026-11-23');

test('staff are those who wrote what only staff may, who saw at a door, and who have matters to do', () => {
	const visit = (author: string, body: Parameters<typeof recorded>[3]) =>
		recorded(author, 1, [], body, {
			...{ kind: 'check-in', entity: checkInEntity(household, day), scope: household }
		});
	const records = holding(
		at(stages.doing, 'home-one', 1),
		visit('walker', { observed: { quality: 'correct' } }),
		visit('home-two', { reported: { quality: 'correct' } }),
		recorded(
			'recorder',
			1,
			[],
			{ about: 'attendance', as: 'guest', who: '来宾甲', at: `${day}T01:00:00.000Z` },
			{
				...{ kind: 'minute', entity: minuteEntity(courtyard, 'huiyi0001', 'line0001') }
			}
		),
		recorded(
			'helper',
			1,
			[],
			{ act: 'meeting' },
			{
				...{ kind: 'act', entity: actEntity(household, day, 'canyu0001'), scope: household }
			}
		)
	);
	expect(staffKnown(records, [courtyard])).toEqual(['helper', 'recorder', 'walker', 'worker1']);
});
