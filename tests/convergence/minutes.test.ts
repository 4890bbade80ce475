import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkRecord } from '#kinds/check-record.ts';
import { policyOf } from '#kinds/kinds.ts';
import { attendanceId, minuteEntity } from '#kinds/minute.ts';
import { meetingState } from '#read-models/meeting-state.ts';
import { minutesOf, type Line, type Minutes } from '#read-models/minutes.ts';
import { withAncestors } from '#records/ancestry.ts';
import { canonicalJson } from '#records/canonical-json.ts';
import type { JsonObject } from '#records/json.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { seal, type Revision } from '#records/revision.ts';
import { childScope, type Scope } from '#records/scope.ts';
import { headsOf } from '#records/state-of.ts';
import { overTheWire } from '../parsed-json.ts';
import { propertyRuns } from '../property-runs.ts';
import { atClock, councilRecord, courtyard, itemIds, meeting } from '../read-models/meeting-records.ts';
import { meetingId, openMeeting } from '../read-models/meeting-records.ts';

/*
 * Two or three phones take the minutes of one meeting: lines, edits, withdrawals, and who is there, at times without
 * a network. They come together in any order, with some records before others.
 */

const acts = [
	'add',
	'add',
	'add',
	'add',
	'write',
	'write',
	'write',
	'withdraw',
	'tap',
	'tap',
	'settle'
] as const;

interface Act {
	readonly phone: number;
	readonly act: (typeof acts)[number] | 'sync' | 'sync in part';
	/** Which of the lines, households or places in a text, as far as they go. */
	readonly where: number;
}

const anyEvening: fc.Arbitrary<readonly Act[]> = fc.array(
	fc.record({
		phone: fc.nat(2),
		act: fc.constantFrom<Act['act'][]>(...acts, 'sync', 'sync in part'),
		where: fc.nat(99)
	}),
	{ minLength: 4, maxLength: 16 }
);

test('in the end every phone has the same minutes, and every word is in them that nobody took out who had read it', () => {
	fc.assert(
		fc.property(anyEvening, (evening) => {
			const { all, minutes, written, takenOut } = spend(evening);
			const [first] = minutes;
			if (!first) throw new Error('no minutes');
			expect(new Set(minutes.map((each) => canonicalJson(overTheWire(each)))).size).toBe(1);
			expect(all.filter((revision) => !checkRecord(revision).ok)).toEqual([]);

			const lines = first.items.flatMap((item) => item.lines);
			const shown = JSON.stringify(lines.map(({ body, versions }) => [body, versions]));
			expect([...written].filter((word) => !takenOut.has(word) && !shown.includes(word))).toEqual([]);
			const inTime = first.items.map((item) => item.lines.map(timeOf));
			expect(inTime).toEqual(inTime.map((times) => times.toSorted()));
			expect(first.attendance.map(({ scope }) => scope).sort()).toEqual(standingTaps(all));
		}),
		{ numRuns: propertyRuns }
	);
});

function timeOf({ body, versions }: Line): string {
	return (body ?? versions.find((version) => version.body)?.body)?.at ?? '';
}

/** Households of which someone said that they are there, and nobody who had heard it took it back. */
function standingTaps(all: readonly Revision[]): readonly Scope[] {
	const history = new Map(all.map((revision) => [revision.hash, revision]));
	const gone = all.filter(({ body }) => body === null);
	const heard = new Set(gone.flatMap(({ hash }) => [...withAncestors(history, hash)]));
	const standing = all.filter(({ hash, body }) => body?.['about'] === 'attendance' && !heard.has(hash));
	return [...new Set(standing.map(({ scope }) => scope))].sort();
}

interface Evening {
	readonly all: readonly Revision[];
	readonly minutes: readonly Minutes[];
	/** Characters that nobody else put in; and of these, those that someone took out who had them before their eyes. */
	readonly written: ReadonlySet<string>;
	readonly takenOut: ReadonlySet<string>;
}

