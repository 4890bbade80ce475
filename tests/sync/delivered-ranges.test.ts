import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Checkpoint } from '#records/sync-store.ts';
import { changesBefore, deliveredRange, joined, passedOver } from '../../src/sync/delivered-ranges.ts';
import { pull } from '../../src/sync/pull.ts';
import { propertyRuns } from '../property-runs.ts';
import { changesIn, pageText } from '../page-text.ts';
import { MemoryStore } from './memory-store.ts';
import { gridDatabase } from './records.ts';

const range = (first: number, last: number, identity = 'a') => ({ identity, first, last });
const at = (seq: number | string, identity = 'a'): Checkpoint => ({ identity, seq });

test.each([
	['1204-1503 4f2a-b', 300, range(1204, 1503, '4f2a-b')],
	['7-7 a', 1, range(7, 7)],
	['7-7 a', 200, range(7, 7)],
	['1204-1503 a', 299, undefined],
	['8-7 a', 5, undefined],
	['0-3 a', 5, undefined],
	['1-3', 5, undefined],
	['1-3 a b', 5, undefined],
	['12-g1AAAA a', 5, undefined],
	['', 5, undefined],
	[undefined, 5, undefined]
])('the header %j after %i documents says %j', (header, sent, said) => {
	expect(deliveredRange(header, sent)).toEqual(said);
});

describe('passing over', () => {
	const ranges = [range(11, 20), range(31, 99), range(21, 25), range(1, 500, 'b')];

	test.each([
		[9, 9],
		[10, 25],
		[15, 25],
		[24, 25],
		[25, 25],
		[30, 99],
		[120, 120]
	])('what is behind %i is here up to %i', (seq, reached) => {
		expect(passedOver(at(seq), ranges)).toEqual(at(reached));
	});

	test('only in the database that said it, and where sequences are numbers', () => {
		expect(passedOver(at(10, 'c'), ranges)).toEqual(at(10, 'c'));
		expect(passedOver(at('10-xyz'), ranges)).toEqual(at('10-xyz'));
		expect(changesBefore(at('10-xyz'), ranges, 1_000)).toBe(1_000);
		expect(changesBefore(at(10, 'c'), ranges, 1_000)).toBe(1_000);
	});

	test('a page ends before a range that is worth it, and before no other', () => {
		expect(changesBefore(at(25), ranges, 1_000)).toBe(5);
		expect(changesBefore(at(0), ranges, 1_000)).toBe(30);
		expect(changesBefore(at(0), ranges, 10)).toBe(10);
		expect(changesBefore(at(99), ranges, 1_000)).toBe(1_000);
		expect(changesBefore(at(5), [range(20, 30)], 1_000)).toBe(1_000);
	});
});

/** Whose change a sequence is: this device's, told in a range or not; another's; or nobody's any more. */
const sequence = fc.record({
	whose: fc.constantFrom('told', 'told', 'untold', 'another', 'nobody'),
	times: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 40, max: 120 }))
});
const feed = fc
	.array(sequence, { maxLength: 12 })
	.map((runs) => runs.flatMap(({ whose, times }) => Array.from({ length: times }, () => whose)));

test('whatever lies between: everything that is not here is read once, in its order, to the end', async () => {
	await fc.assert(
		fc.asyncProperty(feed, fc.nat(40), fc.integer({ min: 5, max: 200 }), async (whose, from, cut) => {
			const start = Math.min(from, whose.length);
			const ranges = joined(
				whose.flatMap((who, index) => (who === 'told' ? [range(index + 1, index + 1)] : []))
			);
			const store = new MemoryStore('li');
			const asked: number[] = [];
			const changes = (since: string | number, limit: number) => {
				asked.push(Number(since));
				const behind = whose
					.map((who, index) => ({ who, seq: index + 1 }))
					.filter(({ who, seq }) => who !== 'nobody' && seq > Number(since));
				// A server may give less than it was asked for.
				const page = behind.slice(0, Math.min(limit, cut));
				const all = page.length === behind.length;
				const lastSeq = all ? whose.length : (page.at(-1)?.seq ?? whose.length);
				return Promise.resolve({
					...pageText(page.map(({ who, seq }) => ({ id: `${who} ${seq}` }))),
					lastSeq,
					pending: whose.length - lastSeq
				});
			};
			const read: string[] = [];
			const storePage = store.storePage.bind(store);
			store.storePage = async (database, page, checkpoint) => {
				await storePage(database, page, checkpoint);
				read.push(...changesIn(page).map(({ id }) => id));
			};
			const deps = {
				store,
				remote: { database: () => ({ changes }) },
				now: () => new Date(0),
				breathe: () => Promise.resolve(),
				onDamaged: () => {},
				onPage: () => {},
				onTakenIn: () => {}
			};
			await pull(deps, gridDatabase, at(start), ranges);
			const others = whose
				.map((who, index) => ({ who, seq: index + 1 }))
				.filter(({ who, seq }) => seq > start && (who === 'another' || who === 'untold'));
			expect(read.filter((id) => !id.startsWith('told'))).toEqual(
				others.map(({ who, seq }) => `${who} ${seq}`)
			);
			expect(new Set(read).size).toBe(read.length);
			expect(await store.checkpoint(gridDatabase)).toEqual(at(whose.length));
			// Long ranges are never read: only what a page that began before them held.
			const long = ranges.filter(({ first, last }) => first > start && last - first >= 49);
			const full = whose.every((who) => who !== 'nobody');
			if (full)
				for (const { first, last } of long) {
					const back = read.filter((id) => id.startsWith('told')).map((id) => Number(id.slice(5)));
					expect(back.filter((seq) => seq >= first && seq <= last)).toEqual([]);
				}
			expect(asked.length).toBeLessThanOrEqual(Math.ceil(whose.length / cut) + long.length + 1);
		}),
		{ numRuns: propertyRuns }
	);
});
