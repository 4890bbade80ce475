import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConvention } from '#kinds/convention.ts';
import { besideIt, changeCounts, joinedIn, savedOf } from '#read-models/convention-history.ts';
import { textDifference } from '#read-models/text-difference.ts';
import type { Revision } from '#records/revision.ts';
import { foldRuns } from '../property-runs.ts';
import {
	clause,
	entity,
	holding,
	savedBy,
	second,
	textBody,
	third,
	twoClauses
} from './saved-conventions.ts';

const start = savedBy('jia', 0, [], textBody());
const added = (text: string) => textBody([...twoClauses, clause(third, 'a2', text)]);

describe('what was saved of a convention', () => {
	it('stands with the last first, by the times of the devices', () => {
		const left = savedBy('jia', 5, [start], added('噪音'));
		const right = savedBy('yi', 9, [start], added('停车'));
		const later = savedBy('jia', 12, [left], added('晚上十点后安静'));
		expect(savedOf(holding(right, start, later, left), entity).map(({ at }) => at.slice(14, 16))).toEqual([
			'12',
			'09',
			'05',
			'00'
		]);
	});

	it('never stands before what it was built on, in whatever order it arrived and however clocks went', () => {
		const step = fc.record({
			minute: fc.integer({ min: 0, max: 59 }),
			on: fc.array(fc.nat(), { maxLength: 2 })
		});
		fc.assert(
			fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), fc.nat(40), (steps, cut) => {
				const made: Revision[] = [];
				steps.forEach(({ minute, on }, index) => {
					const parents = new Set(on.map((pick) => made[pick % Math.max(made.length, 1)]));
					const known = [...parents].filter((parent) => parent !== undefined);
					made.push(savedBy(`author${index}`, minute, known, textBody()));
				});
				const arrived = made.toSorted((a, b) => (a.hash.slice(cut) < b.hash.slice(cut) ? -1 : 1));
				const saved = savedOf(holding(...arrived), entity);
				expect(saved).toEqual(savedOf(holding(...made), entity));
				const position = new Map(saved.map(({ hash }, index) => [hash, index]));
				for (const { hash, parents } of saved)
					for (const parent of parents)
						expect(position.get(parent)).toBeGreaterThan(position.get(hash) ?? Infinity);
			}),
			{ numRuns: foldRuns }
		);
	});

	it('tells who worked beside whom without seeing each other, and where their work was joined', () => {
		const left = savedBy('jia', 5, [start], added('噪音'));
		const left2 = savedBy('jia', 7, [left], added('晚上十点后安静'));
		const right = savedBy('yi', 6, [start], added('停车'));
		const join = savedBy('bing', 20, [left2, right], added('停车'));
		const records = holding(start, left, left2, right, join);
		expect(besideIt(records, entity, left)).toEqual([]);
		expect(besideIt(records, entity, right)).toEqual([{ author: 'jia', count: 1 }]);
		expect(besideIt(records, entity, left2)).toEqual([{ author: 'yi', count: 1 }]);
		expect(besideIt(records, entity, join)).toEqual([]);
		expect(joinedIn(records, entity, left2)).toEqual([]);
		const sides = joinedIn(records, entity, join);
		expect(sides.find(({ parent }) => parent === left2.hash)?.work).toEqual([{ author: 'jia', count: 2 }]);
		expect(sides.find(({ parent }) => parent === right.hash)?.work).toEqual([{ author: 'yi', count: 1 }]);
		expect(sides).toHaveLength(2);
	});
});

describe('two texts in numbers', () => {
	const counts = (before: typeof start.body, after: typeof start.body) => {
		const [a, b] = [readConvention(before ?? {}), readConvention(after ?? {})];
		return changeCounts(textDifference(a, b), a, b);
	};
	const nothing = {
		...{ changed: 0, added: 0, removed: 0, moved: 0 },
		...{ title: false, preamble: false, settings: false, stage: false }
	};

	it('are nothing for a text and itself', () => {
		expect(counts(textBody(), textBody())).toEqual(nothing);
	});

	it('count clauses by what became of them', () => {
		const after = textBody([clause(second, 'Zz', '大件垃圾预约清运。'), clause(third, 'a2', '十点后安静。')]);
		expect(counts(textBody(), after)).toEqual({ ...nothing, changed: 1, added: 1, removed: 1 });
		const [one, two] = twoClauses;
		if (!one || !two) throw new Error('two clauses to begin with');
		const turned = textBody([{ ...two, place: 'Zz' }, one]);
		expect(counts(textBody(), turned)).toEqual({ ...nothing, moved: 1 });
	});

	it('name title, preamble, settings and stage', () => {
		const after = textBody(twoClauses, {
			...{ title: '分类约定', preamble: '为了大家。' },
			...{ rule: { turnout: '2/3', agree: '2/3' }, stage: { name: 'deliberating' } }
		});
		expect(counts(textBody(), after)).toEqual({
			...nothing,
			...{ title: true, preamble: true, settings: true, stage: true }
		});
	});
});
