import { toScope } from '#records/scope.ts';

/**
 * The reference subdistrict: its three communities and the names of their hutongs, which are on any
 * map. House numbers, households and everything else of the demonstration are made up.
 */
export const subdistrict = { scope: toScope('qianmen'), name: '前门街道' };

export interface GridPlan {
	readonly segment: string;
	readonly name: string;
	readonly hutongs: readonly string[];
}

export interface CommunityPlan {
	readonly segment: string;
	readonly name: string;
	readonly grids: readonly GridPlan[];
}

export const communities: readonly CommunityPlan[] = [
	{
		segment: 'caochang',
		name: '草厂社区',
		grids: [
			grid(1, ['草厂头条', '草厂二条', '草厂三条', '草厂四条', '草厂五条']),
			grid(2, ['草厂七条', '草厂九条', '草厂十条', '南芦草园胡同', '薛家湾胡同'])
		]
	},
	{
		segment: 'dajiang',
		name: '大江社区',
		grids: [
			grid(1, ['大江胡同', '鲜鱼口街', '小席胡同', '长巷头条']),
			grid(2, ['青云胡同', '得丰西巷', '长巷三条', '銮庆胡同'])
		]
	},
	{
		segment: 'qianmen_east',
		name: '前门东大街社区',
		grids: [
			grid(1, ['前门东大街', '西打磨厂街', '翔凤胡同']),
			grid(2, ['西兴隆街', '草厂横胡同', '北芦草园胡同'])
		]
	}
];

function grid(number: number, hutongs: readonly string[]): GridPlan {
	return { segment: `g${number}`, name: `第${number}网格`, hutongs };
}
