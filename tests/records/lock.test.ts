import { expect, test } from 'vitest';
import { isGuessable, isPin, waitAfter } from '#records/lock.ts';

test.each([
	['48291', false],
	['482913', true],
	['482913482913', true],
	['4829134829134', false],
	['分类垃圾天天做好', true],
	['abc1234', false],
	['abc12345', true],
	['', false]
])('%s is a PIN: %s', (text, is) => {
	expect(isPin(text)).toBe(is);
});

test.each([
	['111111', true],
	['123456', true],
	['987654', true],
	['135791', false],
	['482913', false],
	['分类垃圾天天做好', false]
])('%s is too easy to guess: %s', (pin, is) => {
	expect(isGuessable(pin)).toBe(is);
});

test('waits never get shorter, begin with the fourth wrong PIN and end at an hour', () => {
	const waits = Array.from({ length: 40 }, (_, failures) => waitAfter(failures));
	expect(waits.toSorted((a, b) => a - b)).toEqual(waits);
	expect(waits.findIndex((wait) => wait > 0)).toBe(4);
	expect(waits.at(-1)).toBe(3_600_000);
});
