import { addDays, dayAt } from '#kinds/day.ts';
import { policyOf } from '#kinds/kinds.ts';
import { matterEntity } from '#kinds/matter.ts';
import type { MatterStage } from '#kinds/matter-stage.ts';
import { meetingEntity } from '#kinds/meeting.ts';
import { attendanceId, minuteEntity } from '#kinds/minute.ts';
import { publicationEntity, type PublicationBody } from '#kinds/publication.ts';
import { filedMinutes } from '#read-models/filed-minutes.ts';
import { matterAt } from '#read-models/matters.ts';
import { meetingState } from '#read-models/meeting-state.ts';
import { announcementOf, publishedMinutes } from '#read-models/published-meeting.ts';
import { publishedMatter } from '#read-models/published-matter.ts';
import { RevisionSet } from '#records/revision-set.ts';
import type { Revision } from '#records/revision.ts';
import type { Scope } from '#records/scope.ts';
import { overTheWire } from '../parsed-json.ts';
import { put, sealed, type PutOn } from './votes-put.ts';

/** What nobody outside may read: who spoke and their words, who raised what and how, what others say of it. */
export const secrets = {
	spoke: '示例发言人丙',
	said: '我家孙子半夜哭闹对不住大家',
	raised: '我家三号门口总有人停电动车不敢说',
	rated: '办得太慢了还吵了一架',
	progress: '跟车主老示例谈了三次',
	whistle: '交通队先不来，领导协调',
	amended: '当时不是我先开口的'
} as const;

const drawn = [[100, 120, 300, 100, 420, 180]];
const item = { id: 'yiti0001', place: 'a0', topic: '院门口停车怎么办' };
const ids = { meeting: 'huiyi0009', matter: 'minshi0009', given: 'jiaoban009' } as const;

/** Everything that a council and a matter leave behind, by the records on the server. */
export interface PutPublic {
	readonly meeting: string;
	readonly matter: string;
	readonly records: RevisionSet;
}

/** Puts a filed council on the server, and a matter that a household raised, unnamed, and that is being rated. */
export async function putUnpublished({ server, by, scope }: PutOn, raiser: Scope): Promise<PutPublic> {
	const today = dayAt(new Date());
	const meeting = meetingEntity(scope, ids.meeting);
	const began = `${today}T03:00:00.000Z`;
	const body = {
		...{ title: '示例停车议事会', starts: `${today}T11:00`, place: '院里大槐树下' },
		...{ chair: '示例主持人', recorder: '示例记录人', agenda: [item] }
	};
	const opened = sealed(by, 'meeting', meeting, scope, [], { ...body, stage: { name: 'open', began } });
	const line = (id: string, about: Scope, more: Revision['body']) =>
		sealed(by, 'minute', minuteEntity(about, ids.meeting, id), about, [], { ...more, at: began });
	const lines = [
		line(attendanceId, raiser, { about: 'attendance', as: 'household' }),
		line('laibin01', scope, { about: 'attendance', as: 'guest', who: secrets.spoke }),
		line('fayan001', raiser, { about: 'said', item: item.id, words: secrets.said, who: secrets.spoke }),
		line('jushou01', scope, {
			...{ about: 'count', item: item.id, words: '院门口画线，不停车' },
			...{ for: 9, against: 1, abstain: 1 }
		}),
		line('jueyi001', scope, { about: 'resolution', item: item.id, words: '院门口画黄线，一律不停车。' })
	];
	const owner = { name: '网格员甲', account: by.name };
	const given = sealed(by, 'matter', matterEntity(scope, ids.given), scope, [], {
		...{ text: '找施工队画黄线', source: 'meeting', from: { meeting, item: item.id } },
		stage: { name: 'doing', owner, due: addDays(today, 5), round: 1 }
	});
	const held = { began, ended: `${today}T04:00:00.000Z` };
	const ended = sealed(by, 'meeting', meeting, scope, [opened], {
		...body,
		stage: { name: 'ended', ...held }
	});
	const filing = {
		...{ text: ended.hash, minutes: lines.map(({ hash }) => hash).sort(), matters: [given.hash] },
		...{
			chair: { name: '示例主持人', signature: drawn },
			recorder: { name: '示例记录人', signature: drawn }
		},
		...{ day: today, until: addDays(today, 7) }
	};
	const filed = sealed(by, 'meeting', meeting, scope, [ended], {
		...body,
		stage: { name: 'filed', ...held, filing }
	});

	const matter = matterEntity(raiser, ids.matter);
	const stages: readonly (MatterStage | undefined)[] = [
		undefined,
		{ name: 'deliberating' },
		{ name: 'decided', decision: '请交通队来划线。' },
		{ name: 'doing', owner, due: addDays(today, 3), round: 1 },
		{ name: 'evaluating', owner, due: addDays(today, 3), round: 1, result: '线画好了。', day: today }
	];
	const steps = stages.reduce<readonly Revision[]>((before, stage) => {
		const said = { text: secrets.raised, category: 'parking', unnamed: true };
		const wire = stage ? { stage: overTheWire(stage) } : {};
		return [...before, sealed(by, 'matter', matter, raiser, before.slice(-1), { ...said, ...wire })];
	}, []);
	const all = [opened, ...lines, given, ended, filed, ...steps];
	await put(server, by, all);
	const records = new RevisionSet(policyOf);
	records.add(all);
	return { meeting, matter, records };
}

/** Makes public what `putUnpublished` put: an announcement, the minutes, the matter. Returns their entities. */
export async function putPublished(
	{ server, by, scope }: PutOn,
	{ records, meeting, matter }: PutPublic
): Promise<Readonly<Record<PublicationBody['about'], string>>> {
	const council = meetingState(records, meeting);
	const filed = council && filedMinutes(records, council);
	const raised = matterAt(records, matter);
	const texts = { words: '院门口总有人停电动车', decision: '请交通队来划线。', result: '线画好了。' };
	const announcement = council && announcementOf(council.read, '请各户来一位。');
	const minutes = filed && publishedMinutes(filed, { said: false, owners: true, otherTopic: '其他' });
	const shown = raised && publishedMatter(raised, { texts, raisedBy: '不该有', owner: true });
	if (!announcement || !minutes || !shown) throw new Error('nothing to make public');
	const entities = {
		announcement: publicationEntity(scope, ids.meeting, 'announcement'),
		minutes: publicationEntity(scope, ids.meeting, 'minutes'),
		matter: publicationEntity(scope, ids.matter, 'matter')
	};
	await put(
		server,
		by,
		[announcement, minutes, shown].map((body) =>
			sealed(by, 'publication', entities[body.about], scope, [], body)
		)
	);
	return entities;
}
