import { describe, expect, test } from 'vitest';
import { csvText } from '#app/csv-text.ts';
import { kinds } from '#kinds/kinds.ts';
import type { Json } from '#records/json.ts';
import { isWithin, toScope } from '#records/scope.ts';
import { seededRecords } from '../../contract/rights/sample-records.ts';
import {
	councilRecord,
	holding,
	lineRecord,
	meeting,
	openMeeting,
	said,
	written
} from '../../read-models/meeting-records.ts';
import { valueText } from '#app/field-values.ts';
import { fieldText, isSpoken } from '#app/field-names.ts';
import { kindText } from '../../../src/features/trace/kind-words.ts';
import { columns, traceRow } from '../../../src/features/trace/trace-entry.ts';

const locale = 'zh-CN';
const grid = toScope('qianmen/caochang/g3');

/** The members that bodies of a schema can have, of all its variants. */
function membersOf(schema: unknown): readonly string[] {
	if (typeof schema !== 'object' || schema === null) return [];
	if ('entries' in schema && typeof schema.entries === 'object' && schema.entries !== null)
		return Object.keys(schema.entries);
	return 'options' in schema && Array.isArray(schema.options) ? schema.options.flatMap(membersOf) : [];
}

describe.each([...kinds])('of %s', (name, { body }) => {
	test('every member has a name, and the kind one of its own', () => {
		const members = membersOf(body);
		expect(members.length).toBeGreaterThan(0);
		// A check-in's views and a rule's shares are told one by one.
		const told = members.filter((member) => !['observed', 'reported', 'rule'].includes(member));
		for (const member of told)
			if (isSpoken(name, `/${member}`)) expect(fieldText(name, `/${member}`)).not.toContain(member);
		expect(kindText(name)).not.toBe(kindText('of-a-later-version'));
	});
});

describe('a line of the table', () => {
	test('says in words what every kind of record holds', () => {
		// Of the other grids not every place has a name.
		const all = seededRecords('某人').filter(({ scope }) => isWithin(scope, grid) || isWithin(grid, scope));
		const records = holding(...all);
		for (const revision of all) {
			const row = traceRow({ records, locale }, revision);
			expect(row).toHaveLength(columns.length);
			const [, , , kind, about, step, changes] = row;
			expect([kind, about, step, changes].join(' '), revision._id).not.toMatch(/[a-z]{2}|undefined/);
			expect(changes, revision._id).not.toBe('');
		}
	});

	test('says what stood before, and why something was taken back', () => {
		const line = lineRecord('line0001', said('灯坏了', 3));
		const reworded = lineRecord('line0001', said('大门的灯坏了', 3), { on: [line], clock: 1 });
		const gone = lineRecord('line0001', null, { on: [reworded], clock: 2 });
		const records = holding(line, reworded, gone);
		const row = (of: typeof line) => traceRow({ records, locale }, of).slice(5, 8);
		expect(row(reworded)).toEqual(['修改', '内容：灯坏了 → 大门的灯坏了', '']);
		expect(row(gone)).toEqual(['撤回', '', '记错了']);
	});

	test('says what a council made of an objection, and whom a matter is with', () => {
		const records = holding();
		const text = (kind: string, member: string, value: Json) =>
			valueText(kind, `/${member}`, value, { records, locale });
		expect(text('amendment', 'answer', { type: 'declined', words: '会上说过了' })).toBe('不采纳，会上说过了');
		const owner = { name: '物业', account: 'wuye' };
		expect(text('matter', 'stage', { name: 'doing', owner, due: '2026-12-01', round: 1 })).toBe(
			'民办：物业，12月1日前'
		);
		expect(text('matter', 'stage', { name: 'of-a-later-version' })).toBe('{"name":"of-a-later-version"}');
		records.add([councilRecord(openMeeting)]);
		const from = { meeting, item: 'topic001' };
		expect(text('matter', 'from', from)).toBe('小院议事会');
		expect(text('matter', 'meetings', [meeting])).toBe('小院议事会');
		expect(text('progress', 'waiting', { for: '清运公司', until: '2026-12-02' })).toBe('清运公司，12月2日');
	});

	test('is no formula to the program that opens the table', () => {
		const { kind, entity, scope } = lineRecord('line0001', null);
		const record = written({ kind, entity, scope, body: said('=1+1', 0) }, { author: '=cmd()' });
		expect(csvText([traceRow({ records: holding(record), locale }, record)])).toContain(",'=cmd(),");
	});
});
