import { describe, expect, test } from 'vitest';
import { toDay } from '#kinds/day.ts';
import { conventionPaper, paperTexts, type PaperText } from '#read-models/convention-paper.ts';
import { conventionState } from '#read-models/convention-state.ts';
import { isJsonObject } from '#records/json.ts';
import type { Revision } from '#records/revision.ts';
import {
	bodyOf,
	courtyardOf,
	doorsOf,
	drawn,
	entity,
	holding,
	openBallot,
	passedText,
	posting,
	saved,
	voted
} from './paper-records.ts';

const clauses = [
	{ heading: '垃圾分类', text: '厨余垃圾要沥干水分再投放。', credits: ['h02', 'h03'] },
	{ text: '大件垃圾不堆放在院门口。' }
];

function paperOf(revisions: readonly Revision[], text?: PaperText, signers = true) {
	const records = holding(...revisions);
	const state = conventionState(records, entity);
	if (!state) throw new Error('no convention');
	return conventionPaper(records, state, { text: text ?? paperTexts(state)[0] ?? 'coming', signers });
}

const draft = saved(bodyOf(clauses, { name: 'drafting' }));
const posted = passedText(4, clauses, (ballot) => ({ name: 'posted', ballot, posting }));
const since = toDay('2026-12-02');

describe('the paper of a draft', () => {
	test('is of a draft and names its places from the outside in', () => {
		const paper = paperOf([...courtyardOf(4), draft]);
		expect(paper?.standing).toEqual({ type: 'draft', stage: 'drafting' });
		expect(paper?.version).toBe(1);
		expect(paper?.place).toEqual(['前门街道', '草厂社区', '第三网格', '示例胡同12号']);
	});

	test('numbers its clauses and credits households by their doors', () => {
		expect(paperOf([...courtyardOf(4), draft])?.lines).toEqual([
			{
				type: 'clause',
				number: 1,
				clause: { heading: clauses[0]?.heading, text: clauses[0]?.text, credits: ['2号', '3号'] }
			},
			{ type: 'clause', number: 2, clause: { text: clauses[1]?.text } }
		]);
	});

	test('counts the credited where the device does not hold their doors', () => {
		const [line] = paperOf([...courtyardOf(2), draft])?.lines ?? [];
		expect(line).toMatchObject({ clause: { credits: 2 } });
	});

	test('shows both wordings of a clause between which nobody has chosen, under one number', () => {
		const reworded = [
			draft,
			...['先沥干再投。', '投放前沥干。'].map((text, index) => {
				const changed = bodyOf([{ ...clauses[0], text }, ...clauses.slice(1)], { name: 'drafting' });
				return saved(changed, [draft], `worker${index + 1}`);
			})
		];
		const paper = paperOf([...courtyardOf(4), ...reworded]);
		expect(paper?.lines[0]).toMatchObject({ type: 'doubt', number: 1 });
		const [line] = paper?.lines ?? [];
		const words = line?.type === 'doubt' ? line.versions.map((version) => version?.text) : [];
		expect(words.toSorted()).toEqual(['先沥干再投。', '投放前沥干。'].toSorted());
		expect(paper?.check).toBeUndefined();
	});

	test('leaves a line for each household of the courtyard, in the order of the doors', () => {
		const { signers } = paperOf([...courtyardOf(12), draft]) ?? {};
		expect(signers?.map(({ door }) => door)).toEqual(doorsOf(12).map((_, index) => `${index + 1}号`));
		expect(signers?.every(({ choice, signature }) => !choice && !signature)).toBe(true);
	});
});

