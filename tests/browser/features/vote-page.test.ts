import { page, userEvent } from 'vitest/browser';
import { expect, test } from 'vitest';
import type { Workplace } from '#app/workplace.svelte.ts';
import DoubtsPage from '#features/doubts/DoubtsPage.svelte';
import VotePage from '#features/voting/VotePage.svelte';
import { toDay } from '#kinds/day.ts';
import { usualPassRule } from '#kinds/pass-rule.ts';
import { voteEntity, type VoteChoice } from '#kinds/vote.ts';
import type { Revision } from '#records/revision.ts';
import { childScope } from '#records/scope.ts';
import { bodyOf, convention, courtyard, doors, entity, id, phone, recorded } from './convention-phone.ts';
import { shown } from './shown.ts';

const text = convention('office', '01:00', bodyOf({ name: 'deliberating' }));
function voting(ballot: string, opens = '2026-11-22', closes = '2026-11-28') {
	const rule = { ...usualPassRule };
	return { name: 'voting', ballot: { id: ballot, text: text.hash, voters: [...doors], rule, opens, closes } };
}
const mine = voting('ballot0001');
const openedByWu = convention('wu', '02:00', bodyOf(mine), [text]);
const openedByLi = convention('li', '03:00', bodyOf(voting('ballot0002')), [text]);

function vote(author: string, door: string, ballot: string, at: string, choice: VoteChoice): Revision {
	const scope = childScope(courtyard, door);
	const about = { kind: 'vote', entity: voteEntity(scope, id, ballot), scope };
	return recorded(author, at, about, { choice, text: text.hash });
}
const votes = [
	vote('wu', 'h01', 'ballot0001', '02:10', 'agree'),
	vote('li', 'h02', 'ballot0002', '03:10', 'disagree'),
	vote('li', 'h03', 'ballot0002', '03:20', 'agree')
];

const newId = () => 'ballot0009';
function showVotes(workplace: Workplace): void {
	shown(workplace, VotePage, { entity, newId, today: toDay('2026-11-23') });
}

test('of two votes opened apart, whoever chooses reads who opened each and how many households voted in it', async () => {
	const workplace = await phone([text, openedByWu, openedByLi, ...votes]);
	shown(workplace, DoubtsPage, { entity, newId, onsaved: () => {} });
	await expect
		.element(page.getByRole('radio', { name: /wu.*10:00发起：还没计票，已有 1 户投票/ }))
		.toBeInTheDocument();
	await expect
		.element(page.getByRole('radio', { name: /li.*11:00发起：还没计票，已有 2 户投票/ }))
		.toBeInTheDocument();
});

test('until someone chooses, the votes of both are on the page, each with whose it is', async () => {
	showVotes(await phone([text, openedByWu, openedByLi, ...votes]));
	await page.getByText(/^wu.*发起的表决：这里有 1 户的票$/).click();
	await expect.element(page.getByText('东1', { exact: true })).toBeVisible();
	await page.getByText(/^li.*发起的表决：这里有 2 户的票$/).click();
	await expect.element(page.getByText('东3', { exact: true })).toBeVisible();
	await expect.element(page.getByText(/选定以前，这些票都还不算/).last()).toBeVisible();
});

test('votes of the ballot that was not chosen stand apart, saying that they do not count and why', async () => {
	const chosen = convention('office', '05:00', bodyOf(mine), [openedByWu, openedByLi]);
	showVotes(await phone([text, openedByWu, openedByLi, ...votes, chosen]));
	await page.getByText('另一次表决的票（2 户），这里不算').click();
	await expect.element(page.getByText(/li发起.*后来选定的不是这次表决，所以这些票不算/)).toBeVisible();
	await expect.element(page.getByText('东2', { exact: true }).last()).toBeVisible();
	await expect.element(page.getByText(/^li，.*11:10/)).toBeVisible();
});

test('votes of a ballot that was broken off stay on the page', async () => {
	const stage = { name: 'deliberating', because: '要改第一条' };
	const away = convention('wu', '05:00', bodyOf(stage), [openedByWu]);
	showVotes(await phone([text, openedByWu, ...votes.slice(0, 1), away]));
	await page.getByText('另一次表决的票（1 户），这里不算').click();
	await expect.element(page.getByText(/没有计票就中止了/)).toBeVisible();
	await expect.element(page.getByText('东1', { exact: true })).toBeVisible();
});

test('of two votes of one household the sheet says which counts, and that the other does not', async () => {
	const twice = [
		vote('wu', 'h01', 'ballot0001', '02:10', 'agree'),
		vote('li', 'h01', 'ballot0001', '03:10', 'disagree')
	];
	const workplace = await phone([text, openedByWu, ...twice]);
	showVotes(workplace);
	await page.getByRole('button', { name: /东1/ }).click();
	const sheet = page.getByRole('dialog');
	await expect.element(sheet.getByText('没有互相看到，记了 2 票')).toBeVisible();
	const notes = sheet.getByText(/^这一票/);
	await expect.element(notes.nth(0)).toHaveTextContent('这一票算数');
	await expect.element(notes.nth(1)).toHaveTextContent('这一票不算，照样留着');
	const lines = sheet.getByText(/^(?:同意|不同意)$/);
	// The one recorded last counts.
	await expect.element(lines.nth(0)).toHaveTextContent('不同意');
	await userEvent.keyboard('{Escape}');
	await expect.element(sheet).not.toBeInTheDocument();
	// Closed, the page looks for drafts: after it, the store may be closed too.
	await workplace.store.drafts();
});

test('votes recorded after the last day stand in a list of their own, each with why', async () => {
	const over = convention('wu', '02:00', bodyOf(voting('ballot0001', '2026-11-20', '2026-11-21')), [text]);
	showVotes(await phone([text, over, vote('wu', 'h02', 'ballot0001', '04:00', 'agree')]));
	await page.getByText('不算数、另外列着的票（1）').click();
	await expect.element(page.getByText('记录时间过了截止日')).toBeVisible();
});
