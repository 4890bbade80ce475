import fc from 'fast-check';
import { expect, test } from 'vitest';
import { grantsOf } from '#access/grant.ts';
import { writeRefusal } from '#access/rights.ts';
import { checkIn, checkInEntity, qualities, streams, type Quality, type Stream } from '#kinds/check-in.ts';
import { checkRecord } from '#kinds/check-record.ts';
import { toDay } from '#kinds/day.ts';
import { policyOf } from '#kinds/kinds.ts';
import { ownReport, reportUndo, reportWrite, tapWrite, type ReportWrite } from '#read-models/report.ts';
import { settle } from '#read-models/settle.ts';
import { withAncestors } from '#records/ancestry.ts';
import { isJsonObject, type Json, type JsonObject } from '#records/json.ts';
import { seal, type Revision } from '#records/revision.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { toScope } from '#records/scope.ts';
import { headsOf } from '#records/state-of.ts';
import { foldRuns } from '../property-runs.ts';

/**
 * Two phones of a household and two of workers, on the same household and day, syncing with a server now and
 * then: what is tapped and what is observed both stand in the end, whatever the order and overlap.
 */
const household = toScope('qianmen/caochang/g3/c12/h04');
const day = toDay('2026-11-23');
const entity = checkInEntity(household, day);
const homes = [0, 1] as const;
const roles = [`resident:${household}`, `resident:${household}`, 'worker:qianmen', 'worker:qianmen'];

type Step =
	| { readonly do: 'tap'; readonly by: number; readonly quality: Quality }
	| {
			readonly do: 'tell';
			readonly by: number;
			readonly quality: Quality;
			readonly streams: readonly Stream[];
	  }
	| { readonly do: 'observe'; readonly by: number; readonly quality: Quality }
	| { readonly do: 'undo'; readonly by: number }
	| { readonly do: 'sync'; readonly by: number };

const quality = fc.constantFrom(...qualities);
const home = fc.constantFrom(...homes);
const said = [
	fc.record({ do: fc.constant('tap' as const), by: home, quality }),
	fc.record({ do: fc.constant('tell' as const), by: home, quality, streams: fc.subarray([...streams]) }),
	fc.record({ do: fc.constant('observe' as const), by: fc.constantFrom(2, 3), quality }),
	fc.record({ do: fc.constant('sync' as const), by: fc.nat(3) })
];
const anySteps = fc.array(fc.oneof(...said), { minLength: 1, maxLength: 14 });
const withUndo = fc.array(fc.oneof(...said, fc.record({ do: fc.constant('undo' as const), by: home })), {
	minLength: 1,
	maxLength: 14
});

class Street {
	readonly server = new RevisionSet(policyOf);
	readonly phones = roles.map(() => new RevisionSet(policyOf));
	#minute = 0;

