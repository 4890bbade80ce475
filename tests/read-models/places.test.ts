import { describe, expect, it } from 'vitest';
import { householdAt, householdLabel, householdsIn, placeName, placesIn } from '#read-models/places.ts';
import { toScope } from '#records/scope.ts';
import { firstCourtyard, grid, neighbourhood, secondCourtyard } from './neighbourhood.ts';

describe('places', () => {
	it('lists areas and courtyards within the given scopes only', () => {
		expect(placesIn(neighbourhood(), [grid]).map(({ scope, level, name }) => [scope, level, name])).toEqual([
			[grid, 'grid', '第三网格'],
			[firstCourtyard, 'courtyard', '示例胡同12号'],
			[secondCourtyard, 'courtyard', '示例胡同2号']
		]);
	});

	it('lists households by their doors, numbers as numbers', () => {
		expect(householdsIn(neighbourhood(), [firstCourtyard]).map(householdLabel)).toEqual(['2号', '3', '10号']);
	});

	it('calls a household by its path where the roster says nothing', () => {
		const bare = householdAt(neighbourhood(), toScope('qianmen/caochang/g3/c2/h1'));
		expect(bare && householdLabel(bare)).toBe('h1');
	});

	it('calls a place nobody has named by its path', () => {
		expect(placeName(neighbourhood(), toScope('qianmen'))).toBe('qianmen');
		expect(placeName(neighbourhood(), firstCourtyard)).toBe('示例胡同12号');
	});
});
