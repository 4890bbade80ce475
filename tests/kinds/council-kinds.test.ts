import { describe, expect, it } from 'vitest';
import { amendmentOf } from '#kinds/amendment.ts';
import { checkRecord } from '#kinds/check-record.ts';
import { kinds } from '#kinds/kinds.ts';
import { meetingOf } from '#kinds/meeting.ts';
import { attendanceId, minuteEntity, minuteOf } from '#kinds/minute.ts';
import { hashOfBytes } from '#records/hash.ts';
import type { Json, JsonObject } from '#records/json.ts';
import { seal } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { places, sampleRecord, samples } from '../contract/rights/sample-records.ts';

const courtyard = toScope('qianmen/caochang/g3/c12');
const hashes = ['a', 'b', 'c'].map((text) => hashOfBytes(Buffer.from(text))).sort();
const [hash = ''] = hashes;
const at = '2026-11-23T11:02:03.004Z';
const signed = { name: '李建国', signature: [[1, 2, 3, 4]] };
const held = { began: at, ended: at };
const filing = {
	text: hash,
	minutes: hashes,
	matters: [],
	chair: signed,
	recorder: signed,
	day: '2026-11-23',
	until: '2026-11-30'
};
const item = { id: 'item0001', place: 'a0', topic: '门口堆物' };

const line = 'qianmen.caochang.g3.c12.huiyi001-line0001';
const householdLine = line.replace('.huiyi', '.h04.huiyi');
const above = { meeting: 'qianmen.caochang.huiyi002', line: 'qianmen.caochang.huiyi002-line0001' };

/** A matter decided on these lines, in a meeting of its courtyard; `''`: in none. */
function decidedOn(lines: readonly string[], meeting = 'qianmen.caochang.g3.c12.huiyi001'): JsonObject {
	const stage = {
		name: 'decided',
		decision: '每周六清',
		...(meeting !== '' && { meeting }),
		lines: [...lines]
	};
	return { text: '门口堆物', stage };
}

/** A matter that is carried out and goes by these lines. */
function linkedTo(
	lines: readonly string[],
	meetings: readonly string[] = ['qianmen.caochang.g3.c12.huiyi001', above.meeting]
): JsonObject {
	return { text: '门口堆物', meetings: [...meetings], lines: [...lines] };
}

/** Where a body of a kind is refused, as a JSON pointer; undefined when it is taken. */
function refusedAt(kind: string, body: JsonObject): string | undefined {
	const sample = sampleRecord(
		kind,
		kind === 'evaluation' ? toScope(`${courtyard}/h04`) : courtyard,
		'li',
		'p'
	);
	if (!sample) throw new Error('no sample');
	const checked = checkRecord(seal({ ...sample, body }));
	if (checked.ok) return undefined;
	expect(checked.refusal.code).toBe('body');
	return checked.refusal.at;
}

const sampleOf = (kind: string): JsonObject => samples[kind]?.body ?? {};
const meeting = (changes: JsonObject) => ({ ...sampleOf('meeting'), ...changes });
const atStage = (stage: Json) => meeting({ stage });
const filedWith = (changes: JsonObject) =>
	atStage({ name: 'filed', ...held, filing: { ...filing, ...changes } });
const said = { about: 'said', item: 'item0001', at, words: '门口堆物挡路' };
const hands = { about: 'count', item: 'item0001', at, words: '每周六清理', for: 9, against: 1, abstain: 1 };
const doing = { name: 'doing', owner: { name: '王师傅' }, due: '2026-12-01', round: 1 };

