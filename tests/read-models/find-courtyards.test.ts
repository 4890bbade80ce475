import { expect, test } from 'vitest';
import { toScope } from '#records/scope.ts';
import { findCourtyards } from '#read-models/find-courtyards.ts';
import type { CourtyardRound } from '#read-models/round.ts';

function courtyard(id: string, name: string, head: string): CourtyardRound {
	const scope = toScope(`qianmen/caochang/g3/${id}`);
	const household = {
		scope: toScope(`${scope}/h01`),
		courtyard: scope,
		body: { door: '东1', head },
		doubtful: false
	};
	const checkIn = { status: 'none' as const, entity: '', withdrawn: false };
	return { courtyard: { scope, level: 'courtyard', name }, visits: [{ household, checkIn }], done: 0 };
}

const rounds = [courtyard('c01', '草厂三条1号', '甲某'), courtyard('c02', '大江胡同12号', '乙某')];
const found = (text: string) =>
	findCourtyards(rounds, text, () => '草厂社区 第三网格').map(({ courtyard }) => courtyard.name);

test.each([
	['', ['草厂三条1号', '大江胡同12号']],
	['三条', ['草厂三条1号']],
	['大江　１２', ['大江胡同12号']],
	['乙', ['大江胡同12号']],
	['第三网格', ['草厂三条1号', '大江胡同12号']],
	['三条 乙', []]
])('%j finds %j', (text, names) => {
	expect(found(text)).toEqual(names);
});
