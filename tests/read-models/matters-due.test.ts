import { expect, test } from 'vitest';
import { toDay } from '#kinds/day.ts';
import { matterEntity } from '#kinds/matter.ts';
import type { MatterStage } from '#kinds/matter-stage.ts';
import { whistleEntity } from '#kinds/whistle.ts';
import { dueFirst, dueOf, mattersDue, whistlesOverdue } from '#read-models/matters-due.ts';
import { mattersIn } from '#read-models/matters.ts';
import type { Revision } from '#records/revision.ts';
import { scopeAt, type Scope } from '#records/scope.ts';
import { overTheWire } from '../parsed-json.ts';
import { at, courtyard, holding, id, read, recorded, stages } from './matter-records.ts';

const today = toDay('2026-11-26');

function given(scope: Scope, id: string, stage: MatterStage) {
	const body = { text: id, stage: overTheWire(stage) };
	return recorded('office1', 1, [], body, { scope, entity: matterEntity(scope, id) });
}

test('a matter is overdue from the day after it was due, until it is closed or withdrawn', () => {
	const doing = at(stages.doing, 'office1', 1);
	const matter = read(holding(doing));
	expect(dueOf(matter, toDay('2026-11-24'))).toBeUndefined();
	expect(dueOf(matter, toDay('2026-11-25'))).toBe('today');
	expect(dueOf(matter, today)).toBe('overdue');
	expect(dueOf(read(holding(doing, at(stages.evaluating, 'worker1', 2, [doing]))), today)).toBeUndefined();
	expect(dueOf(read(holding(doing, recorded('office1', 2, [doing], null))), today)).toBeUndefined();
});

test('an owner’s list has what is due by today, about a community too, longest overdue first', () => {
	const community = scopeAt(courtyard, 'community') ?? courtyard;
	const { doing } = stages;
	const records = holding(
		given(courtyard, 'todayaaa', { ...doing, due: today }),
		given(community, 'overdueb', { ...doing, due: toDay('2026-11-20') }),
		given(courtyard, 'laterccc', { ...doing, due: toDay('2026-11-27') }),
		given(courtyard, 'othersdd', { ...doing, owner: { name: '街道城管' } })
	);
	const due = mattersDue(records, 'worker1', today);
	expect(due.map(({ id }) => id)).toEqual(['overdueb', 'todayaaa']);
	expect(mattersDue(records, 'worker2', today)).toEqual([]);
	expect(mattersIn(records, [community]).toSorted(dueFirst)[0]?.id).toBe('overdueb');
});

test('a matter about a community belongs to no courtyard', () => {
	const community = scopeAt(courtyard, 'community') ?? courtyard;
	const records = holding(given(community, 'overdueb', stages.doing));
	expect(mattersIn(records, [community])).toMatchObject([{ courtyard: undefined, scope: community }]);
	expect(mattersIn(records, [courtyard])).toEqual([]);
});

test('a department that is late stands with whoever called it and whoever has the matter, until it answers', () => {
	const doing = at(stages.doing, 'office1', 1);
	const closed = at(stages.evaluating, 'worker1', 2, [doing]);
	const whistle = (due: string, more = {}) =>
		recorded(
			'office2',
			3,
			[],
			{ department: '城管', reason: '清不动', due, ...more },
			{
				...{ kind: 'whistle', entity: whistleEntity(courtyard, id, 'chuishao1') }
			}
		);
	const late = whistle('2026-11-25');
	const seenBy = (account: string, ...records: readonly Revision[]) =>
		whistlesOverdue(holding(...records), account, today).map((matter) => matter.id);
	expect(seenBy('office2', doing, late)).toEqual([id]);
	expect(seenBy('worker1', doing, late)).toEqual([id]);
	expect(seenBy('office1', doing, late)).toEqual([]);
	expect(seenBy('office2', doing, whistle('2026-11-26'))).toEqual([]);
	const answer = { day: '2026-11-26', words: '明天来' };
	expect(seenBy('office2', doing, whistle('2026-11-25', { answer }))).toEqual([]);
	expect(seenBy('office2', doing, closed, late)).toEqual([]);
	expect(seenBy('office2', late)).toEqual([]);
});
