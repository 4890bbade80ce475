import { page, userEvent } from 'vitest/browser';
import { expect, onTestFinished, test } from 'vitest';
import { Workplace } from '#app/workplace.svelte.ts';
import DoubtsPage from '#features/doubts/DoubtsPage.svelte';
import VotePage from '#features/voting/VotePage.svelte';
import { conventionEntity } from '#kinds/convention.ts';
import { toDay } from '#kinds/day.ts';
import { entityOfScope } from '#kinds/kind.ts';
import { usualPassRule } from '#kinds/pass-rule.ts';
import { voteEntity, type VoteChoice } from '#kinds/vote.ts';
import type { Hash } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import { childScope, toScope } from '#records/scope.ts';
import { storePulled } from '../../store-pulled.ts';
import { clock, freshAccount, opened } from '../storage/stores.ts';
import { shown } from './shown.ts';

const courtyard = toScope('qianmen/caochang/g3/c12');
const doors = ['h01', 'h02', 'h03'];
const id = 'gongyue0001';
const entity = conventionEntity(courtyard, id);
const body = {
	title: '示例公约',
	type: 'convention',
	clauses: [{ id: 'clause0001', place: 'a0', text: '按时分类。' }],
	rule: usualPassRule,
	stage: { name: 'deliberating' }
};

function record(
	author: string,
	about: Pick<Revision, 'kind' | 'entity' | 'scope'>,
	at: string,
	content: JsonObject,
	on: readonly Revision[] = []
): Revision {
	const parents = on.map(({ hash }) => hash).sort();
	return seal({
		...about,
		parents,
		author,
		device: `phone-${author}`,
		at: `2026-11-22T${at}:00.000Z`,
		body: content
	});
}

const about = { kind: 'convention', entity, scope: courtyard };
const text = record('office', about, '01:00', body);
function voting(ballot: string) {
	const days = { opens: '2026-11-22', closes: '2026-11-28' };
	return {
		name: 'voting',
		ballot: { id: ballot, text: text.hash, voters: doors, rule: usualPassRule, ...days }
	};
}
const stages = { mine: voting('ballot0001'), others: voting('ballot0002') };
const openedByWu = record('wu', about, '02:00', { ...body, stage: stages.mine }, [text]);
const openedByLi = record('li', about, '03:00', { ...body, stage: stages.others }, [text]);

function vote(
	author: string,
	door: string,
	ballot: string,
	at: string,
	choice: VoteChoice,
	on: Hash = text.hash
) {
	const scope = childScope(courtyard, door);
	return record(author, { kind: 'vote', entity: voteEntity(scope, id, ballot), scope }, at, {
		choice,
		text: on
	});
}
const votes = [
	vote('wu', 'h01', 'ballot0001', '02:10', 'agree'),
	vote('li', 'h02', 'ballot0002', '03:10', 'disagree'),
	vote('li', 'h03', 'ballot0002', '03:20', 'agree')
];

/** A worker's phone that holds a made-up courtyard and what came from other phones. */
async function phone(...held: readonly Revision[]): Promise<Workplace> {
	const account = freshAccount();
	const store = await opened(account);
	const households = doors.map((door, index) => {
		const scope = childScope(courtyard, door);
		return record('office', { kind: 'household', entity: entityOfScope(scope), scope }, '00:30', {
			...{ door: `东${index + 1}` }
		});
	});
	await storePulled(store, 'zg-qianmen-caochang-g3', [text, ...households, ...held], {
		identity: 'one',
		seq: 1
	});
	const roles = ['worker:qianmen/caochang/g3'];
	const workplace = new Workplace({ name: account, roles }, 'device', store, clock);
	onTestFinished(await workplace.open(['2026-11'], () => {}));
	return workplace;
}

const newId = () => 'ballot0009';
function showVotes(workplace: Workplace): void {
	shown(workplace, VotePage, { entity, newId, today: toDay('2026-11-23') });
}

test('of two votes opened apart, whoever chooses reads who opened each and how many households voted in it', async () => {
	const workplace = await phone(openedByWu, openedByLi, ...votes);
	shown(workplace, DoubtsPage, { entity, newId, onsaved: () => {} });
	await expect
		.element(page.getByRole('radio', { name: /wu.*10:00发起：还没计票，已有 1 户投票/ }))
		.toBeInTheDocument();
	await expect
		.element(page.getByRole('radio', { name: /li.*11:00发起：还没计票，已有 2 户投票/ }))
		.toBeInTheDocument();
});

test('until someone chooses, the votes of both are on the page, each with whose it is', async () => {
	showVotes(await phone(openedByWu, openedByLi, ...votes));
	await page.getByText(/^wu.*发起的表决：这里有 1 户的票$/).click();
	await expect.element(page.getByText('东1', { exact: true })).toBeVisible();
	await page.getByText(/^li.*发起的表决：这里有 2 户的票$/).click();
	await expect.element(page.getByText('东3', { exact: true })).toBeVisible();
	await expect.element(page.getByText(/选定以前，这些票都还不算/).last()).toBeVisible();
});

test('votes of the ballot that was not chosen stand apart, saying that they do not count and why', async () => {
	const chosen = record('office', about, '05:00', { ...body, stage: stages.mine }, [openedByWu, openedByLi]);
	showVotes(await phone(openedByWu, openedByLi, ...votes, chosen));
	await page.getByText('另一次表决的票（2 户），这里不算').click();
	await expect.element(page.getByText(/li发起.*后来选定的不是这次表决，所以这些票不算/)).toBeVisible();
	await expect.element(page.getByText('东2', { exact: true }).last()).toBeVisible();
	await expect.element(page.getByText(/^li，.*11:10/)).toBeVisible();
});

test('votes of a ballot that was broken off stay on the page', async () => {
	const stage = { name: 'deliberating', because: '要改第一条' };
	const away = record('wu', about, '05:00', { ...body, stage }, [openedByWu]);
	showVotes(await phone(openedByWu, ...votes.slice(0, 1), away));
	await page.getByText('另一次表决的票（1 户），这里不算').click();
	await expect.element(page.getByText(/没有计票就中止了/)).toBeVisible();
	await expect.element(page.getByText('东1', { exact: true })).toBeVisible();
});

test('of two votes of one household the sheet says which counts, and that the other does not', async () => {
	const twice = [
		vote('wu', 'h01', 'ballot0001', '02:10', 'agree'),
		vote('li', 'h01', 'ballot0001', '03:10', 'disagree')
	];
	const workplace = await phone(openedByWu, ...twice);
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
	const counted = {
		...stages.mine,
		ballot: { ...stages.mine.ballot, opens: '2026-11-20', closes: '2026-11-21' }
	};
	const over = record('wu', about, '02:00', { ...body, stage: counted }, [text]);
	showVotes(await phone(over, vote('wu', 'h02', 'ballot0001', '04:00', 'agree')));
	await page.getByText('不算数、另外列着的票（1）').click();
	await expect.element(page.getByText('记录时间过了截止日')).toBeVisible();
});