describe('what is written of councils and matters', () => {
	it.each<[string, string, JsonObject]>([
		['a meeting under way', 'meeting', atStage({ name: 'open', began: at })],
		['one that ended', 'meeting', atStage({ name: 'ended', ...held })],
		['filed minutes', 'meeting', filedWith({})],
		['confirmed ones', 'meeting', atStage({ name: 'confirmed', ...held, filing, day: '2026-12-01' })],
		['what someone said', 'minute', { ...said, who: '居民甲', stance: 'for' }],
		['a show of hands', 'minute', hands],
		['a resolution', 'minute', { about: 'resolution', item: 'item0001', at, words: '通过' }],
		['a photo', 'minute', { about: 'photo', at, photo: hash }],
		['an attendance', 'minute', { about: 'attendance', as: 'household', at }],
		[
			'an objection with its answer',
			'amendment',
			{
				type: 'objection',
				words: '不是这样说的',
				item: 'item0001',
				answer: { type: 'declined', words: '录音为准' }
			}
		],
		[
			'an action item',
			'matter',
			{
				text: '清走堆物',
				source: 'meeting',
				from: { meeting: 'qianmen.caochang.g3.c12.k3v9x0ab', item: 'item0001' },
				stage: doing
			}
		],
		['a decision that rests on lines of its meeting', 'matter', decidedOn([line, householdLine])],
		['a matter that goes by lines of its meetings', 'matter', linkedTo([line, above.line])],
		['and one of a meeting of the whole community', 'matter', decidedOn([above.line], above.meeting)],
		[
			'a closed matter',
			'matter',
			{ text: '清走堆物', stage: { ...doing, name: 'evaluating', result: '清走了', day: '2026-11-30' } }
		],
		['progress that waits', 'progress', { words: '等车', waiting: { for: '环卫车', until: '2026-12-01' } }],
		[
			'a whistle that was answered',
			'whistle',
			{
				...sampleOf('whistle'),
				reported: { day: '2026-11-24', who: '张科' },
				answer: { day: '2026-11-25', words: '周六来' }
			}
		]
	])('%s is taken', (_what, kind, body) => {
		expect(refusedAt(kind, body)).toBeUndefined();
	});

	it.each<[string, string, JsonObject, string]>([
		['a meeting without a title', 'meeting', meeting({ title: '' }), '/body/title'],
		['at no time', 'meeting', meeting({ starts: 'tonight' }), '/body/starts'],
		['with an item twice', 'meeting', meeting({ agenda: [item, item] }), '/body/agenda'],
		[
			'with items out of their order',
			'meeting',
			meeting({
				agenda: [
					{ ...item, place: 'a1' },
					{ ...item, id: 'item0002' }
				]
			}),
			'/body/agenda'
		],
		[
			'with an item of no id',
			'meeting',
			meeting({ agenda: [{ ...item, id: '__proto__' }] }),
			'/body/agenda/0/id'
		],
		['at a stage there is none of', 'meeting', atStage({ name: '__proto__' }), '/body/stage/name'],
		['open since nobody knows when', 'meeting', atStage({ name: 'open' }), '/body/stage/began'],
		['filed without a filing', 'meeting', atStage({ name: 'filed', ...held }), '/body/stage/filing'],
		[
			'filed with an unsigned chair',
			'meeting',
			filedWith({ chair: { ...signed, signature: [] } }),
			'/body/stage/filing/chair/signature'
		],
		[
			'signed by nobody',
			'meeting',
			filedWith({ recorder: { ...signed, name: '' } }),
			'/body/stage/filing/recorder/name'
		],
		[
			'that files a line twice',
			'meeting',
			filedWith({ minutes: [hash, hash] }),
			'/body/stage/filing/minutes'
		],
		['that files something that is no hash', 'meeting', filedWith({ text: 'x' }), '/body/stage/filing/text'],
		['filed before the day it ended', 'meeting', filedWith({ day: '2026-11-22' }), '/body/stage/filing/day'],
		['open to amendments for a day', 'meeting', filedWith({ until: '2026-11-24' }), '/body/stage/filing'],
		[
			'confirmed before its time',
			'meeting',
			atStage({ name: 'confirmed', ...held, filing, day: '2026-11-30' }),
			'/body/stage'
		],
		['a line about nothing known', 'minute', { about: 'song', at }, '/body/about'],
		['said of no item', 'minute', { ...said, item: 'x' }, '/body/item'],
		['said at no time', 'minute', { ...said, at: '19:00' }, '/body/at'],
		['said without words', 'minute', { ...said, words: '' }, '/body/words'],
		['a stance there is none of', 'minute', { ...said, stance: 'perhaps' }, '/body/stance'],
		['half a hand', 'minute', { ...hands, for: 0.5 }, '/body/for'],
		['fewer hands than none', 'minute', { ...hands, against: -1 }, '/body/against'],
		['a guest without a name', 'minute', { about: 'attendance', as: 'guest', at }, '/body'],
		['a photo that is no hash', 'minute', { about: 'photo', at, photo: 'x' }, '/body/photo'],
		['a line with more in it', 'minute', { ...said, loud: true }, '/body/loud'],
		['an amendment of no type', 'amendment', { type: 'praise', words: '好' }, '/body/type'],
		[
			'an answer there is none of',
			'amendment',
			{ type: 'objection', words: '不对', answer: { type: 'ignored' } },
			'/body/answer/type'
		],
		[
			'a matter done by nobody',
			'matter',
			{ text: '清走', stage: { ...doing, owner: {} } },
			'/body/stage/owner/name'
		],
		['done in round zero', 'matter', { text: '清走', stage: { ...doing, round: 0 } }, '/body/stage/round'],
		['due on no day', 'matter', { text: '清走', stage: { ...doing, due: '2026-02-30' } }, '/body/stage/due'],
		[
			'closed without a result',
			'matter',
			{ text: '清走', stage: { ...doing, name: 'evaluating', day: '2026-11-30' } },
			'/body/stage/result'
		],
		[
			'out of another place’s meeting',
			'matter',
			{ text: '清走', from: { meeting: 'qianmen.k3v9x0ab', item: 'item0001' } },
			'/body/from/meeting'
		],
		['decided on no line', 'matter', decidedOn([]), '/body/stage/lines'],
		['on a line twice', 'matter', decidedOn([line, line]), '/body/stage/lines'],
		[
			'on more lines than anyone reads',
			'matter',
			decidedOn(Array.from({ length: 21 }, (_, index) => line.replace(/..$/, String(index + 10)))),
			'/body/stage/lines'
		],
		['on what is no line', 'matter', decidedOn(['x']), '/body/stage/lines'],
		['on a line of another meeting', 'matter', decidedOn([above.line]), '/body/stage/lines'],
		[
			'on a line of a place that the meeting was not about',
			'matter',
			decidedOn([line.replace('c12', 'c99')]),
			'/body/stage/lines'
		],
		['on lines of no meeting', 'matter', decidedOn([line], ''), '/body/stage/meeting'],
		[
			'on lines of a meeting of another place',
			'matter',
			decidedOn([line], 'qianmen.caochang.g3.c99.huiyi001'),
			'/body/stage/meeting'
		],
		['by a line of a meeting it does not name', 'matter', linkedTo([line], [above.meeting]), '/body/lines'],
		['by a line of another place', 'matter', linkedTo([line.replace('c12', 'c99')]), '/body/lines'],
		[
			'by lines of a meeting of another place',
			'matter',
			linkedTo([line.replace('c12', 'c99')], ['qianmen.caochang.g3.c99.huiyi001']),
			'/body/lines'
		],
		['from nowhere', 'matter', { text: '清走', source: 'rumour' }, '/body/source'],
		['progress without words', 'progress', {}, '/body/words'],
		['that waits for nothing', 'progress', { words: '等', waiting: {} }, '/body/waiting/for'],
		['a whistle for nobody', 'whistle', { reason: '清不动', due: '2026-12-01' }, '/body/department'],
		['without a deadline', 'whistle', { department: '环卫', reason: '清不动' }, '/body/due'],
		['a rating of stars', 'evaluation', { satisfaction: 5 }, '/body/satisfaction'],
		[
			'a publication of a name in a line too many',
			'publication',
			{ ...sampleOf('publication'), speaker: '居民甲' },
			'/body/speaker'
		],
		[
			'of something else than its key says',
			'publication',
			{ about: 'announcement', title: '会', starts: '2026-11-23T19:00', agenda: [] },
			'/entity'
		]
	])('%s is refused, and the refusal says where', (_what, kind, body, where) => {
		expect(refusedAt(kind, body)).toBe(where);
	});

	it('is about places as high as its kind is', () => {
		const levelsOf = (kind: string) =>
			new Set(
				places.flatMap((scope) => (sampleRecord(kind, scope, 'li', 'p') ? scope.split('/').length : []))
			);
		expect([...levelsOf('meeting')].sort()).toEqual([1, 2, 4]);
		for (const kind of ['minute', 'amendment']) expect([...levelsOf(kind)].sort()).toEqual([1, 2, 4, 5]);
		for (const kind of ['matter', 'progress', 'whistle'])
			expect([...levelsOf(kind)].sort()).toEqual([1, 2, 3, 4, 5]);
		expect([...levelsOf('evaluation')]).toEqual([5]);
		// A household is nobody's to publish about.
		expect([...levelsOf('publication')].sort()).toEqual([1, 2, 3, 4]);
	});
});

