import * as v from 'valibot';
import { parseGrant } from '#access/grant.ts';
import { entityOfScope } from '#kinds/kind.ts';
import { kinds } from '#kinds/kinds.ts';
import { matterOf } from '#kinds/matter.ts';
import { publicationEntity } from '#kinds/publication.ts';
import { isBoundedJson } from '#records/bounded-json.ts';
import { recordBounds } from '#records/check-revision.ts';
import { databaseOf } from '#records/database-name.ts';
import { namedHashes } from '#records/named-hashes.ts';
import type { Revision } from '#records/revision.ts';
import { levels, scopeAt, type Scope } from '#records/scope.ts';
import type { Database } from '../storage/database.ts';
import type { Databases } from '../storage/databases.ts';
import { storedRecords } from '../storage/stored-records.ts';

const pageSize = 1000;

/** All records about the household, of every kind, and what was published of the matters among them. */
export async function recordsAbout(databases: Databases, household: Scope): Promise<readonly Revision[]> {
	const database = await databases.get(databaseOf(household));
	const entity = entityOfScope(household);
	const found = [];
	for (const kind of kinds.keys()) {
		for (const end of [':', '.']) found.push(...(await storedRecords(database, `${kind}:${entity}${end}`)));
	}
	const about = found.filter(({ scope }) => scope === household);
	return [...about, ...(await publishedOf(databases, household, about))];
}

/** The household's place and all that it lies in, outermost first. */
export function placesAround(household: Scope): readonly Scope[] {
	return levels.flatMap((level) => scopeAt(household, level) ?? []);
}

/** A publication names its matter by the id alone: one that somebody else's matter around has as well tells nothing. */
async function publishedOf(
	databases: Databases,
	household: Scope,
	about: readonly Revision[]
): Promise<readonly Revision[]> {
	const ids = new Set(
		about.flatMap(({ kind, entity }) => (kind === 'matter' ? (matterOf(entity)?.id ?? []) : []))
	);
	if (ids.size === 0) return [];
	const places = placesAround(household);
	for (const name of new Set(places.map(databaseOf))) {
		const others = (await storedRecords(await databases.get(name), 'matter:')).filter(
			({ scope }) => scope !== household
		);
		for (const { entity } of others) ids.delete(matterOf(entity)?.id ?? '');
	}
	const found = [];
	for (const scope of places) {
		const database = await databases.get(databaseOf(scope));
		for (const id of ids)
			found.push(
				...(await storedRecords(database, `publication:${publicationEntity(scope, id, 'matter')}:`))
			);
	}
	return found;
}

/** Those of these photos that no record in the database names, but for the records `leaving`. */
export async function unnamedPhotos(
	database: Database,
	photos: readonly string[],
	leaving: ReadonlySet<string>
): Promise<readonly string[]> {
	const left = new Set(photos);
	let startkey: string | undefined;
	while (left.size > 0) {
		const page = { include_docs: true, limit: pageSize, ...(startkey !== undefined && { startkey }) };
		const { rows } = await database.allDocs(page);
		for (const row of rows) {
			if (leaving.has(row.key)) continue;
			const body = 'doc' in row ? row.doc?.['body'] : undefined;
			if (isBoundedJson(body, recordBounds)) for (const hash of namedHashes(body)) left.delete(photoId(hash));
		}
		const last = rows.at(-1);
		if (rows.length < pageSize || !last) break;
		startkey = `${last.key}\u0000`;
	}
	return [...left];
}

export function photoId(hash: string): string {
	return `photo:${hash}`;
}

const user = v.object({ _id: v.string(), name: v.string(), roles: v.array(v.string()) });

/** An account of the household. `others`: roles of its that are about something else. */
export interface ResidentAccount {
	readonly id: string;
	readonly name: string;
	readonly others: readonly string[];
}

export async function accountsOf(
	databases: Databases,
	household: Scope
): Promise<readonly ResidentAccount[]> {
	const users = await databases.get('_users');
	const { rows } = (await users?.allDocs({ include_docs: true })) ?? { rows: [] };
	return rows.flatMap((row) => {
		const parsed = v.safeParse(user, 'doc' in row ? row.doc : undefined);
		if (!parsed.success) return [];
		const { _id: id, name, roles } = parsed.output;
		const others = roles.filter((role) => !isHome(role, household));
		return others.length < roles.length ? [{ id, name, others }] : [];
	});
}

function isHome(role: string, household: Scope): boolean {
	const grant = parseGrant(role);
	return grant?.role === 'resident' && grant.scope === household;
}
