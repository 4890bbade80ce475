import { describe, expect, it } from 'vitest';
import { grantsOf } from '#access/grant.ts';
import { holders, tabledSteps, takesStep, type Holder } from '#access/rights-table.ts';
import { asksForPast, mayTakeStep, writeRefusal } from '#access/rights.ts';
import { stageNames } from '#kinds/convention-stage.ts';
import { kinds } from '#kinds/kinds.ts';
import { matterStageNames } from '#kinds/matter-stage.ts';
import { meetingStageNames } from '#kinds/meeting-stage.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { sampleRecord } from '../contract/rights/sample-records.ts';
import { staged } from './staged.ts';

const courtyard = toScope('qianmen/caochang/g3/c12');
const worker = grantsOf(['worker:qianmen/caochang/g3']);
const office = grantsOf(['office:qianmen/caochang']);
const resident = grantsOf(['resident:qianmen/caochang/g3/c12/h04']);
const partner = grantsOf(['partner:qianmen/caochang/g3']);
const tablet = grantsOf(['tablet:qianmen/caochang/g3/c12']);

/** The stages of each kind that goes through some. */
const stagesOf: Readonly<Record<string, readonly string[]>> = {
	convention: stageNames,
	meeting: meetingStageNames,
	matter: matterStageNames
};

describe('the table of steps', () => {
	it('has every stage of a convention, a meeting and a matter, and their withdrawal', () => {
		const steps = Object.entries(stagesOf).flatMap(([kind, names]) =>
			[...names, 'withdrawn'].map((stage) => `${kind} ${stage}`)
		);
		expect([...tabledSteps].sort()).toEqual(steps.sort());
		const staged = [...kinds].flatMap(([name, { stage }]) => (stage ? [name] : []));
		expect(staged.sort()).toEqual(Object.keys(stagesOf).sort());
	});

	it.each<[Holder, string, readonly string[]]>([
		['subdistrict office', 'convention', [...stageNames, 'withdrawn']],
		['community office', 'convention', [...stageNames, 'withdrawn']],
		['grid worker', 'convention', stageNames.filter((stage) => stage !== 'in-force')],
		['partner organisation', 'convention', []],
		['resident', 'convention', []],
		['courtyard tablet', 'convention', []],
		['subdistrict office', 'meeting', [...meetingStageNames, 'withdrawn']],
		['community office', 'meeting', [...meetingStageNames, 'withdrawn']],
		['grid worker', 'meeting', ['announced', 'open', 'ended', 'filed', 'withdrawn']],
		['partner organisation', 'meeting', []],
		['resident', 'meeting', []],
		['courtyard tablet', 'meeting', []],
		['subdistrict office', 'matter', [...matterStageNames, 'withdrawn']],
		['community office', 'matter', [...matterStageNames, 'withdrawn']],
		['grid worker', 'matter', [...matterStageNames, 'withdrawn']],
		['partner organisation', 'matter', []],
		['resident', 'matter', ['raised', 'withdrawn']],
		['courtyard tablet', 'matter', []]
	])('lets a %s take of a %s these', (holder, kind, expected) => {
		const all = [...(stagesOf[kind] ?? []), 'withdrawn'];
		expect(all.filter((step) => takesStep(holder, kind, step))).toEqual(expected);
	});

	it('lets nobody take what is not in it', () => {
		for (const holder of holders)
			for (const step of ['', 'constructor', '__proto__', 'passed'])
				expect(takesStep(holder, 'convention', step)).toBe(false);
	});

	it('is for a place and all within', () => {
		expect(mayTakeStep(worker, 'convention', 'drafting', courtyard)).toBe(true);
		expect(mayTakeStep(worker, 'convention', 'drafting', toScope('qianmen/caochang'))).toBe(false);
		expect(mayTakeStep(worker, 'convention', 'drafting', toScope('qianmen/caochang/g4/c1'))).toBe(false);
	});
});

function convention(
	author: string,
	stage: JsonObject | undefined,
	parents: readonly Revision[] = []
): Revision {
	return staged('convention', author, stage, parents);
}

