import * as v from 'valibot';
import { checkRecord } from '#kinds/check-record.ts';
import { policyOf } from '#kinds/kinds.ts';
import { databaseOf, scopeOfDatabase } from '#records/database-name.ts';
import { RevisionSet } from '#records/revision-set.ts';
import type { Revision } from '#records/revision.ts';
import { isWithin, type Scope } from '#records/scope.ts';
import { knownPlaces, placeKinds, type KnownPlace } from '#roster/known-place.ts';
import { CommandError, reasonOf, type Client } from './client.ts';

const databaseNames = v.array(v.string());
const rowsWithDocs = v.object({ rows: v.array(v.object({ doc: v.optional(v.unknown()) })) });
const refusedDocs = v.array(v.object({ id: v.string(), error: v.string(), reason: v.string() }));

const batchSize = 500;

/** A record that the server did not take. */
export interface RefusedRecord {
	readonly id: string;
	readonly reason: string;
}

/** The places the account may see in and around `base`. Check-ins are not fetched. */
export async function fetchPlaces(client: Client, base: Scope): Promise<ReadonlyMap<Scope, KnownPlace>> {
	const set = new RevisionSet(policyOf);
	for (const name of v.parse(databaseNames, await json(client, '/db/_all_dbs'))) {
		const scope = scopeOfDatabase(name);
		if (!scope || !(isWithin(scope, base) || isWithin(base, scope))) continue;
		for (const kind of placeKinds) set.add(await fetchKind(client, name, kind));
	}
	return knownPlaces(set, base);
}

async function fetchKind(client: Client, database: string, kind: string): Promise<readonly Revision[]> {
	const range = new URLSearchParams({
		include_docs: 'true',
		startkey: JSON.stringify(`${kind}:`),
		endkey: JSON.stringify(`${kind}:\uFFFF`)
	});
	const { rows } = v.parse(rowsWithDocs, await json(client, `/db/${database}/_all_docs?${range.toString()}`));
	return rows.flatMap(({ doc }) => {
		const checked = checkRecord(doc);
		return checked.ok ? [checked.revision] : [];
	});
}

/**
 * Writes `revisions` into their databases, which are opened where they are missing. Returns what the
 * server refused. May be repeated: what is there already is taken for written.
 */
export async function pushRevisions(
	client: Client,
	revisions: readonly Revision[]
): Promise<readonly RefusedRecord[]> {
	const refused: RefusedRecord[] = [];
	for (const [database, docs] of Map.groupBy(revisions, ({ scope }) => databaseOf(scope))) {
		await openDatabase(client, database);
		for (let from = 0; from < docs.length; from += batchSize) {
			const batch = { docs: docs.slice(from, from + batchSize), new_edits: false };
			const answer = await json(client, `/db/${database}/_bulk_docs`, {
				method: 'POST',
				headers: { 'Content-Type': 'application/json' },
				body: JSON.stringify(batch)
			});
			refused.push(...v.parse(refusedDocs, answer).map(({ id, reason }) => ({ id, reason })));
		}
	}
	return refused;
}

async function openDatabase(client: Client, name: string): Promise<void> {
	const head = await client.request(`/db/${name}`, { method: 'HEAD' });
	if (head.ok) return;
	const response = await client.request(`/db/${name}`, { method: 'PUT' });
	// 412: someone else opened it meanwhile.
	if (!response.ok && response.status !== 412) throw new CommandError(`${name}: ${await reasonOf(response)}`);
}

/** @throws CommandError in the server's own words. */
async function json(client: Client, path: string, init?: RequestInit): Promise<unknown> {
	const response = await client.request(path, init);
	if (!response.ok) throw new CommandError(`${path}: ${await reasonOf(response)}`);
	return await response.json();
}
