import { evaluationEntity, type Satisfaction } from '#kinds/evaluation.ts';
import { addDays, dayAt } from '#kinds/day.ts';
import { matterEntity } from '#kinds/matter.ts';
import type { MatterStage } from '#kinds/matter-stage.ts';
import { progressEntity } from '#kinds/progress.ts';
import { whistleEntity } from '#kinds/whistle.ts';
import type { Revision } from '#records/revision.ts';
import type { Scope } from '#records/scope.ts';
import { overTheWire } from '../parsed-json.ts';
import type { Login } from '../serve.ts';
import { put, sealed, type PutOn } from './votes-put.ts';

/** A matter as it was raised, on the server. */
export async function putRaised({ server, by, scope }: PutOn, id: string, text: string): Promise<Revision> {
	const body = { text, category: 'clutter', source: 'worker', place: '院门口' };
	const raised = sealed(by, 'matter', matterEntity(scope, id), scope, [], body);
	await put(server, by, [raised]);
	return raised;
}

/** A matter that is due today, given to an account. */
export async function putGiven(on: PutOn, id: string, text: string, account: string): Promise<Revision> {
	const { server, by, scope } = on;
	const stage: MatterStage = {
		...{ name: 'doing', owner: { name: account, account } },
		...{ due: dayAt(new Date()), round: 1 }
	};
	const body = { text, source: 'worker', stage: overTheWire(stage) };
	const given = sealed(by, 'matter', matterEntity(scope, id), scope, [], body);
	await put(server, by, [given]);
	return given;
}

/** A matter in its second round, overdue, for whose first round some households were not content. */
export async function putReopened(
	on: PutOn & { readonly office: Login },
	households: readonly Scope[]
): Promise<string> {
	const { server, by, scope, office } = on;
	const id = 'minshi0002';
	const today = dayAt(new Date());
	const raised = await putRaised(
		on,
		id,
		'院门口的旧沙发堆了两个星期，电动车推不过去，晚上也看不见，老人绊过一次。'
	);
	const owner = { name: by.name, account: by.name };
	const stages: readonly MatterStage[] = [
		{ name: 'deliberating' },
		{ name: 'decided', decision: '请物业联系清运，费用由院里公摊。' },
		{ name: 'doing', owner, due: addDays(today, -9), round: 1 },
		{
			...{ name: 'evaluating', owner, due: addDays(today, -9), round: 1 },
			...{ result: '沙发清走了，地面扫过。', day: addDays(today, -8) }
		},
		{ name: 'doing', owner, due: addDays(today, -1), round: 2, because: '又堆上了别的东西。' }
	];
	const line = stages.reduce<readonly Revision[]>((before, stage) => {
		const last = before.at(-1) ?? raised;
		const body = { ...last.body, stage: overTheWire(stage) };
		return [...before, sealed(by, 'matter', raised.entity, scope, [last], body)];
	}, []);
	const about = (kind: string, entity: string, body: Revision['body']) =>
		sealed(by, kind, entity, scope, [], body ?? {});
	await put(server, by, [
		...line,
		about('progress', progressEntity(scope, id, 'jinzhan01'), {
			words: '量了尺寸，联系了清运。',
			waiting: { for: '清运公司来车', until: addDays(today, 2) }
		}),
		...households
			.slice(0, 3)
			.map((household, index) => rating(on, household, id, index === 0 ? 'not' : 'satisfied')),
		...households.slice(2, 3).map((household) => rating(on, household, id, 'partly', 'phone2'))
	]);
	await put(server, office, [
		sealed(office, 'whistle', whistleEntity(scope, id, 'chuishao01'), scope, [], {
			department: '城管执法队',
			reason: '占用消防通道，社区清不动。',
			due: addDays(today, -2),
			reported: { day: addDays(today, -3), who: '队员甲' }
		})
	]);
	return raised.entity;
}

/** A matter about which two phones took different steps. */
export async function putTwoSteps(on: PutOn): Promise<string> {
	const { server, by, scope } = on;
	const raised = await putRaised(on, 'minshi0003', '公厕门口的灯坏了。');
	const owner = { name: '街道城管科' };
	const stages: readonly MatterStage[] = [
		{ name: 'deliberating' },
		{ name: 'doing', owner, due: addDays(dayAt(new Date()), 5), round: 1 }
	];
	await put(
		server,
		by,
		stages.map((stage, index) =>
			sealed(
				...([by, 'matter', raised.entity, scope, [raised]] as const),
				{ ...raised.body, stage: overTheWire(stage) },
				`phone${index}`
			)
		)
	);
	return raised.entity;
}

function rating(
	{ by }: PutOn,
	household: Scope,
	matter: string,
	satisfaction: Satisfaction,
	device = 'phone1'
): Revision {
	const entity = evaluationEntity(household, matter, 1);
	return sealed(by, 'evaluation', entity, household, [], { satisfaction, words: '楼上一户说的' }, device);
}
