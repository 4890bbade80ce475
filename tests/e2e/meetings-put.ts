import { matterEntity } from '#kinds/matter.ts';
import { meetingEntity } from '#kinds/meeting.ts';
import { addDays, dayAt } from '#kinds/day.ts';
import { attendanceId, minuteEntity } from '#kinds/minute.ts';
import type { JsonObject } from '#records/json.ts';
import type { Scope } from '#records/scope.ts';
import { put, sealed, type PutOn } from './votes-put.ts';

const items = [
	{ id: 'yiti0001', place: 'a0', topic: '门口堆放杂物，谁来清、清到哪儿' },
	{ id: 'yiti0002', place: 'a1', topic: '夜间噪音' }
] as const;

/**
 * Puts a made-up council of a courtyard on the server that is under way: some households are there, lines were taken
 * down, one of them changed apart on two phones, and something was given someone to do.
 */
export async function putMeeting(
	{ server, by, scope }: PutOn,
	households: readonly Scope[],
	id = 'huiyi0001'
): Promise<string> {
	const entity = meetingEntity(scope, id);
	const began = new Date(Date.now() - 25 * 60_000);
	const at = (minutes: number) => new Date(began.getTime() + minutes * 60_000).toISOString();
	const today = dayAt(new Date());
	const opened = sealed(by, 'meeting', entity, scope, [], {
		...{ title: '示例院落议事会', starts: `${today}T19:00`, place: '院里大槐树下' },
		...{ chair: '示例主持人', recorder: '示例记录人', invited: '全院各户，物业', agenda: items },
		stage: { name: 'open', began: at(0) }
	});
	const line = (name: string, body: JsonObject, about = scope, on: Parameters<typeof sealed>[4] = []) =>
		sealed(by, 'minute', minuteEntity(about, id, name), about, on, body);
	const said = (item: number, minutes: number, words: string, more: JsonObject = {}) => {
		return { about: 'said', item: items[item]?.id ?? '', at: at(minutes), words, ...more };
	};
	const there = households
		.slice(0, 5)
		.map((household, index) =>
			line(attendanceId, { about: 'attendance', as: 'household', at: at(index) }, household)
		);
	const [first = scope, second = scope] = households;
	const doubtful = line('line0003', said(0, 8, '下周六一起搬'));
	const lines = [
		line('guest001', { about: 'attendance', as: 'organisation', who: '示例物业', at: at(2) }),
		line('line0001', said(0, 4, '过道要能过轮椅，旧沙发挡了半年了。', { stance: 'for' }), first),
		line(
			'line0002',
			said(0, 6, '先登记再清，别把有用的扔了。', { stance: 'neutral', who: '住户乙' }),
			second
		),
		...[
			doubtful,
			line('line0003', said(0, 8, '下周日一起搬'), scope, [doubtful]),
			line('line0003', said(0, 8, '月底前一起搬'), scope, [doubtful])
		],
		line('line0004', {
			...{ about: 'count', item: items[0].id, at: at(12), words: '同意统一清理过道' },
			...{ for: 4, against: 1, abstain: 0 }
		}),
		line('line0005', {
			...{
				about: 'resolution',
				item: items[0].id,
				at: at(14),
				words: '过道和院门口不放东西，旧家具登记后清走。'
			}
		})
	];
	const given = sealed(by, 'matter', matterEntity(scope, 'jiaoban001'), scope, [], {
		...{ text: '联系大件垃圾清运', source: 'meeting', from: { meeting: entity, item: items[0].id } },
		stage: { name: 'doing', owner: { name: by.name, account: by.name }, due: addDays(today, 7), round: 1 }
	});
	await put(server, by, [opened, ...there, ...lines, given]);
	return entity;
}
