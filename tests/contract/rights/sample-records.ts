import { actEntity } from '#kinds/act.ts';
import { amendmentEntity } from '#kinds/amendment.ts';
import { checkInEntity } from '#kinds/check-in.ts';
import { checkRecord } from '#kinds/check-record.ts';
import { conventionEntity } from '#kinds/convention.ts';
import { toDay } from '#kinds/day.ts';
import { erasureEntity } from '#kinds/erasure.ts';
import { evaluationEntity } from '#kinds/evaluation.ts';
import { entityOfScope } from '#kinds/kind.ts';
import { matterEntity } from '#kinds/matter.ts';
import { meetingEntity } from '#kinds/meeting.ts';
import { minuteEntity } from '#kinds/minute.ts';
import { opinionEntity } from '#kinds/opinion.ts';
import { usualPassRule } from '#kinds/pass-rule.ts';
import { pointsRuleEntity } from '#kinds/points-rule.ts';
import { progressEntity } from '#kinds/progress.ts';
import { publicationEntity } from '#kinds/publication.ts';
import { redemptionEntity } from '#kinds/redemption.ts';
import { voteEntity } from '#kinds/vote.ts';
import { whistleEntity } from '#kinds/whistle.ts';
import { hashOfBytes } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope, type Scope } from '#records/scope.ts';
import { webpBytes } from '../field-records.ts';

/** Inside, beside and above the places that the accounts of the matrix have roles on. */
export const places: readonly Scope[] = [
	'qianmen',
	'qianmen/caochang',
	'qianmen/caochang/g3',
	'qianmen/caochang/g3/c12',
	'qianmen/caochang/g3/c12/h04',
	'qianmen/caochang/g3/c12/h05',
	'qianmen/caochang/g3/c13',
	'qianmen/caochang/g4',
	'qianmen/caochang/g4/c1',
	'qianmen/caochang/g4/c1/h1',
	'qianmen/dajiang',
	'qianmen/dajiang/g1/c1/h1'
].map(toScope);

interface Sample {
	readonly entity: (scope: Scope) => string;
	readonly body: JsonObject;
	/** With what only those who confirm may write, for kinds that have such members. */
	readonly confirmed?: JsonObject;
	/** With photos, for kinds that name them. */
	readonly withPhoto?: (hash: string) => JsonObject;
}

const day = toDay('2026-11-23');
const at = '2026-11-23T11:02:03.004Z';
const key = 'k3v9x0ab';
const own = 'a0b1c2d3';
/** Of a revision that is nowhere here: no photo either. */
const someHash = hashOfBytes(Buffer.from('a text'));

/** One of each kind. */
export const samples: Readonly<Record<string, Sample>> = {
	area: { entity: entityOfScope, body: { name: '草厂' } },
	courtyard: { entity: entityOfScope, body: { name: '草厂三条12号' } },
	household: { entity: entityOfScope, body: { door: '4号', head: '甲' } },
	'check-in': {
		entity: (scope) => checkInEntity(scope, day),
		body: { reported: { quality: 'correct' } },
		confirmed: { observed: { quality: 'mixed' } },
		withPhoto: (hash) => ({ reported: { quality: 'correct', photos: [hash] } })
	},
	act: { entity: (scope) => actEntity(scope, day, key), body: { act: 'meeting' } },
	'points-rule': { entity: (scope) => pointsRuleEntity(scope, day), body: { sorted: 2 } },
	redemption: {
		entity: (scope) => redemptionEntity(scope, key),
		body: { points: 10, item: '垃圾袋', day },
		confirmed: { points: 10, item: '垃圾袋', day, settled: 'allowed' }
	},
	matter: {
		entity: (scope) => matterEntity(scope, key),
		body: { text: '门口堆物' },
		withPhoto: (hash) => ({ text: '门口堆物', photos: [hash] })
	},
	progress: {
		entity: (scope) => progressEntity(scope, key, own),
		body: { words: '已联系施工队' },
		withPhoto: (hash) => ({ words: '已联系施工队', photos: [hash] })
	},
	whistle: {
		entity: (scope) => whistleEntity(scope, key, own),
		body: { department: '环卫中心', reason: '院里清不动', due: day }
	},
	evaluation: {
		entity: (scope) => evaluationEntity(scope, key, 1),
		body: { satisfaction: 'partly' }
	},
	meeting: {
		entity: (scope) => meetingEntity(scope, key),
		body: {
			title: '小院议事会',
			starts: '2026-11-23T19:00',
			agenda: [{ id: 'item0001', place: 'a0', topic: '门口堆物' }],
			stage: { name: 'announced' }
		}
	},
	minute: {
		entity: (scope) => minuteEntity(scope, key, own),
		body: { about: 'attendance', as: 'guest', who: '来宾甲', at },
		withPhoto: (hash) => ({ about: 'photo', at, photo: hash })
	},
	amendment: {
		entity: (scope) => amendmentEntity(scope, key, own),
		body: { type: 'addition', words: '还说到了停车' },
		confirmed: { type: 'addition', words: '还说到了停车', answer: { type: 'noted' } }
	},
	publication: {
		entity: (scope) => publicationEntity(scope, key, 'matter'),
		body: { about: 'matter', words: '门口堆物', raised: day, stage: 'raised' }
	},
	convention: {
		entity: (scope) => conventionEntity(scope, key),
		body: {
			title: '院落公约',
			type: 'convention',
			clauses: [{ id: 'clause01', place: 'a0', text: '门口不放杂物' }],
			rule: { ...usualPassRule },
			stage: { name: 'drafting' }
		}
	},
	opinion: {
		entity: (scope) => opinionEntity(scope, key, 'clause01'),
		body: { about: 'clause', view: 'agree', seen: someHash }
	},
	vote: {
		entity: (scope) => voteEntity(scope, key, 'ballot01'),
		body: { choice: 'agree', text: someHash, signature: [[1, 2, 3, 4]] }
	},
	policy: { entity: entityOfScope, body: { staffPin: false } },
	erasure: {
		entity: (scope) => erasureEntity(scope, key),
		body: { before: '2000-01-01T00:00:00.000Z' }
	}
};

/** A record of a kind about a place, or undefined when there are none about such places. `device` tells it from others. */
export function sampleRecord(
	kind: string,
	scope: Scope,
	author: string,
	device: string,
	body: JsonObject | undefined = samples[kind]?.body
): Revision | undefined {
	const sample = samples[kind];
	if (!sample || !body) throw new Error(`no sample of ${kind}`);
	const content = { kind, scope, author, device, parents: [], at: '2026-11-23T01:02:03.004Z' };
	const record = seal({ ...content, entity: sample.entity(scope), body });
	return checkRecord(record).ok ? record : undefined;
}

/** Every kind about every place it can be about, each by a device of its own, with a photo where it can have one. */
export function seededRecords(author: string): readonly Revision[] {
	return Object.entries(samples).flatMap(([kind, { body, withPhoto }], row) =>
		places.flatMap((scope, column) => {
			const seeded = withPhoto ? withPhoto(photoHash(kind, scope)) : body;
			return sampleRecord(kind, scope, author, `mark-${row}-${column}-end`, seeded) ?? [];
		})
	);
}

/** Another for each kind and place. */
export function photoBytes(kind: string, scope: Scope): Buffer {
	return Buffer.concat([webpBytes(1, 200), Buffer.from(`${kind} ${scope}`)]);
}

function photoHash(kind: string, scope: Scope): string {
	return hashOfBytes(photoBytes(kind, scope));
}