function spend(evening: readonly Act[]): Evening {
	const server = new Map<string, Revision>();
	const phones = [0, 1, 2].map(() => new RevisionSet(policyOf));
	const written = new Set<string>();
	const takenOut = new Set<string>();
	let clock = 0;
	for (const phone of phones) phone.add([councilRecord(openMeeting)]);

	const exchange = (phone: RevisionSet, wanted: (index: number) => boolean) => {
		const known = [...phone.entities('minute')].flatMap((entity) => [...phone.revisions('minute', entity)]);
		for (const revision of known) server.set(revision.hash, revision);
		phone.add([...server.values()].filter((_, index) => wanted(index)).reverse());
	};
	const another = () => {
		const character = String.fromCodePoint(0x20000 + written.size);
		written.add(character);
		return character;
	};

	for (const { phone: index, act, where } of evening) {
		const phone = phones[index];
		if (!phone) throw new RangeError(`no phone ${index}`);
		clock += 1;
		const save = (entity: string, scope: Scope, body: JsonObject | null) =>
			phone.add([
				seal({
					...{ kind: 'minute', entity, scope, body, at: atClock(clock) },
					parents: headsOf(phone.state('minute', entity)),
					...{ author: `worker${index}`, device: `phone${index}` },
					...(body === null && { reason: '记错了' })
				})
			]);
		if (act === 'sync') exchange(phone, () => true);
		else if (act === 'sync in part') exchange(phone, (at) => (at * 7 + where) % 3 > 0);
		else if (act === 'add') {
			const scope = where % 3 === 0 ? childScope(courtyard, 'h01') : courtyard;
			const item = where % 5 === 0 ? 'topic999' : itemIds[where % 2];
			const words = another() + another();
			save(minuteEntity(scope, meetingId, `line${String(clock).padStart(4, '0')}`), scope, {
				...{ about: 'said', item: item ?? '', at: atClock(clock), words }
			});
		} else if (act === 'tap') {
			const scope = childScope(courtyard, `h0${where % 3}`);
			const entity = minuteEntity(scope, meetingId, attendanceId);
			const isThere = phone.state('minute', entity).status === 'present';
			save(entity, scope, isThere ? null : { about: 'attendance', as: 'household', at: atClock(clock) });
		} else {
			const lines = minutesOn(phone).items.flatMap((item) => item.lines);
			const doubtful = lines.filter(({ versions }) => versions.length > 0);
			const offered =
				act === 'settle' ? doubtful : act === 'write' ? lines.filter(({ body }) => body) : lines;
			const line = offered[where % Math.max(1, offered.length)];
			if (!line) continue;
			const { entity, scope } = line;
			const seen = JSON.stringify([line.body, line.versions]);
			const body = becomes(line, act, where, another);
			const left = JSON.stringify(body);
			for (const character of seen)
				if (written.has(character) && !left.includes(character)) takenOut.add(character);
			save(entity, scope, body);
		}
	}
	for (const phone of [...phones, ...phones]) exchange(phone, () => true);
	return { all: [...server.values()], minutes: phones.map(minutesOn), written, takenOut };
}

function minutesOn(phone: RevisionSet): Minutes {
	const state = meetingState(phone, meeting);
	if (!state) throw new Error(`no meeting ${meeting}`);
	return minutesOf(phone, state);
}

function becomes(line: Line, act: Act['act'], where: number, another: () => string): JsonObject | null {
	if (act === 'withdraw') return null;
	if (act === 'settle') return plain(line.versions[where % line.versions.length]?.body);
	const body = plain(line.body);
	const said = body?.['words'];
	const words = typeof said === 'string' ? [...said] : [];
	return { ...body, words: words.toSpliced(where % (words.length + 1), 0, another()).join('') };
}

function plain(body: Line['body']): JsonObject | null {
	return body ? overTheWire(body) : null;
}
