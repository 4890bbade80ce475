/** 垃圾分类, 房屋修缮, 堆物, 养犬, 公厕, 停车, 邻里纠纷, 其他. */
export const matterCategories = [
	'sorting',
	'repairs',
	'clutter',
	'dogs',
	'toilets',
	'parking',
	'dispute',
	'other'
] as const;
export type MatterCategory = (typeof matterCategories)[number];
