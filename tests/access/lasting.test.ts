import { describe, expect, it } from 'vitest';
import { grantsOf } from '#access/grant.ts';
import { asksForPast, writeRefusal } from '#access/rights.ts';
import { policyOf } from '#kinds/kinds.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { stateOf } from '#records/state-of.ts';
import { staged } from './staged.ts';

const worker = grantsOf(['worker:qianmen/caochang/g3']);
const office = grantsOf(['office:qianmen/caochang']);
const subdistrict = grantsOf(['office:qianmen']);
const resident = grantsOf(['resident:qianmen/caochang/g3/c12/h04']);

type Case = [string, typeof worker, Revision, readonly Revision[], string | undefined];

function refused(grants: typeof worker, revision: Revision, before: readonly Revision[]): string | undefined {
	const refusal = writeRefusal(grants, revision, before);
	return refusal && `${refusal.code} at ${refusal.at}`;
}

describe('a matter', () => {
	const household = toScope('qianmen/caochang/g3/c12/h04');
	const matter = (stage: JsonObject | undefined, parents: readonly Revision[] = []) =>
		staged('matter', 'w', stage, parents, household);
	const raised = matter(undefined);
	const deliberating = matter({ name: 'deliberating' }, [raised]);
	const doing = matter({ name: 'doing', round: 1 }, [raised]);
	const reworded = seal({ ...raised, at: '2026-11-24T00:00:00.000Z', parents: [raised.hash] });
	const besides = matter({ name: 'deliberating' }, [raised]);

	it.each<Case>([
		['a resident raises one', resident, raised, [], undefined],
		['and rewords it', resident, reworded, [raised], undefined],
		['but does not move it', resident, deliberating, [raised], 'rights at /body/stage'],
		['nor raise one that is being done', resident, matter({ name: 'doing' }), [], 'rights at /body/stage'],
		[
			'nor take it back to the beginning',
			resident,
			matter(undefined, [doing]),
			[raised, doing],
			'rights at /body/stage'
		],
		['a worker moves it', worker, deliberating, [raised], undefined],
		['a worker makes one that is being done from birth', worker, matter({ name: 'doing' }), [], undefined],
		[
			'nothing goes back to raised, by leaving the stage out',
			worker,
			matter(undefined, [doing]),
			[raised, doing],
			'rights at /body/stage'
		],
		[
			'or by naming it',
			worker,
			matter({ name: 'raised' }, [doing]),
			[raised, doing],
			'rights at /body/stage'
		],
		[
			'by an office neither',
			subdistrict,
			matter({ name: 'raised' }, [doing]),
			[raised, doing],
			'rights at /body/stage'
		],
		[
			'nor on an old record beside the new one',
			office,
			matter(undefined, [doing, raised]),
			[raised, doing],
			'rights at /body/stage'
		],
		[
			'a worker goes back to an earlier step',
			worker,
			matter({ name: 'deliberating' }, [doing]),
			[raised, doing],
			undefined
		],
		[
			'a worker settles two steps that were taken apart',
			worker,
			matter({ name: 'doing', round: 1 }, [besides, doing]),
			[raised, besides, doing],
			undefined
		]
	])('%s', (_sentence, grants, revision, before, expected) => {
		expect(refused(grants, revision, before)).toBe(expected);
	});

	it('is looked up with its past, to see that it does not begin anew', () => {
		for (const grants of [resident, worker, office]) expect(asksForPast(grants, reworded)).toBe(true);
		expect(asksForPast(resident, raised)).toBe(false);
	});
});

