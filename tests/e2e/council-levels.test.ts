import { expect, test } from '@playwright/test';
import { addDays, dayAt } from '#kinds/day.ts';
import { createAccount } from '../serve.ts';
import { deskScreen, phoneScreen } from './device.ts';
import { householdsIn } from './held-households.ts';
import { heldOnServer } from './held-records.ts';
import { delivered, signedIn, visit } from './looks.ts';
import {
	addItem,
	comes,
	countHands,
	guestComes,
	lines,
	part,
	resolve,
	signMinutes,
	words
} from './minute-taking.ts';
import { courtyardNames, startNeighbourhood, type Neighbourhood } from './neighbourhood.ts';

test.describe('a council above the courtyards', () => {
	let place: Neighbourhood;

	test.beforeAll(async () => {
		place = await startNeighbourhood({}, 2);
	});
	test.afterAll(() => place.server.remove());

	test('of a community is held by its office on a phone, with people by name and by dictation; a worker below reads what was signed, and has it read aloud', async ({
		browser
	}) => {
		const office = await signedIn(browser, place.server, place.office);
		await office.addInitScript(listenAlways, '胡同里的路灯太暗');
		await office.goto('/public');
		const ways = office.getByRole('navigation', { name: '议事' });
		await office.setViewportSize(deskScreen);
		await expect(ways).toBeHidden();
		const side = office.getByRole('navigation', { name: '主要页面' });
		await expect(side.getByRole('link', { name: '公开' })).toHaveAttribute('aria-current', 'page');
		await office.setViewportSize(phoneScreen);
		await ways.getByRole('link', { name: '议事会议' }).click();
		await office.getByRole('link', { name: '通知开会' }).first().click();
		await office.getByRole('radio', { name: '社区', exact: true }).check();
		await office.getByRole('button', { name: '现在就开始' }).click();
		await expect(part(office, /^到会/)).toHaveText('到会 0');
		await expect(office.getByRole('list', { name: '各户' })).toBeHidden();
		await office.getByRole('radio', { name: courtyardNames[0] }).check();
		await comes(office, 1);
		await expect(part(office, /^到会/)).toHaveText('到会 1');
		await guestComes(office, '居民甲');
		await guestComes(office, '示例物业经理');
		await addItem(office, '胡同照明');
		await office.getByRole('radio', { name: '居民甲' }).check();
		await office.getByRole('button', { name: '说话输入' }).click();
		await expect(words(office)).toHaveValue('胡同里的路灯太暗');
		await office.getByRole('button', { name: '说完了' }).click();
		await office.getByRole('button', { name: '记下', exact: true }).click();
		await expect(lines(office).filter({ hasText: '胡同里的路灯太暗' })).toContainText('居民甲');

		const worker = await visit(browser, place.server, place.workers[0]);
		await worker.addInitScript(keepSpoken);
		await worker.goto('/meetings');
		await worker.getByRole('link', { name: /草厂/ }).click({ timeout: 60_000 });
		await expect(worker.getByText('胡同照明')).toBeVisible();
		await expect(worker.getByRole('link', { name: '记会议记录' })).toBeHidden();
		await worker.goto(`${new URL(worker.url()).pathname}/minutes`);
		const sheet = worker.getByRole('article');
		await expect(sheet).toContainText('会议记录草稿');
		for (const said of ['1号', '居民甲', '示例物业经理', '胡同里的路灯太暗'])
			await expect(sheet).toContainText(said, { timeout: 60_000 });

		await office.getByRole('button', { name: '散会' }).click();
		await office.getByRole('link', { name: '签字存档' }).click();
		await signMinutes(office);
		await delivered(office);
		await expect(worker.getByText('内容自存档后未改动')).toBeVisible({ timeout: 60_000 });
		await expect(sheet).toContainText('社区议事厅');
		await expect(sheet.getByRole('img', { name: '示例主持人的签名' })).toBeVisible();
		await expect(sheet).toContainText('胡同里的路灯太暗');
		await expect(worker.getByRole('button', { name: '记异议或补充' })).toBeHidden();
		await test.step('read aloud, in parts, from the title to what was said', async () => {
			await worker.getByRole('button', { name: /^读给我听/ }).click();
			await expect(worker.getByRole('button', { name: /^不读了/ })).toBeVisible();
			const spoken = await worker.evaluate(() => JSON.stringify(Reflect.get(window, 'spoken')));
			const at = [
				'签字存档',
				'主持人，示例主持人',
				'居民甲（来宾）',
				'议题 1，胡同照明',
				'居民甲，胡同里的路灯太暗'
			].map((part) => spoken.indexOf(part));
			expect(at).toEqual(at.toSorted((a, b) => a - b));
			expect(Math.min(...at), spoken).toBeGreaterThan(0);
			expect(spoken).toContain('zh-CN');
			await worker.getByRole('button', { name: /^不读了/ }).click();
			await expect(worker.getByRole('button', { name: /^读给我听/ })).toBeVisible();
		});
		await office.context().close();
		await worker.context().close();
	});

	test('of the subdistrict is signed and made public; a resident below adds to it while there is time', async ({
		browser
	}) => {
		const [home] = await householdsIn(place.server, courtyardNames[0]);
		if (!home) throw new Error('nobody lives there');
		const resident = await createAccount(place.server, 'home-eeeeeeeeee', [`resident:${home.scope}`]);
		const office = await visit(browser, place.server, place.office);
		await office.goto('/meetings/new');
		await office.getByRole('radio', { name: '街道', exact: true }).check();
		await expect(office.getByLabel('会议名称')).toHaveValue(/街道议事会$/);
		await office.getByLabel('会议名称').fill('示例街道议事会');
		await office.getByRole('button', { name: '现在就开始' }).click();
		await guestComes(office, '示例代表乙');
		await addItem(office, '胡同停车');
		await countHands(office, '先在两条胡同试行', [1, 0, 0]);
		await resolve(office, '先试行三个月。');
		await office.getByRole('radio', { name: '交办事项' }).check();
		await office.getByRole('textbox', { name: '要办什么' }).fill('画好停车线');
		await office.getByRole('group', { name: '谁来办' }).getByRole('radio', { name: '其他人' }).check();
		await office.getByRole('button', { name: '记下', exact: true }).click();
		await expect(office.getByText('请写谁来办')).toBeVisible();
		await office.getByLabel('名字或单位').fill('示例停车公司');
		const due = addDays(dayAt(new Date()), 9);
		await office.getByLabel('哪天前办好').fill(due);
		await office.getByRole('button', { name: '记下', exact: true }).click();
		await expect(office.getByRole('link', { name: /画好停车线/ })).toContainText('示例停车公司');
		await office.getByRole('button', { name: '散会' }).click();
		await office.getByRole('link', { name: '签字存档' }).click();
		await signMinutes(office);
		await expect(office.getByRole('article')).toContainText('示例街道议事会');
		await office.getByRole('link', { name: '公开给居民看' }).click();
		await office.getByRole('button', { name: '公开', exact: true }).click();
		await expect(office.getByText('已经公开，和现在一样。')).toBeVisible();
		await delivered(office);
		const records = await heldOnServer(place.server);
		const meeting = records.find(
			({ kind, body }) => kind === 'meeting' && body?.['title'] === '示例街道议事会'
		);
		expect(meeting?.scope).toBe('qianmen');
		expect(records.find(({ body }) => body?.['text'] === '画好停车线')).toMatchObject({
			scope: 'qianmen',
			body: {
				source: 'meeting',
				from: { meeting: meeting?.entity },
				stage: { name: 'doing', owner: { name: '示例停车公司' }, due }
			}
		});

		const reader = await visit(browser, place.server, resident);
		const minutes = reader.getByRole('link', { name: /示例街道议事会/ });
		await reader.goto('/public');
		await minutes.click({ timeout: 60_000 });
		await expect(reader.getByText('先试行三个月。')).toBeVisible();
		await reader.getByRole('radio', { name: /补充/ }).check();
		await reader.getByLabel('您想说的').fill('请给轮椅留出路');
		await reader.getByRole('button', { name: '提交意见' }).click();
		await expect(reader.getByText('已送达', { exact: true })).toBeVisible({ timeout: 60_000 });
		await reader.context().close();

		await office.goto(`/meetings/${meeting?.entity}/minutes`);
		await expect(office.getByText('期限过后，由居委会或街道在这里确认。')).toBeVisible();
		await expect(office.getByRole('button', { name: '确认会议纪要' })).toBeHidden();
		const note = office.getByRole('complementary');
		await expect(note).toContainText('补充 · 1号', { timeout: 60_000 });
		await expect(note).toContainText('请给轮椅留出路');
		await office.context().close();

		const late = await visit(browser, place.server, resident, { days: 8 });
		await late.goto('/public');
		await late.getByRole('link', { name: /示例街道议事会/ }).click();
		await expect(late.getByText(/^提意见的时间到.*已经结束，等确认$/)).toBeVisible();
		await expect(late.getByText('请给轮椅留出路')).toBeVisible();
		for (const name of ['提交意见', '再提一条', '改一改'])
			await expect(late.getByRole('button', { name })).toHaveCount(0);
		await late.context().close();
	});
});

/** In the page: a browser that hears the same whenever it listens, and until it is told to stop. */
function listenAlways(heard: string): void {
	class Recognition {
		onresult: ((event: object) => void) | null = null;
		onend: (() => void) | null = null;
		start(): void {
			this.onresult?.({ results: [[{ transcript: heard }]] });
		}
		stop(): void {
			this.onend?.();
		}
	}
	Reflect.set(window, 'SpeechRecognition', Recognition);
}

/** In the page: a browser without a voice keeps what it is to say, in its order, until it is told to stop. */
function keepSpoken(): void {
	const said: SpeechSynthesisUtterance[] = [];
	const spoken: string[][] = [];
	Reflect.set(window, 'spoken', spoken);
	const voice = {
		speak(words: SpeechSynthesisUtterance): void {
			said.push(words);
			spoken.push([words.lang, words.text]);
		},
		cancel(): void {
			for (const words of said.splice(0)) words.dispatchEvent(new Event('error'));
		}
	};
	Object.defineProperty(window, 'speechSynthesis', { value: voice });
}
