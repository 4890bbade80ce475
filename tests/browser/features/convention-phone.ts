import { onTestFinished } from 'vitest';
import { Workplace } from '#app/workplace.svelte.ts';
import { conventionEntity } from '#kinds/convention.ts';
import { entityOfScope } from '#kinds/kind.ts';
import { usualPassRule } from '#kinds/pass-rule.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import { childScope, toScope } from '#records/scope.ts';
import { storePulled } from '../../store-pulled.ts';
import { clock, freshAccount, opened } from '../storage/stores.ts';

/** A made-up courtyard of three households with a convention. */
export const courtyard = toScope('qianmen/caochang/g3/c12');
export const doors = ['h01', 'h02', 'h03'] as const;
export const id = 'gongyue0001';
export const entity = conventionEntity(courtyard, id);
export const clauses = [
	{ id: 'clause0001', place: 'a0', heading: '分类', text: '按时分类投放。不在门口过夜。' },
	{ id: 'clause0002', place: 'a1', text: '过道不堆东西。' },
	{ id: 'clause0003', place: 'a2', text: '晚上十点以后轻声说话。' }
];

export function bodyOf(stage: JsonObject, more: JsonObject = {}): JsonObject {
	return { title: '示例公约', type: 'convention', clauses, rule: { ...usualPassRule }, stage, ...more };
}

/** A record as `author` made it on 22 November, at a time in UTC. */
export function recorded(
	author: string,
	at: string,
	about: Pick<Revision, 'kind' | 'entity' | 'scope'>,
	body: JsonObject,
	on: readonly Revision[] = []
): Revision {
	const parents = on.map(({ hash }) => hash).sort();
	return seal({
		...about,
		...{ parents, author, device: `phone-${author}`, at: `2026-11-22T${at}:00.000Z`, body }
	});
}

/** The convention as `author` saved it. */
export function convention(
	author: string,
	at: string,
	body: JsonObject,
	on: readonly Revision[] = []
): Revision {
	return recorded(author, at, { kind: 'convention', entity, scope: courtyard }, body, on);
}

/** The phone of someone with these roles, a worker's without any, which holds the roster and what came from others. */
export async function phone(
	held: readonly Revision[],
	roles: readonly string[] = ['worker:qianmen/caochang/g3']
): Promise<Workplace> {
	const account = freshAccount();
	const store = await opened(account);
	const households = doors.map((door, index) => {
		const scope = childScope(courtyard, door);
		const about = { kind: 'household', entity: entityOfScope(scope), scope };
		return recorded('office', '00:30', about, { door: `东${index + 1}` });
	});
	const page = { identity: 'one', seq: 1 };
	await storePulled(store, 'zg-qianmen-caochang-g3', [...households, ...held], page);
	const workplace = new Workplace({ name: account, roles }, 'device', store, clock);
	onTestFinished(await workplace.open(['2026-11'], () => {}));
	return workplace;
}
