import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRecord } from '#kinds/check-record.ts';
import { decodeFile } from '#roster/decode-file.ts';
import { readRoster } from '#roster/read-roster.ts';
import { numberRows, type Cell } from '#roster/sheet.ts';
import { propertyRuns } from '../property-runs.ts';
import { header, planOf } from './rosters.ts';

/** Each run plans whole files: a tenth of what the laws of records get. */
const runs = { numRuns: Math.ceil(propertyRuns / 10) };

/** Few names in many spellings, so that rows meet in one place. */
const communities = fc.constantFrom('草厂社区', '草厂', '大江社区', ' 大 江');
const grids = fc.constantFrom<Cell>('第3网格', '３', 3, '网格三', '第4网格', '东片');
const courtyards = fc.constantFrom<Cell>('草厂三条12号', '草厂三条１２号院', '得丰西巷2号', 12);
const numbers = fc.constantFrom<Cell>('04', '4', 4, '1-302', '甲', null, '3月2日');
const rows = fc.array(
	fc.tuple(
		communities,
		grids,
		courtyards,
		fc.constantFrom<Cell>('12', null, new Date('2026-03-02')),
		numbers,
		fc.constantFrom<Cell>('示例甲', '示例乙', null),
		fc.constantFrom<Cell>('13800000000', 13800000000, '1.38E+10', null),
		fc.constantFrom<Cell>(3, '３人', '若干', null)
	),
	{ minLength: 1, maxLength: 8 }
);

const cells = fc.oneof(
	fc.constantFrom<Cell>(
		...header,
		'合计',
		null,
		'　',
		Number.NaN,
		true,
		new Date(Number.NaN),
		'\uD800',
		'__proto__'
	),
	fc.string({ unit: 'binary', maxLength: 6 }),
	fc.double(),
	fc.date({ noInvalidDate: false }),
	...[communities, grids, courtyards, numbers]
);
const tables = fc.array(fc.array<Cell>(cells, { maxLength: 10 }), { maxLength: 8 });

describe('An import', () => {
	it('of a file that was imported plans nothing more', () => {
		fc.assert(
			fc.property(rows, (table) => {
				const { revisions } = planOf([header, ...table]);
				const again = planOf([header, ...table], revisions);
				expect(again.revisions).toEqual([]);
				expect(again.totals).toMatchObject({ new: 0, changed: 0, communities: 0, grids: 0, courtyards: 0 });
			}),
			runs
		);
	});

	it('is the same for every order of columns', () => {
		const order = fc.shuffledSubarray([...header.keys()], { minLength: header.length });
		fc.assert(
			fc.property(rows, order, (table, columns) => {
				const moved = [header, ...table].map((row) => columns.map((column) => row[column] ?? null));
				expect(planOf(moved)).toEqual(planOf([header, ...table]));
			}),
			runs
		);
	});

	it('finds the same places in every order of rows', () => {
		const both = rows.chain((table) =>
			fc.tuple(fc.constant(table), fc.shuffledSubarray(table, { minLength: table.length }))
		);
		const places = (table: readonly (readonly Cell[])[]) =>
			planOf([header, ...table]).revisions.map(({ kind, scope, body }) =>
				kind === 'household' ? scope : [scope, body]
			);
		fc.assert(
			fc.property(both, ([table, shuffled]) => {
				expect(places(shuffled)).toEqual(places(table));
			}),
			runs
		);
	});

	it('takes any table: it says something of every row, and writes only valid records', () => {
		fc.assert(
			fc.property(tables, (table) => {
				const read = readRoster([{ sheet: '', rows: numberRows(table) }]);
				if (!read.ok) return;
				const plan = planOf(table);
				for (const revision of plan.revisions) expect(checkRecord(revision)).toMatchObject({ ok: true });
				const reported = plan.rows.map(({ at }) => at.row);
				expect(reported).toEqual([...new Set(reported)].sort((a, b) => a - b));
				expect(reported.length).toBe(numberRows(table).length - 1);
				for (const { outcome, notes } of plan.rows) {
					if (outcome === 'skipped' || outcome === 'refused') expect(notes).not.toEqual([]);
				}
			}),
			runs
		);
	});

	it('takes any bytes for a file', async () => {
		const bytes = fc.oneof(
			fc.uint8Array({ maxLength: 200 }),
			fc.uint8Array({ maxLength: 200 }).map((rest) => Uint8Array.of(0x50, 0x4b, 0x03, 0x04, ...rest)),
			fc.string({ unit: 'binary' }).map((text) => new TextEncoder().encode(`${header.join()}\n${text}`))
		);
		await fc.assert(
			fc.asyncProperty(bytes, async (file) => {
				expect(typeof (await decodeFile(file)).ok).toBe('boolean');
			}),
			runs
		);
	});
});
