import { expect, test } from 'vitest';
import { Slots } from '../../../sync-server/auth/slots.ts';

test('so many go on at once, the others in the order they came, after failures as well', async () => {
	const slots = new Slots(2);
	const begun: number[] = [];
	const works = Array.from({ length: 5 }, () => Promise.withResolvers<number>());
	const results = works.map(({ promise }, index) =>
		slots.run(() => {
			begun.push(index);
			return promise;
		})
	);
	const settled = Promise.allSettled(results);
	await Promise.resolve();
	expect(begun).toEqual([0, 1]);
	works[1]?.reject(new Error('no'));
	await expect(results[1]).rejects.toThrow('no');
	await new Promise((resolve) => setImmediate(resolve));
	expect(begun).toEqual([0, 1, 2]);
	works.forEach(({ resolve }, index) => resolve(index));
	expect((await settled).map(({ status }) => status)).toEqual([
		...['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled']
	]);
	expect(begun).toEqual([0, 1, 2, 3, 4]);
});