	take(step: Step): void {
		const phone = this.phone(step.by);
		switch (step.do) {
			case 'tap':
				return this.#write(step.by, tapWrite(phone, household, day, step.quality));
			case 'tell':
				return this.#write(
					step.by,
					reportWrite(phone, household, day, { quality: step.quality, streams: step.streams })
				);
			case 'undo':
				return this.#write(step.by, reportUndo(phone, household, day));
			case 'observe':
				return this.#write(step.by, observing(phone, step.quality));
			case 'sync':
				return this.sync(step.by);
		}
	}

	sync(by: number): void {
		const phone = this.phone(by);
		this.server.add(phone.revisions('check-in', entity));
		phone.add(this.server.revisions('check-in', entity));
	}

	meet(): void {
		for (const by of [0, 1, 2, 3, 0, 1, 2, 3]) this.sync(by);
	}

	phone(by: number): RevisionSet {
		const phone = this.phones[by];
		if (!phone) throw new RangeError(`no phone ${by}`);
		return phone;
	}

	/** Seals as the app does, and holds each record against what the server asks. */
	#write(by: number, write: ReportWrite | undefined): void {
		if (!write) return;
		this.#minute += 1;
		const revision = seal({
			...{ kind: 'check-in', entity, scope: household, author: `account${by}`, device: `phone${by}` },
			...{ parents: write.seen, at: new Date(Date.UTC(2026, 10, 23, 0, this.#minute)).toISOString() },
			...(write.body ? { body: write.body } : { body: null, reason: 'by mistake' })
		});
		const phone = this.phone(by);
		const parents = write.seen.flatMap((hash) => phone.revision('check-in', entity, hash) ?? []);
		expect(writeRefusal(grantsOf([roles[by] ?? '']), revision, parents)).toBeUndefined();
		expect(checkRecord(revision)).toMatchObject({ ok: true });
		phone.add([revision]);
	}
}

/** As the worker's sheet writes: a doubt is settled first, by the first of what was said. */
function observing(phone: RevisionSet, quality: Quality): ReportWrite {
	const state = phone.state('check-in', entity);
	const seen = headsOf(state);
	if (state.status !== 'present') return { entity, body: { observed: { quality } }, seen };
	const settled = settle(state, checkIn.policy, new Map(state.doubts.map(({ path }) => [path, 0])));
	if (state.doubts.length > 0 && settled.status === 'settled') return { entity, body: settled.body, seen };
	return { entity, body: { ...state.body, observed: { quality } }, seen };
}

function qualityIn(body: JsonObject | null, view: string): Json | undefined {
	const said = body?.[view];
	return said !== undefined && isJsonObject(said) ? said['quality'] : undefined;
}

/** What the author of a record has a say in. */
function ownView({ device }: Revision): 'reported' | 'observed' {
	return ['phone0', 'phone1'].includes(device) ? 'reported' : 'observed';
}

/** Every value of a view's quality that stands, settled or in doubt. */
function standing(records: RevisionSet, view: string): readonly (Json | undefined)[] {
	const state = records.state('check-in', entity);
	if (state.status !== 'present') return [];
	const doubt = state.doubts.find(({ path }) => path === `/${view}/quality`);
	return doubt ? doubt.candidates.map(({ value }) => value) : [qualityIn(state.body, view)];
}

function lived(steps: readonly Step[]): Street {
	const street = new Street();
	for (const step of steps) street.take(step);
	street.meet();
	return street;
}

test('a word stands until someone who knew it says another, and both views stand', () => {
	fc.assert(
		fc.property(anySteps, (steps) => {
			const { server } = lived(steps);
			const revisions = new Map(
				[...server.revisions('check-in', entity)].map((revision) => [revision.hash, revision])
			);
			for (const revision of revisions.values()) {
				const view = ownView(revision);
				const word = qualityIn(revision.body, view);
				const known = revision.parents.some(
					(hash) => qualityIn(revisions.get(hash)?.body ?? null, view) === word
				);
				if (word === undefined || known) continue;
				const replaced = [...revisions.values()].some(
					(later) =>
						withAncestors(revisions, later.hash).has(revision.hash) && qualityIn(later.body, view) !== word
				);
				expect(standing(server, view)).toContainEqual(replaced ? expect.any(String) : word);
			}
		}),
		{ numRuns: foldRuns }
	);
});

test('tapped again by any phone of the household, nothing new is written', () => {
	fc.assert(
		fc.property(withUndo, home, quality, (steps, by, tapped) => {
			const street = lived(steps);
			street.take({ do: 'tap', by, quality: tapped });
			street.meet();
			const size = street.server.size;
			for (const phone of homes) street.take({ do: 'tap', by: phone, quality: tapped });
			street.meet();
			expect(street.server.size).toBe(size);
		}),
		{ numRuns: foldRuns }
	);
});

test('taken back where nobody built on it, the report is gone and what was observed stays', () => {
	fc.assert(
		fc.property(withUndo, home, (steps, by) => {
			const street = lived(steps);
			const before = standing(street.server, 'observed');
			if (!reportUndo(street.phone(by), household, day)) return;
			street.take({ do: 'undo', by });
			street.meet();
			expect(ownReport(street.server, household, day).status).toBe('none');
			expect(standing(street.server, 'observed').filter((word) => word !== undefined)).toEqual(
				before.filter((word) => word !== undefined)
			);
		}),
		{ numRuns: foldRuns }
	);
});
