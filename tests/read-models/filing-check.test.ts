import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import { all, before, bodyFiling, check, codeOf, filed, files, filingWith, stage } from './filed-council.ts';
import { answered, filedRecord, held, resolved, spoken, stateIn, task } from './filing-records.ts';
import { agenda, atClock, courtyard, holding, household, lineRecord, said } from './meeting-records.ts';

describe('the check', () => {
	/** A record whose content was changed where it lies, without its hash. */
	const tampered = (revision: Revision, body: JsonObject): Revision => ({
		...revision,
		body: { ...revision.body, ...body }
	});
	const inPlaceOf = (revision: Revision, other: Revision) =>
		all.map((each) => (each === revision ? other : each));

	it('finds minutes whole, with a code that stands for all that was signed', () => {
		const found = check(...all);
		expect(found).toMatchObject({ type: 'whole', code: codeOf(files), broken: [], missing: 0 });
		expect(found.records.map(({ number, part }) => `${number} ${part}`)).toEqual([
			'1 meeting',
			'2 minute',
			'3 minute',
			'4 minute',
			'5 minute',
			'6 matter',
			'7 meeting',
			'8 meeting'
		]);
		expect(found.records.filter((each) => each.files).map(({ hash }) => hash)).toEqual([files.hash]);
		expect(check(...all.toReversed()).records.map(({ hash }) => hash)).toEqual(
			found.records.map(({ hash }) => hash)
		);
	});

	it.each<[string, Revision, Revision]>([
		['the words of a line', spoken, tampered(spoken, { words: '门口不挡路' })],
		['who did not say it', spoken, tampered(spoken, { stance: 'against' })],
		['a resolution', resolved, tampered(resolved, { words: '每天清理' })],
		['who is to do it', task, tampered(task, { text: '不清了' })],
		['the agenda that was signed', held, tampered(held, { agenda: agenda.slice(1) })],
		['when it was said', answered, { ...answered, at: atClock(59) }],
		['who took it down', answered, { ...answered, author: 'somebody' }],
		['what it was built on', held, { ...held, parents: [] }],
		['a line that lies under another’s name', answered, { ...resolved, hash: answered.hash }],
		[
			'a signature',
			files,
			tampered(files, {
				stage: {
					...stage(files),
					filing: filingWith({ chair: { name: '李建国', signature: [[1, 1, 2, 2]] } })
				}
			})
		],
		[
			'the last day to object',
			files,
			tampered(files, { stage: { ...stage(files), filing: filingWith({ until: '2026-12-31' }) } })
		]
	])('says so when someone changed %s', (_what, revision, other) => {
		const found = check(...inPlaceOf(revision, other));
		expect(found.type).toBe('broken');
		expect(found.broken.map(({ hash }) => hash)).toEqual([revision.hash]);
	});

	it('says so when a record was exchanged for another that is whole itself: the one that was filed is missing', () => {
		const forged = lineRecord('line0001', said('门口不挡路', 2), { clock: 2 }, household);
		const found = check(...inPlaceOf(spoken, forged));
		expect(found).toMatchObject({ type: 'missing', missing: 1 });
		expect(filed(...inPlaceOf(spoken, forged)).late.map(({ entity }) => entity)).toEqual([spoken.entity]);
	});

	it('says how many are missing', () => {
		expect(check(...all.filter((each) => each !== spoken && each !== task))).toMatchObject({
			type: 'missing',
			missing: 2
		});
	});

	it('of minutes that were signed anew throughout gives another code', () => {
		const forged = lineRecord('line0001', said('门口不挡路', 2), { clock: 2 }, household);
		const others = before.map((each) => (each === spoken ? forged : each));
		const anew = filedRecord(bodyFiling(...others));
		const found = check(...others, anew);
		expect(found.type).toBe('whole');
		expect(found.code).not.toBe(files.hash);
	});

	it('is of the courtyard’s meeting alone: another’s lines do not count', () => {
		const stranger = seal({ ...spoken, entity: spoken.entity.replace('council1', 'council2') });
		expect(check(...all, { ...stranger, body: {} })).toMatchObject({ type: 'whole' });
		expect(stateIn(holding(...all)).scope).toBe(courtyard);
	});
});
