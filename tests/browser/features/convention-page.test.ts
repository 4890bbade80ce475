import { page } from 'vitest/browser';
import { expect, test } from 'vitest';
import ConventionView from '#features/conventions/ConventionView.svelte';
import OpinionsOf from '#features/opinions/OpinionsOf.svelte';
import VersionsPage from '#features/doubts/VersionsPage.svelte';
import type { Workplace } from '#app/workplace.svelte.ts';
import { toDay } from '#kinds/day.ts';
import { opinionEntity } from '#kinds/opinion.ts';
import { usualPassRule } from '#kinds/pass-rule.ts';
import { conventionState } from '#read-models/convention-state.ts';
import { hashOfJson } from '#records/hash.ts';
import type { Revision } from '#records/revision.ts';
import { childScope } from '#records/scope.ts';
import {
	bodyOf,
	clauses,
	convention,
	courtyard,
	doors,
	entity,
	id,
	phone,
	recorded
} from './convention-phone.ts';
import { shown } from './shown.ts';

const today = toDay('2026-11-23');
const resident = [`resident:${courtyard}/h01`];
const text = convention('office', '01:00', bodyOf({ name: 'deliberating' }));
const ballot = {
	...{ id: 'ballot0001', text: text.hash, voters: [...doors], rule: { ...usualPassRule } },
	...{ opens: '2026-11-20', closes: '2026-11-28' }
};
const votes = doors.map((door) => hashOfJson(door)).sort();
const passed = {
	...ballot,
	result: { day: '2026-11-21', votes, agree: 3, disagree: 0, abstain: 0, passed: true }
};
const posted = { name: 'posted', ballot: passed, posting: { from: '2026-11-21', until: '2026-11-28' } };

function show(workplace: Workplace): void {
	const state = conventionState(workplace.records, entity);
	if (!state) throw new Error('no convention');
	shown(workplace, ConventionView, { convention: state, today });
}
function objection(door: string): Revision {
	const scope = childScope(courtyard, door);
	const about = { kind: 'opinion', entity: opinionEntity(scope, id, 'object0001'), scope };
	return recorded('wu', '04:00', about, { about: 'objection', words: '第二条太严' });
}
const listed = (words: string) => page.getByRole('listitem').filter({ hasText: words });

test('a resident reads what is missing for the next step, and who takes it', async () => {
	show(
		await phone([text, convention('office', '02:00', bodyOf({ name: 'voting', ballot }), [text])], resident)
	);
	await expect.element(page.getByText('“计票”之前还差：')).toBeVisible();
	await expect.element(listed('还在表决，到 11月28日为止')).toBeVisible();
	await expect.element(page.getByText('“计票”由网格员或社区居委会来办。')).toBeVisible();
	expect(page.getByRole('button', { name: '计票' }).query()).toBeNull();
});

test('a worker reads all that is missing for a text to come into force', async () => {
	const onWall = convention('office', '02:00', bodyOf(posted), [text]);
	const titles = ['示例一', '示例二'].map((title, index) =>
		convention('wu', `03:0${index}`, bodyOf(posted, { title }), [onWall])
	);
	show(await phone([text, onWall, ...titles, objection('h02')]));
	await expect.element(page.getByText('“回到协商”之前还差：')).toBeVisible();
	await expect.element(listed('1 处两个人都改了，要先选定')).toBeVisible();
});

test('what the household objected to stands in its way, in its own words', async () => {
	const onWall = convention('office', '02:00', bodyOf(posted), [text]);
	show(await phone([text, onWall], resident));
	await expect.element(page.getByText('“确认生效”之前还差：')).toBeVisible();
	await expect.element(listed('公示到 11月28日为止')).toBeVisible();
	await expect.element(page.getByText('“确认生效”由社区居委会或街道办来办。')).toBeVisible();
});

test('the text that binds is read first while two people started its review on different days', async () => {
	const inForce = {
		...{ version: 1, since: '2026-11-01', ballot: passed },
		posting: { from: '2026-10-20', until: '2026-10-31' }
	};
	const binds = convention('office', '02:00', bodyOf({ name: 'in-force', inForce }), [text]);
	const reviews = ['2026-11-21', '2026-11-22'].map((since, index) =>
		convention('wu', `03:0${index}`, bodyOf({ name: 'reviewing', since, inForce }), [binds])
	);
	show(await phone([text, binds, ...reviews]));
	await expect.element(page.getByRole('radio', { name: /第 1 版/ })).toBeChecked();
	await expect.element(page.getByRole('heading', { name: /第 1 版/ })).toBeVisible();
});

