import { expect, test } from 'vitest';
import { toDay } from '#kinds/day.ts';
import { matterEntity } from '#kinds/matter.ts';
import { attendanceId } from '#kinds/minute.ts';
import type { MeetingRead } from '#kinds/meeting.ts';
import { readMeeting } from '#kinds/meeting.ts';
import { minutesOf, type Line } from '#read-models/minutes.ts';
import {
	announcementOf,
	areMinutesOld,
	isAnnouncementOld,
	publishedMinutes
} from '#read-models/published-meeting.ts';
import type { Published } from '#read-models/publications.ts';
import type { Revision } from '#records/revision.ts';
import {
	atClock,
	courtyard,
	holding,
	household,
	itemIds,
	lineRecord,
	meeting,
	meetingId,
	openMeeting,
	said,
	written
} from './meeting-records.ts';

const choices = { said: false, owners: false, otherTopic: '其他' };
const read: MeetingRead = readMeeting({ ...openMeeting, place: '大槐树下' });

const lines: readonly Revision[] = [
	lineRecord(attendanceId, { about: 'attendance', as: 'household', at: atClock(1) }, {}, household),
	lineRecord('guest001', { about: 'attendance', as: 'guest', who: '来宾甲', at: atClock(2) }),
	lineRecord('line0001', { ...said('门口的沙发该搬了', 3), who: '居民乙' }, {}, household),
	lineRecord('line0002', {
		...{ about: 'count', item: itemIds[0], at: atClock(4), words: '周六搬' },
		...{ for: 9, against: 1, abstain: 2 }
	}),
	lineRecord('line0003', { about: 'resolution', item: itemIds[0], at: atClock(5), words: '周六一起搬。' }),
	lineRecord('line0004', { about: 'resolution', item: 'gone0001', at: atClock(6), words: '散会。' }),
	written({
		...{ kind: 'matter', entity: matterEntity(courtyard, 'matter0001'), scope: courtyard },
		body: {
			...{ text: '借一辆车', source: 'meeting', from: { meeting, item: itemIds[0] } },
			stage: { name: 'doing', owner: { name: '住户丙' }, due: '2026-11-28', round: 1 }
		}
	})
];
const [record] = lines;
if (!record) throw new Error('no records');

const signed = { name: '居民甲', signature: [[1, 2, 3, 4]] };
const filed = {
	read,
	minutes: minutesOf(holding(...lines), { entity: meeting, id: meetingId, read }),
	erasedSigned: [],
	filing: {
		...{ text: record.hash, minutes: [], matters: [], chair: signed, recorder: signed },
		...{ day: toDay('2026-11-24'), until: toDay('2026-12-01') }
	},
	code: record.hash,
	confirmed: undefined
};

function published(body: Published['body']): Published {
	const by = { hash: record?.hash ?? filed.code, author: 'worker1', device: 'phone', at: atClock(9) };
	const about = { entity: '', scope: courtyard, subject: meetingId, about: body.about, heads: [] };
	return { ...about, body, doubtful: false, first: by, last: by };
}

test('minutes show what was counted, resolved and given to do, and never who was there or spoke', () => {
	expect(publishedMinutes(filed, choices)).toEqual({
		...{ about: 'minutes', title: '小院议事会', place: '大槐树下', starts: '2026-11-23T19:00' },
		...{ filed: '2026-11-24', until: '2026-12-01', filing: record.hash, households: 1, others: 1 },
		items: [
			{
				topic: '门口杂物',
				counts: [{ words: '周六搬', for: 9, against: 1, abstain: 2 }],
				resolutions: ['周六一起搬。'],
				actions: [{ words: '借一辆车', due: '2026-11-28' }]
			},
			{ topic: '夜间噪音' },
			{ topic: '其他', resolutions: ['散会。'] }
		]
	});
	const all = JSON.stringify(publishedMinutes(filed, { ...choices, said: true, owners: true }));
	expect(all).toContain('门口的沙发该搬了');
	expect(all).toContain('住户丙');
	for (const name of ['居民甲', '居民乙', '来宾甲', household]) expect(all).not.toContain(name);
});

test('of a household that was erased its attendance stays, where it was signed', () => {
	const households = (erasedSigned: readonly Line[]) =>
		publishedMinutes({ ...filed, erasedSigned }, choices)?.households;
	expect([households([]), households(filed.minutes.attendance.slice(0, 1))]).toEqual([1, 2]);
});

test('minutes are out of date once they are confirmed, whatever was chosen of them', () => {
	for (const said of [false, true])
		for (const owners of [false, true]) {
			const body = publishedMinutes(filed, { ...choices, said, owners });
			if (!body) throw new Error('nothing to show');
			expect(areMinutesOld(filed, published(body), '其他')).toBe(false);
			const confirmed = { ...filed, confirmed: toDay('2026-12-02') };
			expect(areMinutesOld(confirmed, published(body), '其他')).toBe(true);
		}
});

test('a meeting is announced with its agenda, and anew when that changes', () => {
	const body = announcementOf(read, '请各户来一位');
	expect(body).toEqual({
		...{ about: 'announcement', title: '小院议事会', place: '大槐树下', starts: '2026-11-23T19:00' },
		...{ agenda: ['门口杂物', '夜间噪音'], words: '请各户来一位' }
	});
	if (!body) throw new Error('nothing to show');
	expect(isAnnouncementOld(read, published(body))).toBe(false);
	expect(isAnnouncementOld({ ...read, starts: '2026-11-24T19:00' }, published(body))).toBe(true);
	expect(announcementOf({ ...read, title: undefined }, '')).toBeUndefined();
});
