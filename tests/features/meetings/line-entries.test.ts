import { expect, test } from 'vitest';
import { checkRecord } from '#kinds/check-record.ts';
import { newLineEntry } from '#features/meetings/line-entries.ts';
import { emptyLine, fieldsOfLine, lineBody, type LineFields } from '#features/meetings/line-fields.ts';
import type { MinuteBody } from '#kinds/minute.ts';
import { seal } from '#records/revision.ts';
import {
	atClock,
	courtyard,
	household,
	itemIds,
	meeting,
	meetingId
} from '../../read-models/meeting-records.ts';

const context = {
	meeting: { entity: meeting, id: meetingId, scope: courtyard },
	item: itemIds[0],
	at: atClock(3),
	id: 'line0001'
};

function entryOf(typed: Partial<LineFields>) {
	return newLineEntry({ ...emptyLine('said', '2026-11-30'), ...typed }, context);
}

test('what a household says is about the household, what others say about the meeting’s place', () => {
	const words = ' 过道要能过轮椅 ';
	expect(entryOf({ words, household, stance: 'for' })).toEqual({
		entry: {
			...{
				kind: 'minute',
				entity: 'qianmen.caochang.g3.c12.h04.council1-line0001',
				scope: household,
				seen: []
			},
			body: { about: 'said', at: context.at, item: itemIds[0], stance: 'for', words: '过道要能过轮椅' }
		}
	});
	expect(entryOf({ words, who: '示例物业' })).toMatchObject({
		entry: { scope: courtyard, body: { who: '示例物业' } }
	});
	expect(entryOf({ about: 'resolution', words, household })).toMatchObject({ entry: { scope: courtyard } });
});

test.each<[Partial<LineFields>, string]>([
	[{ words: '  ' }, 'words'],
	[{ about: 'count', words: '统一清理' }, 'votes'],
	[{ about: 'matter', words: '清运' }, 'owner'],
	[{ about: 'matter', words: '清运', owner: '示例', due: '' }, 'due'],
	[{ words: '长'.repeat(2001) }, 'refused']
])('%j is not taken down: %s', (typed, gap) => {
	expect(entryOf(typed)).toEqual({ gap });
});

test('what someone is given to do is a matter of the meeting from its birth, and every entry is a record', () => {
	const given = entryOf({ about: 'matter', words: '联系清运', owner: 'worker1', account: 'worker1' });
	expect(given).toMatchObject({
		entry: {
			kind: 'matter',
			body: {
				...{ text: '联系清运', source: 'meeting', from: { meeting, item: itemIds[0] } },
				stage: { name: 'doing', owner: { name: 'worker1', account: 'worker1' }, due: '2026-11-30', round: 1 }
			}
		}
	});
	const entries = [
		given,
		entryOf({ words: '清', household, who: '住户乙' }),
		entryOf({ about: 'count', words: '清', for: 3, abstain: 1 }),
		entryOf({ about: 'resolution', words: '清' })
	];
	for (const made of entries) {
		if (!('entry' in made)) throw new Error(made.gap);
		const { kind, entity, scope, body } = made.entry;
		const content = {
			kind,
			entity,
			scope,
			body,
			parents: [],
			author: 'worker1',
			device: 'phone1',
			at: context.at
		};
		const revision = seal(content);
		expect(checkRecord(revision)).toMatchObject({ ok: true });
	}
});

test.each<MinuteBody>([
	{ about: 'attendance', as: 'household', at: context.at },
	{ about: 'attendance', as: 'guest', who: '来宾', at: context.at },
	{ about: 'said', item: itemIds[0], at: context.at, who: '住户乙', stance: 'neutral', words: '先登记' },
	{ about: 'count', item: itemIds[0], at: context.at, words: '清', for: 4, against: 1, abstain: 0 },
	{ about: 'resolution', item: itemIds[0], at: context.at, words: '清' },
	{ about: 'photo', at: context.at, photo: 'a'.repeat(64), words: '过道' }
])('$about, opened and saved as it was, says the same', (body) => {
	expect(lineBody(body, fieldsOfLine(body))).toEqual(body);
});

test('an edit leaves when it was said and under which item', () => {
	const body = { about: 'said', item: itemIds[1], at: context.at, words: '旧' } as const;
	expect(lineBody(body, { ...fieldsOfLine(body), words: '新' })).toEqual({ ...body, words: '新' });
});