test('an objection typed on a household’s phone keeps the text from coming into force, and leads back to deliberating', async () => {
	const onWall = convention('office', '02:00', bodyOf(posted), [text]);
	const household = childScope(courtyard, 'h01');
	const workplace = await phone([text, onWall], [...resident, 'worker:qianmen/caochang/g3']);
	shown(workplace, OpinionsOf, { entity, memory: sessionStorage, asked: 'door', newId: () => 'object0001' });
	await page.getByRole('textbox', { name: '提出异议' }).fill('第二条太严');
	await page.getByRole('button', { name: '保存异议' }).click();
	await expect.element(page.getByText('第二条太严')).toBeVisible();
	const topic = opinionEntity(household, id, 'object0001');
	expect(workplace.records.state('opinion', topic)).toMatchObject({ body: { words: '第二条太严' } });
	show(workplace);
	await page.getByRole('button', { name: '回到协商' }).click();
	await page.getByRole('dialog').getByRole('textbox').fill('东1有异议');
	await page.getByRole('dialog').getByRole('button', { name: '回到协商' }).click();
	await expect
		.poll(() => conventionState(workplace.records, entity)?.read.stage)
		.toMatchObject({
			...{ name: 'deliberating', because: '东1有异议', ballot: { id: 'ballot0001' } }
		});
});

test('after the last day of the posting no objection can be typed, and one made then stands apart', async () => {
	const over = { ...posted, posting: { from: '2026-11-10', until: '2026-11-21' } };
	const onWall = convention('office', '02:00', bodyOf(over), [text]);
	const workplace = await phone([text, onWall, objection('h01')]);
	shown(workplace, OpinionsOf, { entity, memory: sessionStorage, asked: 'door', newId: () => 'object0002' });
	await expect.element(page.getByText(/公示.*结束了，不能再提异议/)).toBeVisible();
	expect(page.getByRole('textbox', { name: '提出异议' }).query()).toBeNull();
	await expect.element(page.getByText('不在公示期里提的异议')).toBeVisible();
});

/** The second clause in other words. */
function reworded(author: string, at: string, words: string): Revision {
	const changed = clauses.map((clause, index) => (index === 1 ? { ...clause, text: words } : clause));
	return convention(author, at, bodyOf({ name: 'deliberating' }, { clauses: changed }), [text]);
}

test('compared with the present text, what is in doubt is shown as both versions, and nothing as deleted', async () => {
	const workplace = await phone([
		...[text, reworded('wu', '02:00', '过道和门口都空着。'), reworded('li', '03:00', '院门口不停车。')]
	]);
	const given = { entity, at: null, from: text.hash, to: 'now', onpick: () => {} };
	shown(workplace, VersionsPage, given);
	await expect.element(page.getByText(/现在的公约里有 1 处/)).toBeVisible();
	await expect.element(page.getByText('文字没有改')).toBeVisible();
	await expect.element(page.getByText('两个人都改了这一条')).toBeVisible();
	expect(page.getByText('删去').query()).toBeNull();
	const version = (words: string) => page.getByRole('listitem').filter({ hasText: words });
	await expect.element(version('和门口都空着').getByText(/^wu，/)).toBeVisible();
	await expect.element(version('院门口不停车').getByText(/^li，/)).toBeVisible();
});

test('two texts are compared by their address, and change places at a tap', async () => {
	const later = reworded('wu', '02:00', '过道留出一米，不堆东西。');
	const workplace = await phone([text, later]);
	const picked: string[][] = [];
	const given = { entity, at: null, from: text.hash, to: later.hash };
	shown(workplace, VersionsPage, { ...given, onpick: (from: string, to: string) => picked.push([from, to]) });
	await expect.element(page.getByText('改了 1 条')).toBeVisible();
	expect(document.querySelector('ins')?.textContent).toContain('留出一米，');
	expect(document.querySelector('del')).toBeNull();
	await page.getByRole('button', { name: '前后对调' }).click();
	expect(picked).toEqual([[later.hash, text.hash]]);
});

test('change places, what was put in is what is taken out', async () => {
	const later = reworded('wu', '02:00', '过道留出一米，不堆东西。');
	const given = { entity, at: null, from: later.hash, to: text.hash, onpick: () => {} };
	shown(await phone([text, later]), VersionsPage, given);
	await expect.element(page.getByText('改了 1 条')).toBeVisible();
	expect(document.querySelector('del')?.textContent).toContain('留出一米，');
	expect(document.querySelector('ins')).toBeNull();
});
