import { flushSync } from 'svelte';
import { expect, onTestFinished, test } from 'vitest';
import { Workplace } from '#app/workplace.svelte.ts';
import { OfficeReport } from '#features/office-overview/office-report.svelte.ts';
import { checkInEntity } from '#kinds/check-in.ts';
import { toDay, type Day } from '#kinds/day.ts';
import { entityOfScope } from '#kinds/kind.ts';
import { seal, type Revision } from '#records/revision.ts';
import { childScope, toScope, type Scope } from '#records/scope.ts';
import { clock, freshAccount, opened } from '../storage/stores.ts';
import { withinEffect } from './within-effect.svelte.ts';
import { storePulled } from '../../store-pulled.ts';

const grid = toScope('qianmen/caochang/g3');
const households = ['h01', 'h02'].map((name) => childScope(childScope(grid, 'c01'), name));
const today = toDay('2026-11-23');

function written(kind: string, entity: string, scope: Scope, body: Revision['body']): Revision {
	const at = '2026-11-23T02:00:00.000Z';
	return seal({ kind, entity, parents: [], scope, author: 'wang', device: 'phone', at, body });
}
function checkIn(household: Scope | undefined, day: Day, quality: string): Revision {
	if (!household) throw new Error('no such household');
	return written('check-in', checkInEntity(household, day), household, { observed: { quality } });
}

/** An office's report over what another phone's records bring. */
async function office() {
	const name = freshAccount();
	const store = await opened(name);
	const arrive = (seq: number, ...records: Revision[]) =>
		storePulled(store, 'zg-qianmen-caochang-g3', records, { identity: 'one', seq });
	await arrive(1, ...households.map((scope) => written('household', entityOfScope(scope), scope, {})));
	const workplace = new Workplace({ name, roles: ['office:qianmen'] }, 'device', store, clock);
	onTestFinished(await workplace.open(['2026-11'], () => {}));
	const { made, end } = withinEffect(() => new OfficeReport({ workplace, today: () => today }));
	onTestFinished(end);
	flushSync();
	return { report: made, arrive };
}

test('the figures follow what arrives from the phones', async () => {
	const { report, arrive } = await office();
	expect(report.report.total).toMatchObject({ households: 2, participating: 0 });
	await arrive(2, checkIn(households[0], today, 'correct'), checkIn(households[1], today, 'mixed'));
	await expect
		.poll(() => report.report.total)
		.toEqual({
			households: 2,
			participating: 2,
			checkIns: 2,
			correct: 1
		});
});

test('a period of months that are not in memory brings them in', async () => {
	const { report, arrive } = await office();
	const summer = toDay('2026-07-14');
	await arrive(2, checkIn(households[0], summer, 'correct'));
	await report.choose('custom');
	await report.type('2026-07-01', '2026-07-31');
	expect(report.complete).toBe(true);
	await expect.poll(() => report.report.total.participating, { timeout: 30_000 }).toBe(1);
	expect(report.report.byDay.filter(({ checkIns }) => checkIns > 0)).toEqual([
		{ day: summer, checkIns: 1, correct: 1 }
	]);
});

test('a chosen area narrows the figures to it', async () => {
	const { report } = await office();
	report.lookAt('qianmen/dajiang');
	expect(report.report.total.households).toBe(0);
	report.lookAt('');
	expect(report.report.total.households).toBe(2);
});
