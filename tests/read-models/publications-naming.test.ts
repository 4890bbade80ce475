import { expect, test } from 'vitest';
import { amendmentEntity } from '#kinds/amendment.ts';
import { evaluationEntity } from '#kinds/evaluation.ts';
import { matterEntity } from '#kinds/matter.ts';
import { attendanceId, minuteEntity } from '#kinds/minute.ts';
import { publicationEntity, type PublicationAbout } from '#kinds/publication.ts';
import { publicationsNaming } from '#read-models/publications-naming.ts';
import { hashOfJson } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import type { Revision } from '#records/revision.ts';
import { childScope, parentScope } from '#records/scope.ts';
import { courtyard, holding, household, written } from './meeting-records.ts';

const neighbour = childScope(courtyard, 'h99');
const community = parentScope(parentScope(courtyard) ?? courtyard) ?? courtyard;
const bodies: Readonly<Record<PublicationAbout, JsonObject>> = {
	announcement: { about: 'announcement', title: '议事会', starts: '2026-11-20T19:00', agenda: [] },
	minutes: {
		...{ about: 'minutes', title: '议事会', starts: '2026-11-20T19:00', filed: '2026-11-21' },
		...{ until: '2026-11-28', filing: hashOfJson('a'), households: 9, others: 0, items: [] }
	},
	matter: { about: 'matter', words: '修', raised: '2026-11-01', stage: 'doing' }
};

function publication(about: PublicationAbout, subject: string, scope = courtyard): Revision {
	return written({
		...{ kind: 'publication', entity: publicationEntity(scope, subject, about), scope },
		body: bodies[about]
	});
}

const came = (meeting: string, scope = household) =>
	written({
		...{ kind: 'minute', entity: minuteEntity(scope, meeting, attendanceId), scope },
		body: { about: 'attendance', as: 'household', at: '2026-11-20T11:00:00.000Z' }
	});
const raised = (id: string, scope = household) =>
	written({
		...{ kind: 'matter', entity: matterEntity(scope, id), scope },
		body: { text: '楼道灯坏了', source: 'resident' }
	});
const named = (...records: readonly Revision[]) =>
	publicationsNaming(holding(...records), household).map(({ entity }) => entity);

test('minutes are named of a meeting in which something was taken down about the household, also of its community', () => {
	const [minutes, wide] = [publication('minutes', 'huiyi001'), publication('minutes', 'huiyi002', community)];
	expect(named(came('huiyi001'), minutes)).toEqual([minutes.entity]);
	expect(named(came('huiyi002'), minutes, wide)).toEqual([wide.entity]);
	const amended = written({
		...{ kind: 'amendment', entity: amendmentEntity(household, 'huiyi001', 'yiyi0001'), scope: household },
		body: { type: 'objection', words: '不对' }
	});
	expect(named(amended, minutes)).toEqual([minutes.entity]);
});

test('a matter of others is named that the household rated; one of its own is erased with it', () => {
	const matter = publication('matter', 'minshi01');
	const rated = written({
		...{ kind: 'evaluation', entity: evaluationEntity(household, 'minshi01', 1), scope: household },
		body: { satisfaction: 'not' }
	});
	expect(named(rated, matter)).toEqual([matter.entity]);
	expect(named(rated, raised('minshi01', neighbour), matter)).toEqual([matter.entity]);
	expect(named(rated, raised('minshi01'), matter)).toEqual([]);
});

test('what speaks of others only is not named', () => {
	const others = [publication('minutes', 'huiyi001'), publication('matter', 'minshi01')];
	expect(named(came('huiyi001', neighbour), raised('minshi01', neighbour), ...others)).toEqual([]);
	expect(named(came('huiyi001'), publication('matter', 'huiyi001'))).toEqual([]);
});

test('what was taken down is not named', () => {
	const minutes = publication('minutes', 'huiyi001');
	const down = written({
		...{ kind: 'publication', entity: minutes.entity, scope: courtyard, body: null },
		...{ reason: '住户要求', parents: [minutes.hash] }
	});
	expect(named(came('huiyi001'), minutes, down)).toEqual([]);
});
