import { expect, test } from 'vitest';
import { recordFacts } from '#features/devices/record-facts.ts';
import { kinds } from '#kinds/kinds.ts';
import { m } from '#paraglide/messages.js';
import type { JsonObject } from '#records/json.ts';
import { samples } from '../../contract/rights/sample-records.ts';
import { councilRecord, holding, openMeeting, said, written } from '../../read-models/meeting-records.ts';

const hash = 'f'.repeat(64);

function told(kind: string, body: JsonObject): string {
	const { entity, scope } = councilRecord(openMeeting);
	const facts = recordFacts({ records: holding(), locale: 'zh-CN' }, written({ kind, entity, scope, body }));
	return facts.map(({ name, value }) => `${name}: ${value}`).join('\n');
}

/** What an office must see of each to decide on it: the samples' own words, and what was chosen. */
const content: Readonly<Record<string, readonly string[]>> = {
	area: ['草厂'],
	courtyard: ['草厂三条12号'],
	household: ['4号', '甲'],
	'check-in': [m.quality_correct()],
	act: [m.points_meeting()],
	'points-rule': ['2'],
	redemption: ['垃圾袋', '10', '11月23日'],
	matter: ['门口堆物'],
	progress: ['已联系施工队'],
	whistle: ['环卫中心', '院里清不动', '11月23日'],
	evaluation: [m.public_partly()],
	meeting: ['小院议事会', '门口堆物'],
	minute: ['来宾甲'],
	amendment: ['还说到了停车'],
	publication: ['门口堆物', '11月23日'],
	convention: ['院落公约', '门口不放杂物'],
	opinion: [m.opinions_agree()],
	vote: [m.voting_agree()],
	policy: [m.trace_no()],
	erasure: ['1月1日']
};

test.each([...kinds.keys()])('of %s it says what was recorded', (kind) => {
	const text = told(kind, samples[kind]?.body ?? {});
	expect(content[kind]?.length).toBeGreaterThan(0);
	for (const words of content[kind] ?? []) expect(text).toContain(words);
	// Nobody can read a hash.
	expect(text).not.toMatch(/[0-9a-f]{32}/);
});

test('of a vote it says the choice and not the text’s hash, of what was said the words and not the item’s id', () => {
	expect(told('vote', { choice: 'disagree', text: hash })).toBe(
		`${m.trace_field_choice()}: ${m.voting_disagree()}`
	);
	const words = told('minute', said('门口不能再堆了', 0));
	expect(words).toContain('门口不能再堆了');
	expect(words).not.toContain('topic001');
});

test('of clauses and of published minutes it says every one', () => {
	const clauses = ['门口不放杂物', '晚十点后不喧哗'].map((text, at) => ({
		id: `clause0${at}`,
		place: `a${at}`,
		text
	}));
	const convention = told('convention', { ...samples['convention']?.body, clauses });
	for (const { text } of clauses) expect(convention).toContain(text);
	const items = [
		{ topic: '门口杂物', said: ['影响出行'], resolutions: ['月底前清走'] },
		{ topic: '夜间噪音', counts: [{ words: '同意装隔音', for: 7, against: 2, abstain: 1 }] }
	];
	const published = told('publication', {
		...{ about: 'minutes', title: '小院议事会', starts: '2026-11-23T19:00', filed: '2026-11-24' },
		...{ until: '2026-12-01', filing: hash, households: 5, others: 1, items }
	});
	for (const words of ['影响出行', '月底前清走', '同意装隔音', `${m.trace_field_for()} 7`, '夜间噪音'])
		expect(published).toContain(words);
	expect(published).not.toContain(hash);
});

test('of a withdrawal it says the reason', () => {
	const { entity, scope } = councilRecord(openMeeting);
	const gone = written({ kind: 'meeting', entity, scope, body: null });
	expect(recordFacts({ records: holding(), locale: 'zh-CN' }, gone)).toEqual([
		{ name: m.handover_withdrawn(), value: '记错了' }
	]);
});
