import { describe, expect, it, test } from 'vitest';
import { minuteEntity } from '#kinds/minute.ts';
import type { MatterStage } from '#kinds/matter-stage.ts';
import { decisionLines, linkedLines, linesToRestOn, mattersResting } from '#read-models/decision-lines.ts';
import { serverDevice } from '#read-models/erasure-plan.ts';
import { filedBody } from '#read-models/filing-plan.ts';
import { minutesOf } from '#read-models/minutes.ts';
import { toDay } from '#kinds/day.ts';
import { seal, type Revision } from '#records/revision.ts';
import {
	answered,
	filedRecord,
	held,
	opened,
	resolved,
	signatures,
	spoken,
	stateIn,
	taken
} from './filing-records.ts';
import * as matters from './matter-records.ts';
import { courtyard, holding, lineRecord, meeting, meetingId, said } from './meeting-records.ts';

const before = [opened, held, ...taken];
const absent = minuteEntity(courtyard, meetingId, 'line0099');
const decision = { meeting, lines: [resolved.entity, answered.entity, spoken.entity, absent] };

function filing(): Revision {
	const records = holding(...before);
	const state = stateIn(records);
	const choices = { text: held.hash, ...signatures, day: toDay('2026-11-23'), days: 7 };
	return filedRecord(filedBody(state, minutesOf(records, state), choices));
}

describe('what a decision rests on', () => {
	it('is told in its order, and what is not held here as such', () => {
		expect(decisionLines(holding(...before), decision)).toMatchObject([
			{ state: 'standing', signed: false, line: { body: { words: '每周六清理一次' } } },
			{ state: 'standing', line: { body: { words: '周六一起清' } } },
			{ state: 'standing', line: { body: { words: '门口堆物挡路' } } },
			{ state: 'unknown', entity: absent }
		]);
	});

	it('reads as it was signed, whatever was changed since', () => {
		const reworded = lineRecord('line0002', said('周日清', 3), { clock: 100, on: [answered] });
		const [, line] = decisionLines(holding(...before, filing(), reworded), decision);
		expect(line).toMatchObject({ state: 'standing', signed: true, line: { body: { words: '周六一起清' } } });
	});

	it.each([false, true])('says who took a line back, and why; signed: %s', (signed) => {
		const withdrawn = lineRecord('line0002', null, { clock: 100, author: 'w2', on: [answered] });
		const [, line] = decisionLines(holding(...before, ...(signed ? [filing()] : []), withdrawn), decision);
		expect(line).toMatchObject({
			...{ state: 'withdrawn', signed, reason: '记错了', by: { author: 'w2' } },
			line: { body: { words: '周六一起清' } }
		});
	});

	it('says that words were erased', () => {
		const { kind, entity, scope, body } = spoken;
		const left = { ...body, words: '—' };
		const anew = { kind, entity, scope, parents: [], author: 'office', device: serverDevice, at: spoken.at };
		const erased = seal({ ...anew, body: left });
		const records = holding(...before.filter((each) => each !== spoken), erased);
		expect(decisionLines(records, decision)[2]).toMatchObject({ state: 'erased' });
	});
});

test('a decision can rest on what was said, counted and resolved, by the items', () => {
	const items = linesToRestOn(holding(...before), meeting);
	expect(items.flatMap(({ lines }) => lines.map(({ entity }) => entity))).toEqual([
		...[spoken.entity, answered.entity, resolved.entity]
	]);
	expect(linesToRestOn(holding(), meeting)).toEqual([]);
});

describe('the matters that rest on a line', () => {
	const stage = (lines: string[]): MatterStage => ({ name: 'decided', decision: '每周六清', meeting, lines });
	const decided = matters.at(stage([resolved.entity]), 'worker1', 1);
	const doing = matters.at(matters.stages.doing, 'worker1', 2, [decided]);
	const resting = (...revisions: readonly Revision[]) =>
		[...mattersResting(matters.holding(...before, ...revisions), meeting)].map(([line, of]) => [
			line,
			of.map(({ id }) => id)
		]);

	it('are told by it, also when the matter went on', () => {
		expect(resting(decided)).toEqual([[resolved.entity, [matters.id]]]);
		expect(resting(decided, doing)).toEqual([[resolved.entity, [matters.id]]]);
	});

	it('are those that were linked to it at another step, too', () => {
		const linked = matters.at(matters.stages.doing, 'worker1', 2, [], {
			...{ meetings: [meeting], lines: [answered.entity] }
		});
		expect(resting(linked)).toEqual([[answered.entity, [matters.id]]]);
		const records = matters.holding(...before, linked);
		expect(linkedLines(records, matters.read(records))).toMatchObject([
			{ meeting, lines: [{ state: 'standing', entity: answered.entity }] }
		]);
	});

	it('are none that were decided otherwise since, or taken back', () => {
		const anew = matters.at(stage([answered.entity]), 'worker1', 3, [decided]);
		expect(resting(decided, anew)).toEqual([[answered.entity, [matters.id]]]);
		expect(resting(decided, matters.recorded('worker1', 3, [decided], null))).toEqual([]);
		expect(mattersResting(matters.holding(decided), 'another.meeting1').size).toBe(0);
	});
});
