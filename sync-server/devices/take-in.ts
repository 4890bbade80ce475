import { grantsOf, type Grant } from '#access/grant.ts';
import { asksForPast, writeRefusal } from '#access/rights.ts';
import { checkRecord } from '#kinds/check-record.ts';
import { dayAt } from '#kinds/day.ts';
import { databaseOf, scopeOfDatabase } from '#records/database-name.ts';
import type { Refusal } from '#records/check-revision.ts';
import { namedHashes } from '#records/named-hashes.ts';
import type { Revision } from '#records/revision.ts';
import { scopeAt } from '#records/scope.ts';
import { earlyRefusal } from '../api/check-day.ts';
import type { CouchDeps } from '../api/couch-deps.ts';
import { pastIn } from '../api/past-in.ts';
import { writeDocuments } from '../api/write-documents.ts';
import { CouchError } from '../couch-error.ts';
import { erasedWords } from '../erasure/erased-words.ts';
import type { Database } from '../storage/database.ts';
import { anyBuried } from '../storage/tombstones.ts';
import { isAdmin, type User } from '../user.ts';
import type { Handover, Handovers } from './handovers.ts';

export interface TakeInDeps {
	readonly couch: CouchDeps;
	readonly handovers: Pick<Handovers, 'photos'>;
}

/**
 * Writes a record that was handed over and its photos, unchanged, as a restore by a server admin would: one more
 * revision, on top of what its author had seen. @throws CouchError 409 when it may not enter.
 */
export async function takeIn(
	{ record }: Pick<Handover, 'record'>,
	by: User,
	{ couch, handovers }: TakeInDeps
): Promise<void> {
	const name = databaseOf(record.scope);
	const whole = await couch.databases.get(name);
	if (!whole) throw new CouchError(409, 'conflict', `There is no database ${name}.`);
	const checked = checkRecord(record);
	const refusal = checked.ok ? await refusalOf(checked.revision, by, whole, couch) : checked.refusal;
	if (refusal) throw new CouchError(409, 'conflict', `${refusal.code}: ${refusal.detail}`);
	const photos = await handovers.photos(checked.ok ? namedHashes(checked.revision.body) : []);
	const restorer: User = { name: by.name, roles: ['_admin'] };
	const call = { deps: couch, database: whole, whole, scope: scopeOfDatabase(name), user: restorer };
	const { results } = await writeDocuments(call, [...photos, record], false);
	const refused = results.find((result) => !result.ok);
	if (refused && !refused.ok) throw new CouchError(409, 'conflict', refused.reason);
}

/**
 * By the rights of the office that decides, which may all that anyone within its place may, whatever became of the
 * author's since. What nobody may, such as having filed minutes otherwise, enters by no decision.
 */
async function refusalOf(
	revision: Revision,
	by: User,
	whole: Database,
	couch: CouchDeps
): Promise<Refusal | undefined> {
	const erased = await erasedWords(
		revision,
		(place) => couch.erasedBefore?.(place),
		(ids) => anyBuried(whole, ids)
	);
	if (erased) return erased;
	const grants = decidingAs(by, revision);
	const past = asksForPast(grants, revision) ? await pastIn(whole, notInBatch, revision) : [];
	return writeRefusal(grants, revision, past) ?? earlyRefusal(grants, revision, dayAt(new Date(couch.now())));
}

/** A server admin decides as the office of the whole subdistrict would. */
function decidingAs(by: User, { scope }: Revision): readonly Grant[] {
	const subdistrict = scopeAt(scope, 'subdistrict');
	return isAdmin(by) && subdistrict ? [{ role: 'office', scope: subdistrict }] : grantsOf(by.roles);
}

function notInBatch(): Promise<undefined> {
	return Promise.resolve(undefined);
}
