import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isPlaceInOrder, placedInOrder } from '#kinds/place-in-order.ts';
import { foldRuns } from '../property-runs.ts';

const places = fc.constantFrom(
	undefined,
	'a0',
	'a1',
	'a1V',
	'a2',
	'Zz',
	'b00',
	'',
	'__proto__',
	'a0'.padEnd(200, 'z'),
	'a10'
);

it('gives rising places to anything, whatever places it had', () => {
	fc.assert(
		fc.property(fc.array(places, { maxLength: 12 }), (had) => {
			const placed = placedInOrder(had);
			expect(placed).toHaveLength(had.length);
			placed.forEach((place, index) => {
				expect(isPlaceInOrder(place)).toBe(true);
				if (index > 0) expect((placed[index - 1] ?? '') < place).toBe(true);
			});
		}),
		{ numRuns: foldRuns }
	);
});

it.each<[string, (string | undefined)[], number]>([
	['nothing new writes nothing', ['a0', 'a1', 'a2', 'a3'], 0],
	['one new writes one', ['a0', undefined, 'a1'], 1],
	['one moved to the front writes one', ['a3', 'a0', 'a1', 'a2'], 1],
	['one moved to the end writes one', ['a1', 'a2', 'a3', 'a0'], 1],
	['of two at one place one stays', ['a0', 'a1', 'a1', 'a2'], 1],
	['what is no place is written', ['a0', 'nonsense', 'a1'], 1],
	['all turned round but one', ['a3', 'a2', 'a1', 'a0'], 3]
])('%s', (_sentence, had, written) => {
	const placed = placedInOrder(had);
	expect(placed.filter((place, index) => place !== had[index])).toHaveLength(written);
});

it('places all anew where there is no room left between two', () => {
	const full = 'a0'.padEnd(199, 'V');
	const placed = placedInOrder([full, undefined, `${full}1`]);
	expect(placed.every(isPlaceInOrder)).toBe(true);
	expect(placed.toSorted()).toEqual(placed);
});