describe('writing a convention', () => {
	// What rights go by is the name alone; that the rest of a stage is whole is for its schema to say.
	const [drafting, inForce] = [{ name: 'drafting' }, { name: 'in-force', version: 1 }];
	const began = convention('o', drafting);
	const bound = convention('o', inForce, [began]);
	const anew = convention('o', { name: 'reviewing' }, [bound]);
	const beside = convention('w', { name: 'deliberating' }, [began]);
	const withdrawn = seal({ ...anew, parents: [anew.hash], body: null, reason: '不再需要' });
	const carried = convention('w', inForce, [bound]);
	const again = convention('w', inForce, [anew, bound]);
	const unknown = convention('w', inForce, [seal({ ...bound, device: 'elsewhere' })]);
	// On an old record of one's own, so that the stage seems to stand on both.
	const oldBranch = seal({ ...convention('w', inForce, [bound]), at: '2026-11-24T00:00:00.000Z' });
	const byBranch = convention('w', inForce, [anew, oldBranch]);
	const version = { version: 1 };
	const adopted = convention('o', { name: 'in-force', inForce: version }, [began]);
	const next = (stage: JsonObject, parents = [adopted]) => convention('w', stage, parents);
	const settles = convention('w', inForce, [bound, beside]);

	it.each<[string, typeof worker, Revision, readonly Revision[], string | undefined]>([
		['a worker begins one', worker, began, [], undefined],
		['a resident does not', resident, began, [], 'scope at /scope'],
		['nor a partner', partner, began, [], 'rights at /kind'],
		['nor a tablet', tablet, began, [], 'rights at /kind'],
		['an office brings it into force', office, bound, [began], undefined],
		['a worker does not', worker, bound, [began], 'rights at /body/stage'],
		['nor from the beginning', worker, convention('w', inForce), [], 'rights at /body/stage'],
		['nor on what nobody knows', worker, unknown, [], 'rights at /body/stage'],
		['a worker rewords what is in force', worker, carried, [began, bound], undefined],
		[
			'a worker does not bring an old stage back by naming an old record',
			worker,
			again,
			[began, bound, anew],
			'rights at /body/stage'
		],
		[
			'nor by way of a record on the old one',
			worker,
			byBranch,
			[began, bound, anew, oldBranch],
			'rights at /body/stage'
		],
		['a worker chooses between two stages in doubt', worker, settles, [began, bound, beside], undefined],
		[
			'a worker does not leave the stage out',
			worker,
			convention('w', undefined, [bound]),
			[began, bound],
			'rights at /body/stage'
		],
		[
			'a worker starts the next version beside the one in force',
			worker,
			next({ name: 'drafting', inForce: version }),
			[began, adopted],
			undefined
		],
		[
			'a worker does not carry another version along',
			worker,
			next({ name: 'drafting', inForce: { version: 2 } }),
			[began, adopted],
			'rights at /body/stage'
		],
		[
			'nor leave the one in force behind',
			worker,
			next({ name: 'drafting' }),
			[began, adopted],
			'rights at /body/stage'
		],
		[
			'nor begin with one in force',
			worker,
			next({ name: 'reviewing', inForce: version }, []),
			[],
			'rights at /body/stage'
		],
		['a worker does not withdraw it', worker, withdrawn, [began, bound, anew], 'rights at /body'],
		['an office does', office, withdrawn, [began, bound, anew], undefined]
	])('%s', (_sentence, grants, revision, before, expected) => {
		const refusal = writeRefusal(grants, revision, before);
		expect(refusal && `${refusal.code} at ${refusal.at}`).toBe(expected);
	});

	it('asks for its past only where that can matter', () => {
		for (const built of [carried, beside, anew]) expect(asksForPast(worker, built)).toBe(true);
		expect(asksForPast(worker, began)).toBe(false);
		for (const revision of [bound, carried, withdrawn]) expect(asksForPast(office, revision)).toBe(false);
		expect(asksForPast(resident, carried)).toBe(false);
	});
});

describe('opinions and votes', () => {
	it.each(['opinion', 'vote'])('%s: of one’s own household, and at the door', (kind) => {
		const [own, others] = ['h04', 'h05'].map((door) =>
			sampleRecord(kind, toScope(`${courtyard}/${door}`), 'x', 'phone1')
		);
		if (!own || !others) throw new Error('no sample');
		for (const grants of [resident, worker, office]) expect(writeRefusal(grants, own, [])).toBeUndefined();
		expect(writeRefusal(resident, others, [])).toMatchObject({ code: 'scope' });
		for (const grants of [partner, tablet])
			expect(writeRefusal(grants, own, [])).toMatchObject({ at: '/kind' });
	});
});
