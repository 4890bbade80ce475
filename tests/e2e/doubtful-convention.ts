import { expect } from '@playwright/test';
import { conventionEntity } from '#kinds/convention.ts';
import { usualPassRule } from '#kinds/pass-rule.ts';
import { databaseOf } from '#records/database-name.ts';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import type { Scope } from '#records/scope.ts';
import { basic, type Login, type TestServer } from '../serve.ts';

const said = ['厨余垃圾要沥干水分再投放。', '大件垃圾不堆放在院门口。', '晚上十点以后不大声说话。'];

function bodyOf(texts: readonly (string | undefined)[], more: JsonObject = {}): JsonObject {
	const clauses = texts.flatMap((text, index) =>
		text === undefined
			? []
			: [
					{
						id: `clause0${index}`,
						place: `a${index}`,
						heading: ['厨余', '大件', '安静'][index] ?? '新条',
						text
					}
				]
	);
	return {
		...{ title: '示例院落分类公约', type: 'convention', clauses },
		...{ rule: usualPassRule, stage: { name: 'drafting' } },
		...more
	};
}

/**
 * Puts a made-up convention on the server that two workers changed on one evening without seeing each other's: a
 * clause reworded twice, one taken out and reworded, and two titles. Returns its entity.
 */
export async function putDoubtful(
	server: TestServer,
	[first, second]: readonly [Login, Login],
	scope: Scope
): Promise<string> {
	const entity = conventionEntity(scope, 'daiding0001');
	const saved = (by: Login, minute: string, on: readonly Revision[], body: JsonObject, reason?: string) =>
		seal({
			...{ kind: 'convention', entity, parents: on.map(({ hash }) => hash).sort(), scope, author: by.name },
			...{ device: `phone-${by.name}`, at: `2026-11-22T11:${minute}:00.000Z`, body },
			...(reason !== undefined && { reason })
		});
	const start = saved(first, '00', [], bodyOf(said), '头一稿');
	const left = saved(
		first,
		'20',
		[start],
		bodyOf(['厨余垃圾要沥干水分，早上六点到八点再投放。', undefined, said[2]], {
			title: '示例院落垃圾分类约定'
		}),
		'和张大妈商量的'
	);
	const right = saved(
		second,
		'31',
		[start],
		bodyOf(['厨余垃圾要滤干，晚上再投放到绿桶。', '大件垃圾提前一天预约清运。', said[2]], {
			title: '我们院的分类公约'
		})
	);
	const more = saved(second, '40', [right], {
		...bodyOf(
			['厨余垃圾要滤干，晚上再投放到绿桶。', '大件垃圾提前一天预约清运。', said[2], '自行车靠东墙停放。'],
			{
				title: '我们院的分类公约'
			}
		)
	});
	for (const [by, record] of [
		[first, start],
		[first, left],
		[second, right],
		[second, more]
	] as const) {
		const answer = await fetch(`${server.url}/db/${databaseOf(scope)}/_bulk_docs`, {
			method: 'POST',
			headers: { ...basic(by), 'Content-Type': 'application/json' },
			body: JSON.stringify({ new_edits: false, docs: [record] })
		});
		expect(await answer.json()).toEqual([]);
	}
	return entity;
}
