import { expect, test } from 'vitest';
import { amendmentEntity } from '#kinds/amendment.ts';
import { matterEntity } from '#kinds/matter.ts';
import { publicationEntity } from '#kinds/publication.ts';
import { progressEntity } from '#kinds/progress.ts';
import { SearchIndex } from '#read-models/search-index.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import type { JsonObject } from '#records/json.ts';
import { childScope, type Scope } from '#records/scope.ts';
import {
	councilRecord,
	courtyard,
	holding,
	household,
	lineRecord,
	meeting,
	meetingId,
	openMeeting,
	said,
	written
} from './meeting-records.ts';

function place(kind: string, scope: Scope, body: JsonObject, more: Parameters<typeof written>[1] = {}) {
	return written({ kind, entity: scope.replaceAll('/', '.'), scope, body }, more);
}

const matterId = 'matter01';
const matter = written({
	kind: 'matter',
	entity: matterEntity(household, matterId),
	scope: household,
	body: { text: '楼道灯坏了', who: '居民甲' }
});
const places = [
	place('courtyard', courtyard, { name: '示例胡同12号' }),
	place('household', household, { door: '4号', head: '居民甲', phone: '13800000000' })
];

/** What `index` finds, by the entities. */
function found(index: SearchIndex, records: RevisionSet, query: string): readonly string[] {
	for (const step of index.follow(records))
		if (step.done > step.total) throw new Error('more done than there is');
	return index.find(query).map(({ type, entity }) => `${type} ${entity}`);
}

test('a meeting is found by its title, its topics, a line, what a household said and an amendment', () => {
	const records = holding(
		councilRecord(openMeeting),
		lineRecord('line0001', said('大门的灯也不亮', 3)),
		lineRecord('line0002', said('请把自行车挪开', 4), {}, household),
		written({
			kind: 'amendment',
			entity: amendmentEntity(household, meetingId, 'amend001'),
			scope: household,
			body: { type: 'addition', words: '补充：周末动工' }
		})
	);
	const index = new SearchIndex();
	for (const query of ['小院议事', '夜间噪音', '不亮', '自行车', '周末动工', '小院 自行车'])
		expect(found(index, records, query)).toEqual([`meeting ${meeting}`]);
	expect(found(index, records, '亮不')).toEqual([]);
	expect(found(index, records, '')).toEqual([]);
});

test('a matter is found by how it goes on, a household by its courtyard and the end of its phone number', () => {
	const records = holding(
		matter,
		...places,
		written({
			kind: 'progress',
			entity: progressEntity(household, matterId, 'step0001'),
			scope: household,
			body: { words: '电工来看过' }
		})
	);
	const index = new SearchIndex();
	const [home, yard] = [
		`household ${household.replaceAll('/', '.')}`,
		`courtyard ${courtyard.replaceAll('/', '.')}`
	];
	expect(found(index, records, '电工')).toEqual([`matter ${matter.entity}`]);
	expect(found(index, records, '0000')).toEqual([home]);
	expect(found(index, records, '示例胡同１２号')).toEqual([yard, home]);
	expect(found(index, records, '居民甲')).toEqual([`matter ${matter.entity}`, home]);
});

test('what is called so comes first, then what says it word for word, then what has the words apart', () => {
	const titled = (title: string, id: string, starts: string) =>
		councilRecord({ ...openMeeting, title, starts: `${starts}T19:00` }, {}, courtyard, id);
	const records = holding(
		titled('院里的事', 'council3', '2026-11-01'),
		titled('谈停车', 'council4', '2026-11-20'),
		titled('停车怎么办', 'council5', '2026-11-22'),
		lineRecord('line0003', said('停 车', 1)),
		councilRecord(openMeeting),
		written({
			kind: 'matter',
			entity: matterEntity(courtyard, 'matter02'),
			scope: courtyard,
			body: { text: '乱停车' }
		})
	);
	const index = new SearchIndex();
	expect(found(index, records, '停车')).toEqual([
		`meeting ${meeting.replace(meetingId, 'council5')}`,
		`meeting ${meeting.replace(meetingId, 'council4')}`,
		`matter ${matterEntity(courtyard, 'matter02')}`
	]);
	expect(found(index, records, '停 车').map((name) => name.slice(-8))).toEqual([
		...['council5', 'council4'],
		...['council1', 'matter02']
	]);
});

test('2号 finds the second door before the twelfth', () => {
	const door = (id: string, number: string) =>
		place('household', childScope(courtyard, id), { door: number });
	const index = new SearchIndex();
	const [twelfth, second] = [door('h01', '12号'), door('h02', '2号')];
	expect(found(index, holding(twelfth, second), '2号')).toEqual([
		`household ${second.entity}`,
		`household ${twelfth.entity}`
	]);
});

test('it follows what comes, changes and goes, and a courtyard that is renamed', () => {
	const first = councilRecord(openMeeting);
	const line = lineRecord('line0001', said('大门的灯也不亮', 3));
	const records = holding(first, ...places);
	const index = new SearchIndex();
	expect(found(index, records, '不亮')).toEqual([]);
	records.add([line]);
	expect(found(index, records, '不亮')).toEqual([`meeting ${meeting}`]);
	const reworded = lineRecord('line0001', said('大门的灯修好了', 3), { on: [line] });
	records.add([reworded]);
	expect(found(index, records, '不亮')).toEqual([]);
	expect(found(index, records, '修好')).toEqual([`meeting ${meeting}`]);
	records.add([lineRecord('line0001', null, { on: [reworded] })]);
	expect(found(index, records, '修好')).toEqual([]);
	const [yard] = places;
	if (!yard) throw new Error('no courtyard');
	records.add([place('courtyard', courtyard, { name: '样板院' }, { on: [yard], clock: 9 })]);
	expect(found(index, records, '样板院')).toHaveLength(2);
	expect(found(index, records, '示例胡同')).toEqual([]);
	records.remove([first._id]);
	expect(found(index, records, '小院议事')).toEqual([]);
});

test('of a line two people worded differently both wordings find the meeting', () => {
	const line = lineRecord('line0001', said('灯坏了', 3));
	const one = lineRecord('line0001', said('大门的灯坏了', 3), { on: [line], author: 'worker1' });
	const other = lineRecord('line0001', said('后院水管漏', 3), { on: [line], author: 'worker2' });
	const records = holding(councilRecord(openMeeting), line, one, other);
	expect(records.state('minute', line.entity)).toMatchObject({ doubts: [{ path: '/words' }] });
	const index = new SearchIndex();
	expect(found(index, records, '大门的灯')).toEqual([`meeting ${meeting}`]);
	expect(found(index, records, '水管漏')).toEqual([`meeting ${meeting}`]);
});

test('a publication is found where residents hold nothing else', () => {
	const entity = publicationEntity(courtyard, matterId, 'matter');
	const body = { about: 'matter', words: '楼道灯', raised: '2026-11-20', stage: 'doing', owner: '物业' };
	const records = holding(written({ kind: 'publication', entity, scope: courtyard, body }));
	expect(found(new SearchIndex(), records, '物业')).toEqual([`publication ${entity}`]);
});
