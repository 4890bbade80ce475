import { childScope, type Scope } from '#records/scope.ts';
import type { JsonObject } from '#records/json.ts';
import { choose, type Draw } from './draw.ts';
import { communities, subdistrict, type CommunityPlan, type GridPlan } from './qianmen.ts';

export interface DemoPlace {
	readonly kind: 'area' | 'courtyard' | 'household';
	readonly scope: Scope;
	readonly body: JsonObject;
}

export interface DemoGrid {
	readonly scope: Scope;
	readonly courtyards: readonly DemoCourtyard[];
}

export interface DemoCourtyard {
	readonly scope: Scope;
	readonly households: readonly Scope[];
}

export interface DemoPlaces {
	readonly places: readonly DemoPlace[];
	readonly grids: readonly DemoGrid[];
}

const courtyardsPerGrid = 8;

/** Two grids a community, eight courtyards a grid, four to nine households a courtyard. */
export function demoPlaces(draw: Draw): DemoPlaces {
	const places: DemoPlace[] = [{ kind: 'area', scope: subdistrict.scope, body: { name: subdistrict.name } }];
	const grids: DemoGrid[] = [];
	let households = 0;
	const add = (kind: DemoPlace['kind'], scope: Scope, body: JsonObject) => {
		places.push({ kind, scope, body });
		return scope;
	};
	const addHousehold = (courtyard: Scope, index: number): Scope => {
		households += 1;
		const number = String(index + 1).padStart(2, '0');
		const scope = childScope(courtyard, `h${number}`);
		const serial = String(households).padStart(4, '0');
		const people = choose(draw('people', scope), [1, 1, 2, 2, 2, 3, 3, 4, 5]);
		const phone = draw('phone', scope) < 0.8 ? { phone: `000-0000-${serial}` } : {};
		return add('household', scope, { number, head: `示例户${serial}`, ...phone, people });
	};
	const addGrid = (community: Scope, plan: GridPlan) => {
		const scope = add('area', childScope(community, plan.segment), { name: plan.name });
		const courtyards = Array.from({ length: courtyardsPerGrid }, (_, index) => {
			const segment = `c${String(index + 1).padStart(2, '0')}`;
			const courtyard = add('courtyard', childScope(scope, segment), { name: address(plan, index, draw) });
			const count = 4 + Math.floor(draw('households', courtyard) * 6);
			return {
				scope: courtyard,
				households: Array.from({ length: count }, (_household, at) => addHousehold(courtyard, at))
			};
		});
		grids.push({ scope, courtyards });
	};
	const addCommunity = ({ segment, name, grids: plans }: CommunityPlan) => {
		const scope = add('area', childScope(subdistrict.scope, segment), { name });
		for (const plan of plans) addGrid(scope, plan);
	};
	for (const community of communities) addCommunity(community);
	return { places, grids };
}

/** Courtyards take turns along the hutongs of their grid; numbers rise, so that none comes twice. */
function address({ hutongs, name }: GridPlan, index: number, draw: Draw): string {
	const hutong = hutongs[index % hutongs.length] ?? name;
	const turn = Math.floor(index / hutongs.length);
	return `${hutong}${3 + turn * 14 + Math.floor(draw('number', hutong, turn) * 12)}号`;
}
