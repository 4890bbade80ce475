import { expect, test } from '@playwright/test';
import * as v from 'valibot';
import { checkInEntity } from '#kinds/check-in.ts';
import { dayAt } from '#kinds/day.ts';
import { seal, type Revision } from '#records/revision.ts';
import type { Scope } from '#records/scope.ts';
import type { Login } from '../serve.ts';
import { heldOnServer } from './held-records.ts';
import { startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { signedIn } from './office-desk.ts';

test.describe('an office that looks after devices', () => {
	let place: Neighbourhood;

	test.beforeAll(async () => {
		place = await startNeighbourhood();
	});
	test.afterAll(() => place.server.remove());

	test('takes in what a device handed over, and leaves out what it is told to', async ({ browser }) => {
		const doors = (await heldOnServer(place.server)).filter(({ kind }) => kind === 'household').slice(0, 2);
		const records = doors.map(({ scope }, index) => handedOver(place.workers[1], scope, index));
		await handOver(place, place.workers[1], records);
		const desk = await signedIn(browser, place, place.office);
		await desk.goto('/office');
		await expect(desk.getByText('有 2 条移交等待处理。')).toBeVisible();
		await desk.getByRole('link', { name: '去看看' }).click();
		await expect(desk.getByText('混投；示例备注0')).toBeVisible();
		await desk
			.getByRole('listitem')
			.filter({ hasText: '示例备注0' })
			.getByRole('button', { name: '收下' })
			.click();
		await desk.getByRole('dialog').getByRole('button', { name: '收下' }).click();
		await desk
			.getByRole('listitem')
			.filter({ hasText: '示例备注1' })
			.getByRole('button', { name: '不要' })
			.click();
		await desk.getByRole('dialog').getByRole('button', { name: '不要' }).click();
		await expect(desk.getByText('没有等待处理的移交')).toBeVisible();
		await desk.getByText('已处理 2 条').click();
		await expect(desk.getByText('收下了')).toBeVisible();
		await expect(desk.getByText('没要')).toBeVisible();
		const held = new Set((await heldOnServer(place.server)).map(({ _id }) => _id));
		expect(records.map(({ _id }) => held.has(_id))).toEqual([true, false]);
		await desk.context().close();
	});
});

/** What a worker recorded on a phone that may no longer send it. */
function handedOver(worker: Login, household: Scope, index: number): Revision {
	const at = new Date();
	return seal({
		kind: 'check-in',
		entity: checkInEntity(household, dayAt(at)),
		parents: [],
		scope: household,
		author: worker.name,
		device: 'phone-x',
		at: at.toISOString(),
		body: { observed: { quality: 'mixed', note: `示例备注${index}` } }
	});
}

async function handOver(
	{ server }: Neighbourhood,
	{ name, password }: Login,
	records: readonly Revision[]
): Promise<void> {
	const answer = await fetch(`${server.url}/db/_session`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ name, password, device: { id: 'phone-x', label: '示例手机' } })
	});
	const { handover } = v.parse(v.object({ handover: v.string() }), await answer.json());
	const credentials = Buffer.from(`${name}:phone-x:${handover}`).toString('base64');
	const kept = await fetch(`${server.url}/api/handover`, {
		method: 'POST',
		headers: { Authorization: `Device ${credentials}`, 'Content-Type': 'application/json' },
		body: JSON.stringify({ records, photos: [] })
	});
	expect(kept.status).toBe(200);
}