describe('filed minutes', () => {
	// What rights go by is the name and the filing alone; that the rest of a stage is whole is for its schema to say.
	const filing = { text: 'a', day: '2026-11-23' };
	const other = { ...filing, text: 'b' };
	const meeting = (stage: JsonObject | undefined, parents: readonly Revision[] = [], author = 'w') =>
		staged('meeting', author, stage, parents);
	const ended = meeting({ name: 'ended' });
	const filed = meeting({ name: 'filed', filing }, [ended]);
	const apart = meeting({ name: 'filed', filing: other }, [ended], 'v');
	const reopened = meeting({ name: 'open' }, [ended]);
	const confirmed = meeting({ name: 'confirmed', filing, day: '2026-12-01' }, [filed], 'o');
	const past = [ended, filed];
	const both = [ended, filed, apart];
	const withdrawn = (parents: readonly Revision[]) =>
		seal({ ...ended, parents: parents.map(({ hash }) => hash).sort(), body: null, reason: '记错了' });
	const forged = seal({ ...ended, at: '2026-11-24T00:00:00.000Z' });

	it.each<Case>([
		['a worker files', worker, filed, [ended], undefined],
		[
			'nobody files otherwise',
			worker,
			meeting({ name: 'filed', filing: other }, [filed]),
			past,
			'rights at /body/stage'
		],
		[
			'an office neither',
			office,
			meeting({ name: 'filed', filing: other }, [filed]),
			past,
			'rights at /body/stage'
		],
		[
			'nor the subdistrict',
			subdistrict,
			meeting({ name: 'filed', filing: other }, [filed]),
			past,
			'rights at /body/stage'
		],
		[
			'nobody takes it back to ended',
			office,
			meeting({ name: 'ended' }, [filed]),
			past,
			'rights at /body/stage'
		],
		['nor leaves the stage out', office, meeting(undefined, [filed]), past, 'rights at /body/stage'],
		['nor withdraws it', office, withdrawn([filed]), past, 'rights at /body'],
		[
			'nor withdraws what was confirmed',
			subdistrict,
			withdrawn([confirmed]),
			[...past, confirmed],
			'rights at /body'
		],
		[
			'nor by naming an old record beside it',
			office,
			meeting({ name: 'ended' }, [ended, filed]),
			past,
			'rights at /body/stage'
		],
		[
			'nor by way of another record on the old one',
			office,
			meeting({ name: 'ended' }, [filed, forged]),
			[...past, forged],
			'rights at /body/stage'
		],
		[
			'nor confirms something else',
			office,
			meeting({ name: 'confirmed', filing: other }, [filed]),
			past,
			'rights at /body/stage'
		],
		['a worker does not confirm', worker, confirmed, past, 'rights at /body/stage'],
		['an office does', office, confirmed, past, undefined],
		['a worker carries it along', worker, meeting({ name: 'filed', filing }, [filed]), past, undefined],
		['one goes back from ended to open', worker, reopened, [ended], undefined],
		['one withdraws what is not filed', worker, withdrawn([ended]), [ended], undefined],
		['whoever did not know of it writes beside it', worker, reopened, [ended], undefined],
		[
			'and two filings made apart are settled to one',
			worker,
			meeting({ name: 'filed', filing }, [filed, apart]),
			both,
			undefined
		],
		['or to the other', worker, meeting({ name: 'filed', filing: other }, [filed, apart]), both, undefined],
		[
			'but a filing made apart does not undo a confirmation',
			worker,
			meeting({ name: 'filed', filing: other }, [confirmed, apart]),
			[...both, confirmed],
			'rights at /body/stage'
		],
		[
			'not by an office either',
			office,
			meeting({ name: 'filed', filing: other }, [confirmed, apart]),
			[...both, confirmed],
			'rights at /body/stage'
		],
		[
			'which a worker may settle to what was confirmed',
			worker,
			meeting({ name: 'confirmed', filing, day: '2026-12-01' }, [confirmed, apart]),
			[...both, confirmed],
			undefined
		],
		[
			'but to no third',
			office,
			meeting({ name: 'filed', filing: { text: 'c' } }, [filed, apart]),
			both,
			'rights at /body/stage'
		],
		['and not to none', office, meeting({ name: 'ended' }, [filed, apart]), both, 'rights at /body/stage'],
		[
			'what was reopened apart is settled to the filing',
			worker,
			meeting({ name: 'filed', filing }, [filed, reopened]),
			[...past, reopened],
			undefined
		],
		[
			'and not away from it',
			office,
			meeting({ name: 'open' }, [filed, reopened]),
			[...past, reopened],
			'rights at /body/stage'
		]
	])('%s', (_sentence, grants, revision, before, expected) => {
		expect(refused(grants, revision, before)).toBe(expected);
	});

	it('that were filed twice apart are in doubt, both shown', () => {
		const state = stateOf(both, policyOf('meeting'));
		if (state.status !== 'present') throw new Error('gone');
		expect(state.body['stage']).toBeUndefined();
		expect(state.doubts.map(({ path, candidates }) => [path, candidates.length])).toEqual([['/stage', 2]]);
	});

	it('are looked up with their past by everyone', () => {
		for (const grants of [worker, office, subdistrict]) expect(asksForPast(grants, filed)).toBe(true);
		expect(asksForPast(worker, ended)).toBe(false);
	});
});
