import { expect, type Locator, type Page } from '@playwright/test';
import { heldOnDevice, statesOf } from './held-records.ts';
import type { Worker } from './worker.ts';

const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 第十二条, up to nineteen. */
export function clauseTitle(number: number): string {
	return `第${number > 9 ? '十' : ''}${digits[number % 10] ?? ''}条`;
}

/** One change of a clause of the text as it stands in the editor, by its number. */
export type Edit =
	| { readonly type: 'reword'; readonly number: number; readonly text: string }
	| { readonly type: 'remove'; readonly number: number }
	| { readonly type: 'add'; readonly after: number; readonly heading: string; readonly text: string }
	| { readonly type: 'up'; readonly number: number };

type Choice = '同意' | '不同意' | '弃权';

/** What a worker does on a phone with a convention, by the words on its screen. */
export class Drafter {
	readonly worker: Worker;
	readonly entity: string;

	constructor(worker: Worker, entity: string) {
		this.worker = worker;
		this.entity = entity;
	}

	get page(): Page {
		return this.worker.page;
	}

	/** A page of the convention, `''` for its own. */
	async open(part: '' | 'edit' | 'doubts' | 'versions' | 'opinions' | 'vote' | 'notice' = ''): Promise<void> {
		const path = `/conventions/${this.entity}${part === '' ? '' : `/${part}`}`;
		await this.page.goto(this.worker.device.link.url + path);
		await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
	}

	/** Opens the editor, makes the edits one after another and saves them with a line why. */
	async write(edits: readonly Edit[], why: string): Promise<void> {
		await this.open('edit');
		for (const edit of edits) await this.#make(edit);
		await this.page.getByRole('button', { name: '保存', exact: true }).click();
		await this.worker.sheet.getByRole('textbox').fill(why);
		await this.worker.sheet.getByRole('button', { name: '保存', exact: true }).click();
		await expect(this.worker.sheet).toBeHidden();
	}

	/** Takes the votes of doors one after another, each with a signature. */
	async collectVotes(votes: readonly (readonly [door: number, choice: Choice])[]): Promise<void> {
		await this.open('vote');
		for (const [door, choice] of votes) {
			const { sheet } = this.worker;
			const row = this.page.getByRole('button', { name: new RegExp(`^${door}号 `) });
			await row.click();
			await sheet.getByRole('radio', { name: choice, exact: true }).check();
			await this.#sign();
			await sheet.getByRole('button', { name: '记下这一票' }).click();
			await expect(sheet).toBeHidden();
			await expect(row).toHaveAccessibleName(new RegExp(choice));
		}
	}

	async #sign(): Promise<void> {
		const { sheet } = this.worker;
		await expect(sheet.getByText('请在框里签名。')).toBeVisible();
		const glass = sheet.getByRole('img', { name: '签名框' });
		await glass.scrollIntoViewIfNeeded();
		const box = await glass.boundingBox();
		if (!box) throw new Error('no room to sign');
		await this.page.mouse.move(box.x + box.width * 0.2, box.y + box.height * 0.6);
		await this.page.mouse.down();
		await this.page.mouse.move(box.x + box.width * 0.8, box.y + box.height * 0.3, { steps: 4 });
		await this.page.mouse.up();
		await expect(glass).toHaveAccessibleName('签名框，已经写了 1 笔');
	}

	async #make(edit: Edit): Promise<void> {
		if (edit.type === 'add') {
			await this.#openClause(edit.after);
			await this.#button('在后面加一条').click();
			await this.page.getByLabel('小标题（可以不写）').fill(edit.heading);
			await this.page.getByLabel('正文', { exact: true }).fill(edit.text);
		} else {
			await this.#openClause(edit.number);
			if (edit.type === 'reword') await this.page.getByLabel('正文', { exact: true }).fill(edit.text);
			else await this.#button(edit.type === 'up' ? '上移' : '删去这一条').click();
		}
		if (edit.type !== 'remove') await this.#button('写好这一条').click();
	}

	async #openClause(number: number): Promise<void> {
		await this.page.getByRole('button', { name: new RegExp(`^${clauseTitle(number)} `) }).click();
	}

	#button(name: string): Locator {
		return this.page.getByRole('button', { name, exact: true });
	}

	/** The clauses as the page shows them, each with its number, heading, words and who wrote them. */
	async clauses(): Promise<readonly string[]> {
		const clauses = this.page.getByRole('article');
		await expect(clauses.first()).toBeVisible();
		return clauses.allInnerTexts();
	}

	/** Takes a step that needs no more than a yes. */
	async takeStep(name: string): Promise<void> {
		await this.open();
		await this.#button(name).click();
		await this.worker.sheet.getByRole('button', { name, exact: true }).click();
		await expect(this.worker.sheet).toBeHidden();
	}

	/** What is on the phone's disk about the convention, folded: the same on every phone that holds the same. */
	async state(): Promise<string | undefined> {
		const { records } = await heldOnDevice(this.page, this.worker.login.name);
		return statesOf(records).get(`convention:${this.entity}`);
	}
}
