import { expect, test, type Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { readFile } from 'node:fs/promises';
import { amendmentEntity } from '#kinds/amendment.ts';
import { minuteEntity } from '#kinds/minute.ts';
import type { Scope } from '#records/scope.ts';
import { daysAhead } from '../serve.ts';
import { drawOn, glass, signed } from './glass.ts';
import { householdsIn } from './held-households.ts';
import { delivered, visit } from './looks.ts';
import { filedOf, putEnded, putFiled, putPhoto, type HeldMeeting } from './minutes-put.ts';
import { courtyardNames, startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';
import { put, sealed, type PutOn } from './votes-put.ts';

test.describe('minutes', () => {
	let place: Neighbourhood;
	let on: PutOn;
	let households: readonly Scope[];
	let absent: Scope;

	test.beforeAll(async () => {
		place = await startNeighbourhood(daysAhead(8), 12);
		const homes = await householdsIn(place.server, courtyardNames[0]);
		const [first, last] = [homes.at(0), homes.at(11)];
		if (!first || !last) throw new Error('the roster made no household');
		households = homes.slice(0, 11).map(({ scope }) => scope);
		absent = last.scope;
		on = { server: place.server, by: place.workers[0], scope: first.courtyard };
	});
	test.afterAll(() => place.server.remove());

	test('are signed, filed, amended, answered and confirmed', async ({ browser }) => {
		const meeting = await putEnded(on, households);
		const worker = await visit(browser, place.server, place.workers[0]);
		await putPhoto(on, meeting, await worker.screenshot({ type: 'jpeg', quality: 50 }));
		await worker.goto(`/meetings/${meeting.entity}/sign`);
		const sheet = worker.getByRole('article');
		await expect(sheet).toContainText('会议记录草稿');
		await expect(sheet).toContainText('过道要能过轮椅，旧沙发挡了半年了。');
		await expect(sheet).toContainText('11 户，另有 1 人');
		await expect(sheet.getByRole('img', { name: /旧沙发/ })).toBeVisible({ timeout: 60_000 });
		await test.step('the chair’s strokes outlast a reload', async () => {
			await drawOn(glass(worker, '主持人签名'), [0.2, 0.3], [0.7, 0.6]);
			await expect(signed(worker, '主持人签名', 1)).toBeVisible();
			await expect.poll(() => draftHas(worker, place.workers[0].name, meeting.entity)).toBe(true);
			await worker.reload();
			await expect(signed(worker, '主持人签名', 1)).toBeVisible();
		});
		await test.step('nothing is filed without the recorder', async () => {
			await worker.getByRole('button', { name: '签字存档' }).click();
			await expect(worker.getByRole('alert')).toContainText('请在框里签名');
		});
		await test.step('what arrives after the first signature is signed anew', async () => {
			await put(place.server, place.workers[0], [lateLine(meeting, 'line0009', '散会前还说到了路灯。')]);
			await expect(sheet).toContainText('散会前还说到了路灯。', { timeout: 60_000 });
			await expect(
				worker.getByText('签名以后，记录或者提异议的期限又有了变化', { exact: false })
			).toBeVisible();
			await worker.getByRole('button', { name: '擦掉签名，重新签' }).click();
			await drawOn(glass(worker, '主持人签名'), [0.2, 0.3], [0.7, 0.6]);
			await drawOn(glass(worker, '记录人签名'), [0.3, 0.7], [0.8, 0.3]);
			await expect(signed(worker, '记录人签名', 1)).toBeVisible();
			await worker.getByRole('button', { name: '签字存档' }).click();
			await expect(worker).toHaveURL(/\/minutes$/);
		});
		await expect(worker.getByText('内容自存档后未改动')).toBeVisible();
		await expect(sheet).toContainText('会议纪要');
		await expect(sheet.getByRole('img', { name: '示例主持人的签名' })).toBeVisible();
		const photo = sheet.getByRole('img', { name: /^门口堆放杂物.* · 旧沙发/ });
		await expect.poll(() => photo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(360);
		await expect(sheet.getByRole('link', { name: '联系大件垃圾清运' })).toHaveAttribute(
			'href',
			`/matters/${meeting.tasks[0]?.entity}`
		);
		await test.step('from what was given to do one lands on its line', async () => {
			await sheet.getByRole('link', { name: '联系大件垃圾清运' }).click();
			await worker.getByRole('link', { name: /^会议纪要里的那一条/ }).click();
			const line = sheet.getByRole('listitem').filter({ hasText: '联系大件垃圾清运' });
			await expect(line).toBeInViewport();
			await worker.reload();
			await expect(line).toBeInViewport();
		});
		await delivered(worker);

		await test.step('a household objects, at the door', async () => {
			await worker.getByRole('button', { name: '记异议或补充' }).click();
			const dialog = worker.getByRole('dialog');
			await dialog.getByLabel('谁提的').selectOption({ label: '2号' });
			await dialog.getByLabel('关于哪一项').selectOption({ label: '门口堆放杂物，谁来清、清到哪儿' });
			await dialog.getByLabel('怎么说的').fill('我说的是先登记，不是先清。');
			await dialog.getByRole('button', { name: '记下', exact: true }).click();
			await expect(dialog).toBeHidden();
			const note = sheet.getByRole('complementary');
			await expect(note).toContainText('异议 · 2号');
			await expect(note).toContainText('还没有答复');
			await expect(worker.getByText('内容自存档后未改动')).toBeVisible();
			await delivered(worker);
		});

		await test.step('a line that comes a day later is apart', async () => {
			await put(place.server, place.workers[0], [lateLine(meeting, 'line0010', '我后来才传到。')]);
			await expect(worker.getByRole('heading', { name: '存档后收到的' })).toBeVisible({ timeout: 60_000 });
			await expect(sheet).not.toContainText('我后来才传到。');
			await expect(worker.getByText('内容自存档后未改动')).toBeVisible();
		});
		await worker.context().close();

		const office = await visit(browser, place.server, place.office, { days: 8 });
		await office.goto(`/meetings/${meeting.entity}/minutes`);
		await expect(office.getByText('还有 1 条没有答复，答复以后才能确认。')).toBeVisible();
		await office.getByRole('complementary').getByRole('button', { name: '答复' }).click();
		await office.getByRole('dialog').getByRole('radio', { name: '采纳', exact: true }).check();
		await office.getByRole('dialog').getByLabel('说明（可以不写）').fill('以此为准。');
		await office.getByRole('dialog').getByRole('button', { name: '保存答复' }).click();
		await expect(office.getByRole('dialog')).toBeHidden();
		await expect(office.getByRole('complementary')).toContainText('答复（采纳）：以此为准。');
		await office.getByRole('button', { name: '确认会议纪要' }).click();
		await expect(office.getByText(/确认，附异议和补充 1 条/)).toBeVisible();
		await expect(office.getByText('内容自存档后未改动')).toBeVisible();
		await test.step('what arrives after that, of a household that was not there, has its answer too', async () => {
			const entity = amendmentEntity(absent, meeting.id, 'yiyi0009');
			const body = { type: 'addition', words: '我家那天没去，也愿意登记。' };
			await put(place.server, place.workers[0], [
				sealed(place.workers[0], 'amendment', entity, absent, [], body)
			]);
			const note = office.getByRole('complementary').filter({ hasText: body.words });
			await expect(note).toContainText('签到名单里没有这一户', { timeout: 60_000 });
			await note.getByRole('button', { name: '答复' }).click();
			await office.getByRole('dialog').getByRole('radio', { name: '记录在案' }).check();
			await office.getByRole('dialog').getByRole('button', { name: '保存答复' }).click();
			await expect(note).toContainText('答复：记录在案');
			await expect(note.getByRole('button')).toBeHidden();
		});
		await delivered(office);
		await office.context().close();
	});

	test('that were signed on two phones apart are settled to one of the two', async ({ browser }) => {
		const held = await putEnded(on, households, 'huiyi0005');
		const [one, other] = ['示例主持甲', '示例主持乙'].map((chair) => filedOf(on, held, chair));
		if (!one || !other) throw new Error('not filed');
		await put(place.server, place.workers[0], [one, other]);
		const page = await visit(browser, place.server, place.workers[1]);
		await page.goto(`/meetings/${held.entity}/minutes`);
		await expect(page.getByText('这次会议在两台手机上各签了一份', { exact: false })).toBeVisible();
		await page
			.getByRole('region')
			.filter({ hasText: '示例主持乙' })
			.getByRole('button', { name: '用这一份' })
			.click();
		await expect(page.getByText('内容自存档后未改动')).toBeVisible();
		await expect(page.getByRole('article')).toContainText('示例主持乙');
		await delivered(page);
		await page.reload();
		await expect(page.getByRole('article')).toContainText('示例主持乙');
		await page.context().close();
	});

	test('that someone changed on the disk behind the app’s back say so, and which', async ({ browser }) => {
		const [was, forged] = ['旧家具先登记，月底清走。', '旧家具不登记，当天清走。'];
		const entity = await putFiled(on, households, 'huiyi0004', was);
		const page = await visit(browser, place.server, place.workers[0]);
		await page.goto(`/meetings/${entity}/minutes`);
		await expect(page.getByText('内容自存档后未改动')).toBeVisible();
		expect(await changeOnDisk(page, place.workers[0].name, [was, forged])).toBe(1);
		await page.reload();
		await expect(page.getByRole('alert')).toContainText(/内容对不上：第 \d+ 条/);
		await expect(page.getByText('内容自存档后未改动')).toBeHidden();
		const line = page.getByRole('listitem').filter({ hasText: forged }).first();
		await expect(line).toContainText('这一条对不上');
		await page.getByText(/^逐条核对/).click();
		await expect(page.getByText('与指纹对不上')).toHaveCount(1);
		await page.context().close();
	});

	test('are printed on A4, and saved as a Word file without a network', async ({ browser }) => {
		const entity = await putFiled(on, households);
		const page = await visit(browser, place.server, place.workers[0], { offline: true });
		await page.goto(`/meetings/${entity}/minutes`);
		await expect(page.getByText('内容自存档后未改动')).toBeVisible();
		await page.emulateMedia({ colorScheme: 'dark' });
		const pdf = await page.pdf({ preferCSSPageSize: true, path: test.info().outputPath('minutes.pdf') });
		const boxes = [...pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
		expect(boxes.length).toBeGreaterThan(0);
		for (const [, width, height] of boxes)
			expect([width, height].map((points) => Math.round((Number(points) / 72) * 25.4))).toEqual([210, 297]);
		await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
		await page.context().setOffline(true);
		await page.reload();
		const download = page.waitForEvent('download');
		await page.getByRole('button', { name: '存成 Word 文件' }).click();
		const file = await download;
		expect(file.suggestedFilename()).toBe('示例院落议事会 会议纪要.docx');
		await file.saveAs(test.info().outputPath('minutes.docx'));
		const parts = unzipSync(await readFile(await file.path()));
		const text = strFromU8(parts['word/document.xml'] ?? new Uint8Array());
		for (const words of [
			'过道要能过轮椅，旧沙发挡了半年了。',
			'赞成 9，反对 1，弃权 1',
			'旧家具登记后清走。',
			'联系大件垃圾清运',
			'我说的是旧沙发和旧柜子。',
			'答复（采纳）：以此为准。',
			'主持人：示例主持人',
			'核对码'
		])
			expect(text).toContain(words);
		expect(Object.keys(parts).filter((name) => name.startsWith('word/media/'))).toHaveLength(2);
		await page.context().close();
	});

	function lateLine({ id }: HeldMeeting, name: string, words: string) {
		const entity = minuteEntity(on.scope, id, name);
		const body = { about: 'said', item: 'yiti0002', at: new Date().toISOString(), words };
		return sealed(place.workers[0], 'minute', entity, on.scope, [], body);
	}
});

/** Whether strokes drawn for this meeting are on the disk. */
function draftHas(page: Page, account: string, entity: string): Promise<boolean> {
	return page.evaluate(
		async ([name, key]) => {
			const settled = <Value>(request: IDBRequest<Value>) =>
				new Promise<Value>((resolve, reject) => {
					request.onsuccess = () => resolve(request.result);
					request.onerror = () => reject(request.error ?? new Error('no reason given'));
				});
			const database = await settled(indexedDB.open(`zhonggeng-${name}`));
			const draft: unknown = await settled(
				database.transaction('drafts').objectStore('drafts').get(`filing:${key}`)
			);
			database.close();
			return JSON.stringify(draft ?? {}).includes('"signature":[[');
		},
		[account, entity] as const
	);
}

/**
 * Puts other words in the place of words that one record has, where it lies, without the app: in the tail or in a
 * pack. Returns how many rows had them.
 */
async function changeOnDisk(page: Page, account: string, words: readonly [string, string]): Promise<number> {
	return page.evaluate(
		async ({ name, from, to }) => {
			const settled = <Value>(request: IDBRequest<Value>) =>
				new Promise<Value>((resolve, reject) => {
					request.onsuccess = () => resolve(request.result);
					request.onerror = () => reject(request.error ?? new Error('no reason given'));
				});
			const database = await settled(indexedDB.open(name));
			const transaction = database.transaction(['tail', 'packTexts'], 'readwrite');
			let changed = 0;
			for (const table of ['tail', 'packTexts']) {
				const store = transaction.objectStore(table);
				const rows: readonly unknown[] = await settled(store.getAll());
				for (const row of rows.map((each) => JSON.stringify(each)).filter((text) => text.includes(from))) {
					await settled(store.put(JSON.parse(row.replaceAll(from, to))));
					changed += 1;
				}
			}
			database.close();
			return changed;
		},
		{ name: `zhonggeng-${account}`, from: words[0], to: words[1] }
	);
}
