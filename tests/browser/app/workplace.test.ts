import { flushSync } from 'svelte';
import { expect, onTestFinished, test } from 'vitest';
import { Workplace } from '#app/workplace.svelte.ts';
import { checkInEntity } from '#kinds/check-in.ts';
import { toDay } from '#kinds/day.ts';
import { seal } from '#records/revision.ts';
import { toScope } from '#records/scope.ts';
import { withinEffect } from '../features/within-effect.svelte.ts';
import { clock, freshAccount, opened } from '../storage/stores.ts';
import { following } from './following.svelte.ts';

const scope = toScope('qianmen/caochang/g3/c12/h04');
const checkIn = {
	kind: 'check-in',
	entity: checkInEntity(scope, toDay('2026-11-23')),
	scope,
	body: { reported: { quality: 'correct' } }
};

test('what was saved is shown as waiting at once, though the store told of it before and counts slowly', async () => {
	const account = freshAccount();
	const store = await opened(account);
	const workplace = new Workplace({ name: account, roles: [] }, 'device', store, clock);
	onTestFinished(await workplace.open(['2026-11'], () => {}));
	const { made: waiting, end } = withinEffect(() => following(() => workplace.counts.waiting));
	onTestFinished(end);

	const save = store.save.bind(store);
	store.save = async (write) => {
		const told = new Promise<void>((resolve) => {
			const stop = store.onNotice(({ type }) => {
				if (type !== 'records') return;
				stop();
				resolve();
			});
		});
		await save(write);
		await told;
	};
	store.counts = () => new Promise(() => {});
	await workplace.save([checkIn]);
	flushSync();
	expect(waiting()).toBe(1);
});

test('what goes while older months are read stays gone, however many read them', async () => {
	const account = freshAccount();
	const store = await opened(account);
	const workplace = new Workplace({ name: account, roles: [] }, 'device', store, clock);
	onTestFinished(await workplace.open([], () => {}));
	let tell: Parameters<typeof store.onNotice>[0] = () => {};
	store.onNotice = (heed) => {
		tell = heed;
		return () => {};
	};
	onTestFinished(await workplace.open([], () => {}));
	const erased = seal({
		...checkIn,
		parents: [],
		author: account,
		device: 'device',
		at: clock().toISOString()
	});
	const slow = Promise.withResolvers<undefined>();
	store.load = async (months, onPage) => {
		if (months[0] === '2026-10') return;
		await slow.promise;
		onPage([erased], 1);
	};
	const reading = [workplace.loadMonths(['2026-11']), workplace.loadMonths(['2026-10'])];
	tell({ type: 'removed', ids: [erased._id] });
	await reading[1];
	slow.resolve(undefined);
	await reading[0];
	expect(workplace.records.size).toBe(0);
});
