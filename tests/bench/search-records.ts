import { conventionEntity } from '#kinds/convention.ts';
import { entityOfScope } from '#kinds/kind.ts';
import { matterEntity } from '#kinds/matter.ts';
import { meetingEntity } from '#kinds/meeting.ts';
import { minuteEntity } from '#kinds/minute.ts';
import { progressEntity } from '#kinds/progress.ts';
import { usualPassRule } from '#kinds/pass-rule.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope, type Scope } from '#records/scope.ts';

/** What people of a made-up hutong talk about. Common words come often, rare ones seldom. */
const words = [
	...[
		'垃圾',
		'分类',
		'厨余',
		'可回收',
		'垃圾桶',
		'院门口',
		'楼道',
		'堆放',
		'杂物',
		'沙发',
		'自行车',
		'电动车'
	],
	...[
		'停车',
		'停车位',
		'车棚',
		'充电',
		'飞线',
		'大门',
		'路灯',
		'灯泡',
		'下水道',
		'井盖',
		'漏水',
		'屋顶',
		'瓦片'
	],
	...[
		'墙皮',
		'修缮',
		'物业',
		'街道',
		'居委会',
		'网格员',
		'居民',
		'老人',
		'孩子',
		'轮椅',
		'扶手',
		'台阶',
		'公厕'
	],
	...['养狗', '拴绳', '狗粪', '噪音', '装修', '晚上', '早上', '周末', '下周', '月底', '商量', '同意', '反对'],
	...['先登记', '再清运', '费用', '公摊', '请大家', '尽快', '已经', '还没有', '负责', '联系', '清理', '检查'],
	...[
		'张贴',
		'通知',
		'各户',
		'院里',
		'槐树',
		'石榴树',
		'花盆',
		'晾衣绳',
		'雨棚',
		'消防通道',
		'灭火器',
		'门牌'
	]
];
const perMeeting = 30;
const perConvention = 12;
const perMatter = 2;

/** Records that come to about `documents` documents: meetings, conventions, matters and households. */
export function searchRecords(documents: number): readonly Revision[] {
	const next = chance(2026);
	const sentence = (length: number) => {
		let text = '';
		while (text.length < length) text += words[Math.floor(words.length * next() ** 2)] ?? '';
		return `${text}。`;
	};
	const records: Revision[] = [];
	for (let n = 0; n < documents; n += 1) {
		const yard = toScope(`qianmen/caochang/g${n % 9}/c${n % 300}`);
		const id = `bench${String(n).padStart(6, '0')}`;
		if (n % 10 === 0) records.push(...meeting(yard, id, sentence));
		else if (n % 25 === 1) records.push(convention(yard, id, sentence));
		else if (n % 2 === 0) records.push(...matter(yard, id, sentence));
		else records.push(household(toScope(`${yard}/h${n}`), n));
	}
	return records;
}

type Sentence = (length: number) => string;

function meeting(scope: Scope, id: string, sentence: Sentence): readonly Revision[] {
	const item = { id: 'topic001', place: 'a0', topic: sentence(12) };
	const lines = Array.from({ length: perMeeting }, (_, index) =>
		record('minute', minuteEntity(scope, id, `line${String(index).padStart(4, '0')}`), scope, {
			...{ about: 'said', item: item.id, at: '2026-11-23T11:00:00.000Z', words: sentence(24) }
		})
	);
	const body = { title: sentence(8), starts: '2026-11-23T19:00', agenda: [item] };
	const stage = { name: 'open', began: '2026-11-23T11:00:00.000Z' };
	return [record('meeting', meetingEntity(scope, id), scope, { ...body, stage }), ...lines];
}

function convention(scope: Scope, id: string, sentence: Sentence): Revision {
	const clauses = Array.from({ length: perConvention }, (_, index) => ({
		id: `clause${String(index).padStart(3, '0')}`,
		place: `a${index.toString(36)}`,
		text: sentence(40)
	}));
	const body = { title: sentence(8), type: 'convention', clauses, rule: usualPassRule };
	return record('convention', conventionEntity(scope, id), scope, { ...body, stage: { name: 'drafting' } });
}

function matter(scope: Scope, id: string, sentence: Sentence): readonly Revision[] {
	const progress = Array.from({ length: perMatter }, (_, index) =>
		record('progress', progressEntity(scope, id, `step000${index}`), scope, { words: sentence(20) })
	);
	return [record('matter', matterEntity(scope, id), scope, { text: sentence(60) }), ...progress];
}

function household(scope: Scope, n: number): Revision {
	const body = {
		door: `${n % 40}号`,
		number: `${n}`,
		head: `居民${n}`,
		phone: `1380000${1000 + (n % 9000)}`
	};
	return record('household', entityOfScope(scope), scope, body);
}

function record(kind: string, entity: string, scope: Scope, body: JsonObject): Revision {
	const by = { author: 'bench', device: 'bench-phone', at: '2026-11-23T02:03:04.000Z' };
	return seal({ kind, entity, parents: [], scope, ...by, body });
}

/** Numbers between 0 and 1, the same every time (Park and Miller's generator). */
function chance(seed: number): () => number {
	let state = seed;
	return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
