import { expect } from '@playwright/test';
import { conventionEntity } from '#kinds/convention.ts';
import { addDays, dayAt } from '#kinds/day.ts';
import { placedInOrder } from '#kinds/place-in-order.ts';
import { usualPassRule } from '#kinds/pass-rule.ts';
import { voteEntity, type VoteChoice } from '#kinds/vote.ts';
import { databaseOf } from '#records/database-name.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import type { Scope } from '#records/scope.ts';
import { basic, type Login, type TestServer } from '../serve.ts';

const drawn = [
	[90, 120, 260, 100, 420, 130],
	[250, 40, 240, 180, 200, 330, 110, 420],
	[520, 90, 560, 260, 640, 380, 780, 330, 840, 150]
];
const clauses = [
	'按时分类投放，不把袋子放在门口过夜。',
	'不在过道和院门口堆东西。',
	'晚上十点以后轻声说话。'
];

export interface PutOn {
	readonly server: TestServer;
	readonly by: Login;
	readonly scope: Scope;
}

/** Puts a made-up convention on the server whose text has been talked over. */
export async function putDeliberating({ server, by, scope }: PutOn, id = 'gongyue0002'): Promise<Revision> {
	const places = placedInOrder(clauses.map(() => undefined));
	const convention = sealed(by, 'convention', conventionEntity(scope, id), scope, [], {
		title: '示例院落公约（讨论稿）',
		type: 'convention',
		preamble: '为了院子干净、邻里和气，住户们商量，写下这份公约。',
		clauses: clauses.map((text, index) => ({ id: `clause00${index}`, place: places[index] ?? '', text })),
		rule: usualPassRule,
		stage: { name: 'deliberating' }
	});
	await put(server, by, [convention]);
	return convention;
}

/**
 * Puts a made-up convention on the server whose vote opened today and goes on for a week. All households but the
 * last two have voted; the second was recorded on two phones.
 */
export async function putVoting({ server, by, scope }: PutOn, households: readonly Scope[]): Promise<string> {
	const id = 'gongyue0003';
	const today = dayAt(new Date());
	const text = await putDeliberating({ server, by, scope }, id);
	const ballot = {
		id: 'ballot0003',
		text: text.hash,
		voters: households.map((household) => household.slice(scope.length + 1)).sort(),
		rule: usualPassRule,
		opens: today,
		closes: addDays(today, 7)
	};
	const opened = sealed(by, 'convention', text.entity, scope, [text], {
		...text.body,
		stage: { name: 'voting', ballot }
	});
	const vote = (household: Scope, choice: VoteChoice, signed: boolean, device = 'phone1') =>
		sealed(
			by,
			'vote',
			voteEntity(household, id, ballot.id),
			household,
			[],
			{ choice, text: text.hash, ...(signed && { signature: drawn }) },
			device
		);
	const votes = households
		.slice(0, -2)
		.map((household, index) => vote(household, index === 2 ? 'abstain' : 'agree', index % 2 === 0));
	const [, second] = households;
	const beside = second ? [vote(second, 'disagree', true, 'phone2')] : [];
	await put(server, by, [opened, ...votes, ...beside]);
	return text.entity;
}

/** A record as `by` would have made it now. */
export function sealed(
	by: Login,
	kind: string,
	entity: string,
	scope: Scope,
	on: readonly Revision[],
	body: JsonObject,
	device = 'phone1'
): Revision {
	const parents = on.map(({ hash }) => hash).sort();
	return seal({ kind, entity, parents, scope, author: by.name, device, at: new Date().toISOString(), body });
}

/** Puts records of one database on the server. */
export async function put(server: TestServer, by: Login, records: readonly Revision[]): Promise<void> {
	const [first] = records;
	if (!first) return;
	const answer = await fetch(`${server.url}/db/${databaseOf(first.scope)}/_bulk_docs`, {
		method: 'POST',
		headers: { ...basic(by), 'Content-Type': 'application/json' },
		body: JSON.stringify({ new_edits: false, docs: records })
	});
	expect(await answer.json()).toEqual([]);
}
