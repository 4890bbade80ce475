import { page } from 'vitest/browser';
import { expect, test } from 'vitest';
import ConventionEditPage from '#features/drafting/ConventionEditPage.svelte';
import { bodyOf, clauses, convention, entity, phone } from './convention-phone.ts';
import { shown } from './shown.ts';

const text = convention('office', '01:00', bodyOf({ name: 'drafting' }));

async function editor(...later: Parameters<typeof phone>[0]): Promise<void> {
	let ids = 0;
	const newId = () => `newclause${(ids += 1)}`;
	shown(await phone([text, ...later]), ConventionEditPage, { entity, newId, onsaved: () => {} });
	await expect.element(page.getByRole('button', { name: /^第一条/ })).toBeVisible();
}
const tap = (name: string) => page.getByRole('button', { name, exact: true }).click();
const closed = (name: RegExp) => page.getByRole('button', { name });
/** The words of all clauses in order, of the one that is written on those in its field. */
function words(): readonly string[] {
	return [...document.querySelectorAll('[data-clause]')].map(
		(item) => item.querySelector('textarea')?.value ?? item.querySelector('p.verbatim')?.textContent ?? ''
	);
}

test('a clause is cut in two where a sentence ends', async () => {
	await editor();
	await closed(/^第一条/).click();
	await tap('分成两条');
	await page.getByRole('button', { name: /^第 1 处/ }).click();
	await expect.element(page.getByText('已分成第 1 条和第 2 条')).toBeVisible();
	expect(words()).toEqual(['按时分类投放。', '不在门口过夜。', clauses[1]?.text, clauses[2]?.text]);
});

test('a clause is joined with the next one', async () => {
	await editor();
	await closed(/^第二条/).click();
	await tap('与下一条合并');
	await expect.element(page.getByText('已与下一条合并成第 2 条')).toBeVisible();
	expect(words()).toEqual([clauses[0]?.text, `${clauses[1]?.text}\n${clauses[2]?.text}`]);
});

test('a clause is put in front of another', async () => {
	await editor();
	await closed(/^第一条/).click();
	await tap('在前面加一条');
	await expect.element(page.getByText('新加了第 1 条，写完记得保存')).toBeVisible();
	expect(words()).toEqual(['', ...clauses.map(({ text: own }) => own)]);
});

test('a clause that someone took out is put back where it was', async () => {
	await editor(
		convention('wu', '02:00', bodyOf({ name: 'drafting' }, { clauses: clauses.slice(1) }), [text])
	);
	expect(words()).toHaveLength(2);
	await page.getByText('拿掉的条文（1 条）').click();
	await page.getByRole('button', { name: /^放回来/ }).click();
	await expect.element(page.getByText(/^放回来了，现在是第 \d 条/)).toBeVisible();
	expect(words()).toEqual(clauses.map(({ text: own }) => own));
});
