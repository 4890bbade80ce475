import { policyOf } from '#kinds/kinds.ts';
import { toDay, type Day } from '#kinds/day.ts';
import { checkInEntity, qualities, streams, type Quality, type Stream } from '#kinds/check-in.ts';
import { checkRevision } from '#records/check-revision.ts';
import { canonicalJson } from '#records/canonical-json.ts';
import type { Json, JsonObject } from '#records/json.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { seal, type Revision } from '#records/revision.ts';
import { toScope, type Scope } from '#records/scope.ts';
import fc from 'fast-check';
import { overTheWire } from '../parsed-json.ts';
import { asAdmin, type Phone } from '../sync/phone.ts';
import type { TestServer } from '../serve.ts';

/** Something a person sets down about one of a few check-ins; `undefined` quality takes it back. */
export interface Writing {
	readonly household: number;
	readonly day: Day;
	readonly quality: Quality | undefined;
	readonly streams: readonly Stream[];
}

export const anyWriting: fc.Arbitrary<Writing> = fc.record({
	household: fc.integer({ min: 1, max: 2 }),
	day: fc.constantFrom(toDay('2026-11-22'), toDay('2026-11-23')),
	quality: fc.option(fc.constantFrom(...qualities), { nil: undefined, freq: 6 }),
	streams: fc.subarray([...streams])
});

/** Saves a writing on a phone, on top of what that phone knows. */
export function write(phone: Phone, grid: string, writing: Writing, at: number): Revision {
	const scope: Scope = toScope(`${grid}/c1/h${writing.household}`);
	const entity = checkInEntity(scope, writing.day);
	const state = known(phone.store.revisions.values()).state('check-in', entity);
	const body: JsonObject | null =
		writing.quality === undefined
			? null
			: { observed: { quality: writing.quality, streams: writing.streams, note: `${phone.account} ${at}` } };
	const content = {
		kind: 'check-in',
		entity,
		parents: state.status === 'unknown' ? [] : state.heads,
		scope,
		author: phone.account,
		device: phone.account,
		at: new Date(Date.UTC(2026, 10, 23) + at).toISOString(),
		body
	};
	const revision = seal(body === null ? { ...content, reason: 'written at the wrong door' } : content);
	phone.store.save([revision]);
	return revision;
}

/** The state of every check-in, byte for byte. */
export function states(revisions: Iterable<Revision>): string {
	const set = known(revisions);
	const entities = [...set.entities('check-in')].sort();
	return canonicalJson(entities.map((entity): Json => [entity, overTheWire(set.state('check-in', entity))]));
}

/** The records in a database on the server, each as often as it is there. */
export async function recordsOnServer(server: TestServer, database: string): Promise<readonly Revision[]> {
	const answer = await asAdmin(server, 'GET', `${database}/_changes?include_docs=true&style=all_docs`);
	const rows = list(answer, 'results').flatMap((row) => list(row, 'changes').map(() => member(row, 'doc')));
	return rows.map((doc) => {
		const checked = checkRevision(doc);
		if (!checked.ok) throw new Error(`on the server: ${JSON.stringify(doc)}`);
		return checked.revision;
	});
}

function known(revisions: Iterable<Revision>): RevisionSet {
	const set = new RevisionSet(policyOf);
	set.add(revisions);
	return set;
}

function member(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null
		? Object.entries(value).find(([key]) => key === name)?.[1]
		: undefined;
}

function list(value: unknown, name: string): readonly unknown[] {
	const found = member(value, name);
	if (!Array.isArray(found)) throw new Error(`no list ${name} in ${JSON.stringify(value)}`);
	return found;
}
