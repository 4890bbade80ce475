import { amendmentEntity } from '#kinds/amendment.ts';
import { addDays, dayAt } from '#kinds/day.ts';
import { matterEntity } from '#kinds/matter.ts';
import { meetingEntity } from '#kinds/meeting.ts';
import { attendanceId, minuteEntity } from '#kinds/minute.ts';
import { databaseOf } from '#records/database-name.ts';
import { hashOfBytes } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import type { Revision } from '#records/revision.ts';
import type { Scope } from '#records/scope.ts';
import { photoOf } from '../contract/field-records.ts';
import { basic } from '../serve.ts';
import { put, sealed, type PutOn } from './votes-put.ts';

const items = [
	{ id: 'yiti0001', place: 'a0', topic: '门口堆放杂物，谁来清、清到哪儿' },
	{ id: 'yiti0002', place: 'a1', topic: '夜间噪音' }
] as const;
const drawn = [
	[90, 220, 260, 200, 420, 230],
	[250, 140, 240, 280, 200, 430, 110, 480]
];

/** What was said in a council of a courtyard, and was put on the server. */
export interface HeldMeeting {
	readonly entity: string;
	readonly id: string;
	/** The meeting as it ended. */
	readonly ended: Revision;
	readonly lines: readonly Revision[];
	readonly tasks: readonly Revision[];
}

/** Puts a made-up council on the server that ended an hour ago: all agree on what was taken down. */
export async function putEnded(
	{ server, by, scope }: PutOn,
	households: readonly Scope[],
	id = 'huiyi0002',
	resolution = '过道和院门口不放东西，旧家具登记后清走。'
): Promise<HeldMeeting> {
	const entity = meetingEntity(scope, id);
	const began = Date.now() - 120 * 60_000;
	const at = (minutes: number) => new Date(began + minutes * 60_000).toISOString();
	const today = dayAt(new Date());
	const line = (name: string, body: JsonObject, about = scope) =>
		sealed(by, 'minute', minuteEntity(about, id, name), about, [], body);
	const said = (item: 0 | 1, minutes: number, words: string, more: JsonObject = {}) => ({
		...{ about: 'said', item: items[item].id, at: at(minutes), words },
		...more
	});
	const announced = {
		...{ title: '示例院落议事会', starts: `${today}T19:00`, place: '院里大槐树下', agenda: items },
		...{ chair: '示例主持人', recorder: '示例记录人', invited: '全院各户' }
	};
	const opened = sealed(by, 'meeting', entity, scope, [], {
		...announced,
		stage: { name: 'open', began: at(0) }
	});
	const ended = sealed(by, 'meeting', entity, scope, [opened], {
		...announced,
		stage: { name: 'ended', began: at(0), ended: at(60) }
	});
	const [first = scope, second = scope] = households;
	const lines = [
		...households.map((household, index) =>
			line(attendanceId, { about: 'attendance', as: 'household', at: at(index % 5) }, household)
		),
		line('guest001', { about: 'attendance', as: 'organisation', who: '示例物业', at: at(2) }),
		line('line0001', said(0, 10, '过道要能过轮椅，旧沙发挡了半年了。', { stance: 'for' }), first),
		line('line0002', said(0, 12, '先登记再清，别把有用的扔了。', { stance: 'neutral' }), second),
		line('line0003', {
			...{ about: 'count', item: items[0].id, at: at(20), words: '同意统一清理过道' },
			...{ for: 9, against: 1, abstain: 1 }
		}),
		line('line0004', {
			...{ about: 'resolution', item: items[0].id, at: at(22) },
			words: resolution
		}),
		line('line0005', said(1, 30, '十点以后请轻声。'))
	];
	const tasks = ['联系大件垃圾清运', '登记各户要留的旧家具'].map((text, index) =>
		sealed(by, 'matter', matterEntity(scope, `jiaoban${index}${id}`), scope, [], {
			...{ text, source: 'meeting', from: { meeting: entity, item: items[0].id } },
			stage: { name: 'doing', owner: { name: by.name, account: by.name }, due: addDays(today, 7), round: 1 }
		})
	);
	await put(server, by, [opened, ended, ...lines, ...tasks]);
	return { entity, id, ended, lines, tasks };
}

/** Puts such a council on the server whose minutes were signed and filed today, with an objection and an answer. */
export async function putFiled(
	on: PutOn,
	households: readonly Scope[],
	...named: readonly [id?: string, resolution?: string]
): Promise<string> {
	const { server, by, scope } = on;
	const [id = 'huiyi0003', resolution] = named;
	const held = await putEnded(on, households, id, resolution);
	const [first = scope, second = scope] = households;
	const amended = [
		sealed(by, 'amendment', amendmentEntity(first, id, 'yiyi0001'), first, [], {
			...{ type: 'objection', words: '我说的是旧沙发和旧柜子。', item: items[0].id },
			answer: { type: 'accepted', words: '以此为准。' }
		}),
		sealed(by, 'amendment', amendmentEntity(second, id, 'yiyi0002'), second, [], {
			...{ type: 'addition', words: '还请物业把灯修好。' }
		})
	];
	await put(server, by, [filedOf(on, held, '示例主持人'), ...amended]);
	return held.entity;
}

/** A council of `held` as filed today, signed by this chair. */
export function filedOf({ by, scope }: PutOn, held: HeldMeeting, chair: string): Revision {
	const { entity, ended, lines, tasks } = held;
	const day = dayAt(new Date());
	const hashes = (records: readonly Revision[]) => records.map(({ hash }) => hash).sort();
	const filing = {
		...{ text: ended.hash, minutes: hashes(lines), matters: hashes(tasks), day, until: addDays(day, 7) },
		chair: { name: chair, signature: drawn },
		recorder: { name: '示例记录人', signature: drawn.map((stroke) => stroke.map((at) => 600 - at)) }
	};
	const stage = typeof ended.body?.['stage'] === 'object' ? ended.body['stage'] : {};
	return sealed(by, 'meeting', entity, scope, [ended], {
		...ended.body,
		stage: { ...stage, name: 'filed', filing }
	});
}

/** Puts a photo on the server that was taken in a council, with the line that names it. */
export async function putPhoto(on: PutOn, { id }: HeldMeeting, bytes: Buffer): Promise<void> {
	const { server, by, scope } = on;
	const answer = await fetch(`${server.url}/db/${databaseOf(scope)}/_bulk_docs`, {
		method: 'POST',
		headers: { ...basic(by), 'Content-Type': 'application/json' },
		body: JSON.stringify({ new_edits: false, docs: [photoOf(bytes, 'image/jpeg')] })
	});
	if (!answer.ok) throw new Error(`no photo: ${answer.status} ${await answer.text()}`);
	const body = { about: 'photo', item: items[0].id, at: new Date().toISOString(), words: '旧沙发' };
	const named = { ...body, photo: hashOfBytes(bytes) };
	await put(server, by, [sealed(by, 'minute', minuteEntity(scope, id, 'photo001'), scope, [], named)]);
}
