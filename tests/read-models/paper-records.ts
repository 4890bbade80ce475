import { conventionEntity } from '#kinds/convention.ts';
import type { Stage } from '#kinds/convention-stage.ts';
import { toDay } from '#kinds/day.ts';
import { placedInOrder } from '#kinds/place-in-order.ts';
import { passes, usualPassRule, votesGiven } from '#kinds/pass-rule.ts';
import { voteEntity, type VoteChoice } from '#kinds/vote.ts';
import { policyOf } from '#kinds/kinds.ts';
import type { Signature } from '#kinds/signature.ts';
import type { Hash } from '#records/hash.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { childScope, toScope } from '#records/scope.ts';

export const yard = toScope('qianmen/caochang/g3/c12');
export const entity = conventionEntity(yard, 'gongyue0001');
/** A made-up signature: a stroke down, a stroke across. */
export const drawn: Signature = [
	[300, 200, 320, 260, 310, 420],
	[200, 300, 480, 290]
];

export interface MadeClause {
	readonly text: string;
	readonly heading?: string;
	readonly credits?: readonly string[];
}

/** A made-up courtyard of so many households in a grid, all of them named. */
export function courtyardOf(households: number): readonly Revision[] {
	const named = (kind: string, path: string, body: JsonObject) =>
		seal({
			...{ kind, entity: path.replaceAll('/', '.'), parents: [], scope: toScope(path) },
			...{ author: 'office1', device: 'desk1', at: '2026-11-01T00:00:00.000Z', body }
		});
	return [
		named('area', 'qianmen', { name: '前门街道' }),
		named('area', 'qianmen/caochang', { name: '草厂社区' }),
		named('area', 'qianmen/caochang/g3', { name: '第三网格' }),
		named('courtyard', yard, { name: '示例胡同12号' }),
		...doorsOf(households).map((door, index) =>
			named('household', `${yard}/${door}`, { door: `${index + 1}号` })
		)
	];
}

export function doorsOf(households: number): readonly string[] {
	return Array.from({ length: households }, (_, index) => `h${String(index + 1).padStart(2, '0')}`);
}

export function bodyOf(clauses: readonly MadeClause[], stage: Stage, more: JsonObject = {}): JsonObject {
	const places = placedInOrder(clauses.map(() => undefined));
	return {
		title: '示例胡同12号院落公约',
		type: 'convention',
		preamble: '为了院子干净、邻里和气，全院住户商量，写下这份公约。',
		clauses: clauses.map(({ credits, ...clause }, index) => ({
			...clause,
			id: `clause${String(index + 1).padStart(2, '0')}`,
			place: places[index] ?? '',
			...(credits && { credits: credits.map((door) => childScope(yard, door)) })
		})),
		rule: usualPassRule,
		stage,
		...more
	};
}

/** The convention as saved on top of `on`, in the minute of their number. */
export function saved(body: JsonObject, on: readonly Revision[] = [], author = 'worker1'): Revision {
	return seal({
		...{ kind: 'convention', entity, parents: on.map(({ hash }) => hash).sort(), scope: yard },
		...{ author, device: `phone-${author}`, at: `2026-11-20T0${on.length}:00:00.000Z`, body }
	});
}

/** One household's vote on `text`. */
export function voted(door: string, text: Hash, choice: VoteChoice, signature?: Signature): Revision {
	const household = childScope(yard, door);
	return seal({
		kind: 'vote',
		entity: voteEntity(household, 'gongyue0001', 'ballot0001'),
		parents: [],
		scope: household,
		author: 'worker1',
		device: 'phone-worker1',
		at: '2026-11-22T02:00:00.000Z',
		body: { choice, text, ...(signature && { signature }) }
	});
}

export function openBallot(text: Hash, households: number) {
	return {
		...{ id: 'ballot0001', text, voters: [...doorsOf(households)], rule: usualPassRule },
		...{ opens: toDay('2026-11-21'), closes: toDay('2026-11-23') }
	};
}

/** The ballot as closed with these votes, one agreeing household after the other but for the last. */
export function closedBallot(text: Hash, households: number, votes: readonly Revision[]) {
	const of = (choice: VoteChoice) => votes.filter(({ body }) => body?.['choice'] === choice).length;
	const count = { agree: of('agree'), disagree: of('disagree'), abstain: of('abstain') };
	const passed = passes(usualPassRule, households, count);
	if (votesGiven(count) !== votes.length) throw new Error('a vote without a choice');
	return {
		...openBallot(text, households),
		result: { day: toDay('2026-11-24'), votes: votes.map(({ hash }) => hash).sort(), ...count, passed }
	};
}

export const posting = { from: toDay('2026-11-24'), until: toDay('2026-12-01') };

export function holding(...revisions: readonly Revision[]): RevisionSet {
	const records = new RevisionSet(policyOf);
	records.add(revisions);
	return records;
}

/** A convention that passed: its text, the votes on it, and its last revision with `stage` made of the ballot. */
export function passedText(
	households: number,
	clauses: readonly MadeClause[],
	stageOf: (ballot: ReturnType<typeof closedBallot>) => Stage
): readonly Revision[] {
	const text = saved(bodyOf(clauses, { name: 'deliberating' }));
	const doors = doorsOf(households);
	const votes = doors.slice(0, -2).map((door, index) => {
		const choice = index === 3 ? 'disagree' : index === 5 ? 'abstain' : 'agree';
		return voted(door, text.hash, choice, index % 2 === 0 ? drawn : undefined);
	});
	const last = saved(bodyOf(clauses, stageOf(closedBallot(text.hash, households, votes))), [text]);
	return [...courtyardOf(households), text, ...votes, last];
}