describe('names of what was taken down', () => {
	it('say which meeting and which line', () => {
		const household = toScope(`${courtyard}/h04`);
		const entity = minuteEntity(household, 'k3v9x0ab', attendanceId);
		expect(minuteOf(entity)).toEqual({ scope: household, meeting: 'k3v9x0ab', id: 'attendance' });
		expect(meetingOf('qianmen.k3v9x0ab')).toEqual({ scope: 'qianmen', id: 'k3v9x0ab' });
		for (const odd of [
			'qianmen.k3v9x0ab',
			'qianmen.k3v9x0ab-',
			'qianmen.k3v9x0ab-a-b',
			'..k3v9x0ab-a0b1c2d3'
		])
			expect([minuteOf(odd), amendmentOf(odd)]).toEqual([undefined, undefined]);
	});
});

describe('when a household’s personal data is erased', () => {
	const kept = (kind: string, body: JsonObject) => kinds.get(kind)?.impersonal(body);
	it('that someone was there and where they stood is still counted, without names and words', () => {
		const attended = { about: 'attendance', as: 'household', at };
		expect(kept('minute', { ...attended, who: '甲' })).toEqual(attended);
		const left = kept('minute', { ...said, who: '甲', stance: 'for' });
		expect(left).toEqual({ ...said, words: '—', stance: 'for' });
		expect(refusedAt('minute', left ?? {})).toBeUndefined();
		expect(kept('evaluation', { satisfaction: 'not', words: '没弄干净' })).toEqual({ satisfaction: 'not' });
	});

	it.each(['matter', 'progress', 'whistle', 'amendment'])('nothing of a %s stays', (kind) => {
		expect(kept(kind, sampleOf(kind))).toBeUndefined();
	});
});
