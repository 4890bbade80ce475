import { expect, test } from 'vitest';
import { policyOf } from '#kinds/kinds.ts';
import { matterEntity } from '#kinds/matter.ts';
import { mattersIn } from '#read-models/matters.ts';
import type { JsonObject } from '#records/json.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope, type Scope } from '#records/scope.ts';

const courtyard = toScope('qianmen/caochang/g3/c12');
const household = toScope('qianmen/caochang/g3/c12/h04');
const other = toScope('qianmen/caochang/g3/c13/h01');

function written(
	scope: Scope,
	id: string,
	minute: number,
	body: JsonObject | null,
	on: readonly Revision[] = []
): Revision {
	const content = {
		...{ kind: 'matter', entity: matterEntity(scope, id), scope, author: 'home-a', device: 'phone' },
		...{ parents: on.map(({ hash }) => hash).sort(), at: `2026-11-22T16:0${minute}:00.000Z`, body }
	};
	return seal(body ? content : { ...content, reason: 'settled by now' });
}

function holding(...revisions: readonly Revision[]): RevisionSet {
	const records = new RevisionSet(policyOf);
	records.add(revisions);
	return records;
}

test('what was raised last comes first, of the places asked for alone', () => {
	const records = holding(
		written(household, 'aaaaaaaa', 1, { text: 'first' }),
		written(courtyard, 'bbbbbbbb', 3, { text: 'last', category: 'dogs' }),
		written(other, 'cccccccc', 2, { text: 'elsewhere' })
	);
	expect(mattersIn(records, [courtyard]).map(({ body }) => body.text)).toEqual(['last', 'first']);
	expect(mattersIn(records, [household]).map(({ body }) => body.text)).toEqual(['first']);
	expect(mattersIn(records, [])).toEqual([]);
});

test('a matter keeps the day it was raised on in Beijing, its courtyard and who raised it when it is changed', () => {
	const raised = written(household, 'aaaaaaaa', 1, { text: 'wood' });
	const changed = written(household, 'aaaaaaaa', 5, { text: 'old wood' }, [raised]);
	expect(mattersIn(holding(changed, raised), [courtyard])).toMatchObject([
		{ courtyard, day: '2026-11-23', at: raised.at, author: 'home-a', body: { text: 'old wood' } }
	]);
});

test('taken back, it can still be read, with the reason', () => {
	const raised = written(household, 'aaaaaaaa', 1, { text: 'wood', category: 'clutter' });
	const withdrawn = written(household, 'aaaaaaaa', 2, null, [raised]);
	expect(mattersIn(holding(raised, withdrawn), [household])).toMatchObject([
		{ withdrawn: 'settled by now', body: { text: 'wood', category: 'clutter' } }
	]);
	expect(mattersIn(holding(raised), [household])[0]?.withdrawn).toBeUndefined();
});