describe('the paper of a vote', () => {
	const open = saved(bodyOf(clauses, { name: 'voting', ballot: openBallot(draft.hash, 4) }), [draft]);

	test('has the text as it was frozen, whatever was written later', () => {
		const later = saved(
			bodyOf([{ text: '后来改的。' }], { name: 'voting', ballot: openBallot(draft.hash, 4) }),
			[draft, open]
		);
		const paper = paperOf([...courtyardOf(4), draft, open, later]);
		expect(paper?.standing).toMatchObject({ type: 'ballot', closes: '2026-11-23' });
		expect(paper?.lines.map((line) => (line.type === 'clause' ? line.clause.text : ''))).toEqual(
			clauses.map(({ text }) => text)
		);
		expect(paper?.check?.replaceAll(' ', '')).toBe(draft.hash.slice(0, 12));
	});

	test('has who voted so far without what, and the others blank', () => {
		const vote = voted('h02', draft.hash, 'agree', drawn);
		const { signers, choices, vote: figures } = paperOf([...courtyardOf(4), draft, open, vote]) ?? {};
		expect(signers?.map(({ voted: given }) => given)).toEqual([undefined, true, undefined, undefined]);
		expect(signers?.some(({ choice }) => choice !== undefined)).toBe(false);
		expect(choices).toBe(false);
		expect(signers?.[1]?.signature).toEqual(drawn);
		expect(figures).toEqual({ voters: 4, turnout: 2 });
	});

	test('has what each voted only where that was asked for', () => {
		const vote = voted('h02', draft.hash, 'agree', drawn);
		const records = holding(...courtyardOf(4), draft, open, vote);
		const state = conventionState(records, entity);
		const wish = { text: 'coming', signers: true, choices: true } as const;
		const paper = state && conventionPaper(records, state, wish);
		expect(paper?.signers.map(({ choice }) => choice)).toEqual([undefined, 'agree', undefined, undefined]);
		expect(paper?.choices).toBe(true);
	});

	test('is not there before the frozen text has arrived', () => {
		expect(paperOf([...courtyardOf(4), open])).toBeUndefined();
	});
});

describe('the paper of what passed', () => {
	test('tells the result with what was needed', () => {
		const paper = paperOf(posted);
		expect(paper?.standing).toEqual({ type: 'posted', posting });
		expect(paper?.vote).toEqual({
			voters: 4,
			turnout: 2,
			result: {
				...{ day: '2026-11-24', agree: 2, disagree: 0, abstain: 0 },
				...{ given: 2, agreement: 2, passed: true }
			}
		});
	});

	test('keeps signatures from those who do not hold them', () => {
		expect(paperOf(posted, 'coming', false)?.signers).toEqual([]);
	});

	test('offers the version in force beside the one being made, and first when there is no other', () => {
		const inForce = (next: 'in-force' | 'drafting') =>
			passedText(4, clauses, (ballot) => ({
				name: next,
				inForce: { version: 2, since, ballot, posting }
			}));
		const binding = paperOf(inForce('in-force'));
		expect(binding?.standing).toEqual({ type: 'in-force', since, posting });
		expect(binding?.version).toBe(2);
		const made = inForce('drafting');
		expect(paperOf(made)?.version).toBe(3);
		expect(paperOf(made)?.standing.type).toBe('draft');
		expect(paperOf(made, 'in-force')?.version).toBe(2);
		expect(paperOf(posted, 'in-force')).toBeUndefined();
	});

	test('offers the version in force, and first, while two people took different steps that leave it so', () => {
		const inForce = passedText(4, clauses, (ballot) => ({
			name: 'in-force',
			inForce: { version: 2, since, ballot, posting }
		}));
		const last = inForce.at(-1);
		if (!last) throw new Error('nothing passed');
		const [one, other] = ['2027-03-01', '2027-03-02'].map((day, index) => {
			const stage = isJsonObject(last.body?.['stage']) ? last.body['stage'] : {};
			const reviewing = { ...stage, name: 'reviewing', since: day };
			return saved({ ...last.body, stage: reviewing }, [last], `worker${index + 1}`);
		});
		const doubtful = [...inForce, ...[one, other].flatMap((revision) => revision ?? [])];
		expect(paperOf(doubtful)?.standing).toEqual({ type: 'in-force', since, posting });
		expect(paperOf(doubtful, 'coming')).toMatchObject({
			...{ version: 3, standing: { type: 'draft', stage: 'doubtful' } }
		});
	});
});
