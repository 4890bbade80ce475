import { amendmentEntity } from '#kinds/amendment.ts';
import { addDays, type Day } from '#kinds/day.ts';
import { evaluationEntity } from '#kinds/evaluation.ts';
import { matterEntity } from '#kinds/matter.ts';
import { meetingEntity } from '#kinds/meeting.ts';
import { attendanceId, minuteEntity } from '#kinds/minute.ts';
import { progressEntity } from '#kinds/progress.ts';
import { publicationEntity, type PublicationAbout } from '#kinds/publication.ts';
import { whistleEntity } from '#kinds/whistle.ts';
import { hashOfJson } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import { parentScope, type Scope } from '#records/scope.ts';

/** A meeting under way and one that is filed, and a matter that is being rated and one that is decided. */
export const [openId, filedId, ratedId, decidedId] = [
	'open0001',
	'filed001',
	'rated001',
	'decided1'
] as const;

/**
 * Every text that meetings, matters and all that belongs to them may hold, as `typed` gives it; `home` is of the
 * courtyard that meets.
 */
export function councilWith(
	typed: (what: string) => string,
	author: string,
	home: Scope,
	today: Day
): readonly Revision[] {
	const yard = parentScope(home) ?? home;
	const at = new Date().toISOString();
	const written = (
		kind: string,
		entity: string,
		scope: Scope,
		body: JsonObject,
		parents: readonly Revision[] = []
	) =>
		seal({
			...{ kind, entity, scope, author, device: 'desk', at, body },
			parents: parents.map(({ hash }) => hash).sort()
		});
	const item = 'topic001';
	const meeting: JsonObject = {
		...{ title: typed('会'), place: typed('处'), starts: `${today}T08:00`, invited: typed('邀') },
		...{ chair: typed('席'), recorder: typed('录'), agenda: [{ id: item, place: 'a0', topic: typed('程') }] },
		stage: { name: 'open', began: at }
	};
	const held = (id: string) => {
		const line = (name: string, scope: Scope, body: JsonObject) =>
			written('minute', minuteEntity(scope, id, name), scope, { ...body, at });
		const opened = written('meeting', meetingEntity(yard, id), yard, meeting);
		const lines = [
			line(attendanceId, home, { about: 'attendance', as: 'household', who: typed('代') }),
			line('guest001', yard, { about: 'attendance', as: 'guest', who: typed('客') }),
			line('said0001', home, { about: 'said', item, words: typed('说'), who: typed('言') }),
			line('count001', yard, { about: 'count', item, words: typed('举'), for: 3, against: 1, abstain: 0 }),
			line('resol001', yard, { about: 'resolution', item, words: typed('决') }),
			line('photo001', yard, { about: 'photo', item, photo: hashOfJson(id), words: typed('图') })
		];
		return { opened, lines };
	};
	const [open, filed] = [held(openId), held(filedId)];
	const signed = (what: string) => ({ name: typed(what), signature: [[1, 2, 3, 4]] });
	const filing: JsonObject = {
		...{ text: filed.opened.hash, minutes: filed.lines.map(({ hash }) => hash).sort(), matters: [] },
		...{ chair: signed('签'), recorder: signed('署'), day: today, until: addDays(today, 7) }
	};
	const stage = { name: 'filed', began: at, ended: at, filing };
	const owner = { name: typed('管') };
	const carriedOut = { owner, due: addDays(today, 7), round: 1 };
	const matter = (id: string, more: JsonObject) =>
		written('matter', matterEntity(home, id), home, {
			...{ text: typed('情'), source: 'reception', place: typed('地'), who: typed('提') },
			...more
		});
	const published = (subject: string, about: PublicationAbout, body: JsonObject) =>
		written('publication', publicationEntity(yard, subject, about), yard, { about, ...body });
	const shown = { title: typed('会'), place: typed('处'), starts: `${today}T08:00` };
	return [
		...[open.opened, ...open.lines, filed.opened, ...filed.lines],
		written('meeting', filed.opened.entity, yard, { ...meeting, stage }, [filed.opened]),
		written('amendment', amendmentEntity(home, filedId, 'amend001'), home, {
			...{ type: 'addition', words: typed('补'), who: typed('补人'), item },
			answer: { type: 'noted', words: typed('答') }
		}),
		matter(ratedId, { stage: { name: 'evaluating', ...carriedOut, result: typed('果'), day: today } }),
		matter(decidedId, { stage: { name: 'decided', decision: typed('定') } }),
		written('progress', progressEntity(home, ratedId, 'prog0001'), home, {
			...{ words: typed('进'), waiting: { for: typed('等'), until: today } }
		}),
		written('whistle', whistleEntity(home, ratedId, 'whis0001'), home, {
			...{ department: typed('部'), reason: typed('哨'), due: today },
			...{ reported: { day: today, who: typed('到') }, answer: { day: today, words: typed('复') } }
		}),
		written('evaluation', evaluationEntity(home, ratedId, 1), home, {
			...{ satisfaction: 'partly', words: typed('满') }
		}),
		published(openId, 'announcement', { ...shown, agenda: [typed('程')], words: typed('告') }),
		published(filedId, 'minutes', {
			...{ ...shown, filed: today, until: addDays(today, 7), filing: hashOfJson(filing) },
			...{ households: 1, others: 1 },
			items: [
				{
					...{ topic: typed('程'), said: [typed('说')], resolutions: [typed('决')] },
					counts: [{ words: typed('举'), for: 3, against: 1, abstain: 0 }],
					actions: [{ words: typed('办'), owner: typed('管'), due: today }]
				}
			]
		}),
		published(ratedId, 'matter', {
			...{ words: typed('公'), raisedBy: typed('提'), raised: today, stage: 'evaluating', round: 1 },
			...{ decision: typed('定'), owner: typed('管'), due: today, result: typed('果'), closed: today }
		})
	];
}
