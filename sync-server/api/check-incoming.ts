import type { Grant } from '#access/grant.ts';
import { mayAsOwner } from '#access/matter-owner.ts';
import { asksForPast, belongsIn, mayAddPhoto, writeRefusal } from '#access/rights.ts';
import { checkRecord } from '#kinds/check-record.ts';
import type { Day } from '#kinds/day.ts';
import { databaseOf } from '#records/database-name.ts';
import type { Refusal, RefusalCode } from '#records/check-revision.ts';
import { isJsonObject } from '#records/json.ts';
import type { Revision } from '#records/revision.ts';
import type { Scope } from '#records/scope.ts';
import { erasedWords, type ErasedBefore } from '../erasure/erased-words.ts';
import { isAdmin, type User } from '../user.ts';
import type { ShapedDoc } from './document-shape.ts';
import { earlyRefusal } from './check-day.ts';
import { isPhotoId, photoRefusal } from './check-photo.ts';

/** Where a document is to be written, and who asks. */
export interface IncomingTarget {
	readonly database: string;
	/** The place whose records the database holds. */
	readonly scope: Scope;
	readonly user: User;
	/** The user's. */
	readonly grants: readonly Grant[];
	/** What is known of the revisions a record was built on. */
	readonly pastOf: (record: Revision) => Promise<readonly Revision[]>;
	/** Whether a matter that is recorded there is this account's to see to. */
	readonly ownsMatter: () => Promise<boolean>;
	/** The server's. */
	readonly today: Day;
	readonly erasedBefore: ErasedBefore;
	/** Whether any of these ids is of a record that was erased, or that is refused as such with this one. */
	readonly isGone: (ids: readonly string[]) => Promise<boolean>;
}

/**
 * Why the attachments of a document, as it was sent, are not worth decoding, or undefined when they are: a photo is
 * one, from an account that may write one here. Only what an administrator sends may have more.
 */
export async function undecodedRefusal(value: unknown, target: IncomingTarget): Promise<Refusal | undefined> {
	if (!isJsonObject(value) || value['_attachments'] === undefined || isAdmin(target.user)) return undefined;
	const attachments = value['_attachments'];
	if (isJsonObject(attachments) && Object.keys(attachments).length > 1)
		return refusal('shape', 'more than one attachment', '/_attachments');
	return await photoRightsRefusal(target);
}

/**
 * Why a document may not enter a scope database, or undefined when it may: it is a record of this place
 * by the account that sends it and within its rights, a photo of one, or an administrator's design document. Records
 * are never deleted. An administrator may bring records of other authors: a restore, a replication.
 */
export async function incomingRefusal(doc: ShapedDoc, target: IncomingTarget): Promise<Refusal | undefined> {
	if (doc._id.startsWith('_design/')) {
		return isAdmin(target.user)
			? undefined
			: refusal('rights', 'design documents are for server admins', '/_id');
	}
	if (doc._deleted) return refusal('rights', 'records are never deleted', '/_deleted');
	const { _revisions, ...content } = doc;
	if (_revisions && _revisions.start !== 1)
		return refusal('shape', 'a record has no earlier revision', '/_revisions');
	if (isPhotoId(doc._id)) return photoRefusal(content) ?? (await photoRightsRefusal(target));
	return await recordRefusal(content, target);
}

async function recordRefusal(
	content: ShapedDoc,
	{ database, user, grants, today, pastOf, erasedBefore, isGone }: IncomingTarget
): Promise<Refusal | undefined> {
	const checked = checkRecord(content);
	if (!checked.ok) return checked.refusal;
	const { revision } = checked;
	const { scope, author } = revision;
	if (!belongsIn(database, scope)) return refusal('scope', `belongs in ${databaseOf(scope)}`, '/scope');
	const erased = await erasedWords(revision, erasedBefore, isGone);
	if (isAdmin(user)) return erased;
	if (author !== user.name) return refusal('author', `sent by ${user.name ?? 'nobody'}`, '/author');
	const past = asksForPast(grants, revision) ? await pastOf(revision) : [];
	const refused = writeRefusal(grants, revision, past) ?? earlyRefusal(grants, revision, today);
	// Only who might write it is told that a household had its data erased.
	return refused ?? erased;
}

async function photoRightsRefusal({
	scope,
	user,
	grants,
	ownsMatter
}: IncomingTarget): Promise<Refusal | undefined> {
	if (isAdmin(user) || mayAddPhoto(grants, scope)) return undefined;
	if (mayAsOwner(grants, 'progress', scope) && (await ownsMatter())) return undefined;
	return refusal('rights', 'no role adds photos to this database', '/_id');
}

function refusal(code: RefusalCode, detail: string, at: string): Refusal {
	return { code, detail, at };
}
