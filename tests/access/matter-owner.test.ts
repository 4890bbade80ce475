import { describe, expect, it } from 'vitest';
import { grantsOf } from '#access/grant.ts';
import { mayAsOwner, seesTo } from '#access/matter-owner.ts';
import { holders, hasRight, tabledKinds } from '#access/rights-table.ts';
import { asksForPast, writeRefusal } from '#access/rights.ts';
import { matterEntity } from '#kinds/matter.ts';
import { progressEntity } from '#kinds/progress.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope, type Scope } from '#records/scope.ts';
import { toDay } from '#kinds/day.ts';

const community = toScope('qianmen/caochang');
const worker = grantsOf(['worker:qianmen/caochang/g3']);
const neighbour = grantsOf(['worker:qianmen/dajiang/g1']);
const office = grantsOf(['office:qianmen/caochang']);
const resident = grantsOf(['resident:qianmen/caochang/g3/c12/h04']);

interface Written {
	readonly author?: string;
	readonly on?: readonly Revision[];
	readonly scope?: Scope;
}

function matter(
	stage: JsonObject,
	{ author = 'office1', on = [], scope = community }: Written = {},
	more = {}
) {
	return written(
		'matter',
		matterEntity(scope, 'minshi0001'),
		{ text: '路灯太暗', stage, ...more },
		scope,
		author,
		on
	);
}
function progress(body: JsonObject | null, { author = 'li', on = [], scope = community }: Written = {}) {
	return written('progress', progressEntity(scope, 'minshi0001', 'jinzhan01'), body, scope, author, on);
}
function written(
	kind: string,
	entity: string,
	body: JsonObject | null,
	scope: Scope,
	author: string,
	on: readonly Revision[]
): Revision {
	const parents = on.map(({ hash }) => hash).sort();
	const about = { kind, entity, scope, parents, author, device: 'phone1', at: '2026-11-23T11:02:03.004Z' };
	return seal(body ? { ...about, body } : { ...about, body, reason: '记错了' });
}

const given = { owner: { name: 'li', account: 'li' }, due: '2026-11-30', round: 1 };
const doing = { name: 'doing', ...given };
const done = { name: 'evaluating', ...given, result: '换了灯', day: '2026-11-25' };
const raised = matter({ name: 'deliberating' });
const mine = matter(doing, { on: [raised] });
const others = matter({ ...doing, owner: { name: 'wang', account: 'wang' } }, { on: [mine] });
const typed = matter({ ...doing, owner: { name: 'li' } }, { on: [raised] });
const closed = matter(done, { author: 'li', on: [mine] });
const said = progress({ words: '报修了' });
const foreign = progress({ words: '报修了' }, { author: 'wang' });

describe('whoever a matter of a place above was given to', () => {
	it.each<[string, Revision, readonly Revision[], string | undefined]>([
		['says how it goes on', said, [raised, mine], undefined],
		['and again once it is carried out', said, [raised, mine, closed], undefined],
		['not before it is theirs', said, [raised], 'scope'],
		['nor where only their name was typed', said, [raised, typed], 'scope'],
		['nor once it is someone else’s', said, [raised, mine, others], 'scope'],
		['nor of a matter that nobody knows', said, [], 'scope'],
		['but what was taken before is taken again', said, [raised, mine, others, said], undefined],
		[
			'where two gave it to two, both do',
			said,
			[raised, mine, matter({ ...doing, owner: { name: 'wang', account: 'wang' } }, { on: [raised] })],
			undefined
		],
		[
			'puts right what they said',
			progress({ words: '报修过' }, { on: [said] }),
			[raised, mine, said],
			undefined
		],
		['takes it back', progress(null, { on: [said] }), [raised, mine, said], undefined],
		[
			'leaves alone what others said',
			progress({ words: '没有' }, { on: [foreign] }),
			[raised, mine, foreign],
			'scope'
		],
		['also beside it', said, [raised, mine, foreign], 'scope'],
		['reports it carried out', closed, [raised, mine], undefined],
		[
			'not on top of what it was before',
			matter(done, { author: 'li', on: [raised] }),
			[raised, mine],
			'scope'
		],
		['nor once it is someone else’s ', closed, [raised, mine, others], 'scope'],
		[
			'nor as another’s',
			matter({ ...done, owner: { name: 'wang', account: 'wang' } }, { author: 'li', on: [mine] }),
			[raised, mine],
			'scope'
		],
		[
			'nor with more time',
			matter({ ...done, due: '2026-12-30' }, { author: 'li', on: [mine] }),
			[raised, mine],
			'scope'
		],
		[
			'nor in another round',
			matter({ ...done, round: 2 }, { author: 'li', on: [mine] }),
			[raised, mine],
			'scope'
		],
		[
			'nor worded anew',
			matter(done, { author: 'li', on: [mine] }, { text: '没有这回事' }),
			[raised, mine],
			'scope'
		],
		[
			'gives it to nobody',
			matter({ ...doing, due: '2026-12-30' }, { author: 'li', on: [mine] }),
			[raised, mine],
			'scope'
		],
		[
			'does not reopen it',
			matter({ ...doing, round: 2 }, { author: 'li', on: [closed] }),
			[raised, mine, closed],
			'scope'
		]
	])('%s', (_sentence, revision, before, expected) => {
		expect(asksForPast(worker, revision)).toBe(true);
		expect(writeRefusal(worker, revision, before)?.code).toBe(expected);
	});

	it('writes nothing else of it, and nothing elsewhere', () => {
		const whistle = written(
			'whistle',
			said.entity,
			{ department: '城管', reason: '不亮', due: '2026-12-01' },
			community,
			'li',
			[]
		);
		expect(writeRefusal(worker, whistle, [raised, mine])?.code).toBe('scope');
		expect(writeRefusal(neighbour, said, [raised, mine])?.code).toBe('scope');
		expect(asksForPast(neighbour, said)).toBe(false);
		const home = toScope('qianmen/caochang/g3/c12');
		const yard = [matter(doing, { scope: home, author: 'home-one' })];
		expect(writeRefusal(resident, progress({ words: '好了' }, { scope: home }), yard)?.code).toBe('scope');
	});

	it('is shown the way by the same rule', () => {
		const stage = {
			name: 'doing',
			owner: { name: 'li', account: 'li' },
			due: toDay('2026-11-30'),
			round: 1
		} as const;
		expect(seesTo(worker, 'li', { scope: community, stage })).toBe(true);
		expect(seesTo(worker, 'wang', { scope: community, stage })).toBe(false);
		expect(seesTo(neighbour, 'li', { scope: community, stage })).toBe(false);
		expect(seesTo(office, 'li', { scope: community, stage })).toBe(false);
		expect(mayAsOwner(office, 'progress', toScope('qianmen'))).toBe(true);
	});

	it('is staff that writes and reads such records where it works', () => {
		for (const holder of holders) {
			for (const kind of tabledKinds.filter((each) => hasRight(holder, each, 'o'))) {
				expect(['matter', 'progress']).toContain(kind);
				expect([holder, kind, hasRight(holder, kind, 'w'), hasRight(holder, kind, 'a')]).toEqual([
					holder,
					kind,
					true,
					true
				]);
			}
		}
	});
});
