import { expect } from '@playwright/test';
import { conventionEntity } from '#kinds/convention.ts';
import { toDay } from '#kinds/day.ts';
import { placedInOrder } from '#kinds/place-in-order.ts';
import { passes, usualPassRule, votesGiven } from '#kinds/pass-rule.ts';
import { voteEntity, type VoteChoice } from '#kinds/vote.ts';
import { databaseOf } from '#records/database-name.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import type { Scope } from '#records/scope.ts';
import { basic, type Login, type TestServer } from '../serve.ts';

const drawn = [
	[120, 180, 300, 160, 420, 190],
	[280, 60, 270, 220, 240, 400, 160, 460],
	[520, 120, 560, 300, 620, 420, 760, 380, 820, 200]
];

export interface PutConvention {
	readonly server: TestServer;
	readonly by: Login;
	readonly scope: Scope;
	/** Those that may vote: all but the last two do. */
	readonly households: readonly Scope[];
	readonly clauses: readonly { readonly heading?: string; readonly text: string }[];
}

/** Puts a made-up convention on the server that has passed and is posted for a week. Returns its entity. */
export async function putPosted(about: PutConvention): Promise<string> {
	const { entity, records } = postedOf(about, 'gongyue0001');
	for (const record of records) await put(about.server, about.by, record);
	return entity;
}

/**
 * Puts two more on the server that came into force, the second of which is under review. An office brings into force.
 * Returns their entities.
 */
export async function putInForce(
	about: PutConvention,
	office: Login
): Promise<{ readonly inForce: string; readonly reviewing: string }> {
	const adopt = async (id: string, review: boolean): Promise<string> => {
		const { entity, records, body, ballot, posting, sealed } = postedOf(about, id);
		for (const record of records) await put(about.server, about.by, record);
		const inForce = { version: 1, since: toDay('2026-12-01'), ballot, posting };
		const stage = { name: 'in-force', inForce };
		const binds = sealed(
			'convention',
			entity,
			about.scope,
			records.slice(-1),
			{ ...body, stage },
			office.name
		);
		await put(about.server, office, binds);
		if (review) {
			const reviewing = { name: 'reviewing', since: toDay('2026-12-02'), inForce };
			const record = sealed('convention', entity, about.scope, [binds], { ...body, stage: reviewing });
			await put(about.server, about.by, record);
		}
		return entity;
	};
	return { inForce: await adopt('gongyue0004', false), reviewing: await adopt('gongyue0005', true) };
}

function postedOf({ by, scope, households, clauses }: PutConvention, id: string) {
	const entity = conventionEntity(scope, id);
	const sealed = (
		kind: string,
		about: string,
		at: Scope,
		on: readonly Revision[],
		body: JsonObject,
		author = by.name
	) =>
		seal({
			...{ kind, entity: about, parents: on.map(({ hash }) => hash).sort(), scope: at },
			...{ author, device: 'phone1', at: '2026-11-20T02:00:00.000Z', body }
		});
	const places = placedInOrder(clauses.map(() => undefined));
	const body = {
		title: '示例院落公约',
		type: 'convention',
		preamble: '为了院子干净、邻里和气，住户们商量，写下这份公约。',
		clauses: clauses.map((clause, index) => ({
			...{ ...clause, id: `clause${String(index).padStart(3, '0')}`, place: places[index] ?? '' },
			...(index === 0 && { credits: households.slice(0, 1) })
		})),
		rule: usualPassRule
	};
	const text = sealed('convention', entity, scope, [], { ...body, stage: { name: 'deliberating' } });
	const votes = households.slice(0, -2).map((household, index) => {
		const choice: VoteChoice = index === 3 ? 'disagree' : index === 5 ? 'abstain' : 'agree';
		const vote = { choice, text: text.hash, ...(index % 2 === 0 && { signature: drawn }) };
		return sealed('vote', voteEntity(household, id, 'ballot0001'), household, [], vote);
	});
	const of = (choice: VoteChoice) => votes.filter((vote) => vote.body?.['choice'] === choice).length;
	const count = { agree: of('agree'), disagree: of('disagree'), abstain: of('abstain') };
	expect(votesGiven(count)).toBe(votes.length);
	const ballot = {
		id: 'ballot0001',
		text: text.hash,
		voters: households.map((household) => household.slice(scope.length + 1)).sort(),
		rule: usualPassRule,
		opens: toDay('2026-11-20'),
		closes: toDay('2026-11-22'),
		result: {
			day: toDay('2026-11-23'),
			votes: votes.map(({ hash }) => hash).sort(),
			...count,
			passed: passes(usualPassRule, households.length, count)
		}
	};
	const posting = { from: toDay('2026-11-23'), until: toDay('2026-11-30') };
	const posted = sealed('convention', entity, scope, [text], {
		...body,
		stage: { name: 'posted', ballot, posting }
	});
	return { entity, records: [text, ...votes, posted], body, ballot, posting, sealed };
}

async function put(server: TestServer, by: Login, record: Revision): Promise<void> {
	const answer = await fetch(`${server.url}/db/${databaseOf(record.scope)}/_bulk_docs`, {
		method: 'POST',
		headers: { ...basic(by), 'Content-Type': 'application/json' },
		body: JSON.stringify({ new_edits: false, docs: [record] })
	});
	expect(await answer.json()).toEqual([]);
}
