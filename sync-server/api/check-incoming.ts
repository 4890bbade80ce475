import { grantsOf } from '#access/grant.ts';
import { belongsIn, mayWrite } from '#access/rights.ts';
import { checkRecord } from '#kinds/check-record.ts';
import { databaseOf } from '#records/database-name.ts';
import type { Refusal, RefusalCode } from '#records/check-revision.ts';
import { isJsonObject } from '#records/json.ts';
import { isWithin, type Scope } from '#records/scope.ts';
import { isAdmin, type User } from '../user.ts';
import type { ShapedDoc } from './document-shape.ts';
import { isPhotoId, photoRefusal } from './check-photo.ts';

/** Where a document is to be written, and who asks. */
export interface IncomingTarget {
	readonly database: string;
	/** The place whose records the database holds. */
	readonly scope: Scope;
	readonly user: User;
}

/**
 * Why the attachments of a document, as it was sent, are not worth decoding, or undefined when they are: a photo is
 * one, from an account that may write one here. Only what an administrator sends may have more.
 */
export function undecodedRefusal(value: unknown, target: IncomingTarget): Refusal | undefined {
	if (!isJsonObject(value) || value['_attachments'] === undefined || isAdmin(target.user)) return undefined;
	const attachments = value['_attachments'];
	if (isJsonObject(attachments) && Object.keys(attachments).length > 1)
		return refusal('shape', 'more than one attachment', '/_attachments');
	return photoRightsRefusal(target);
}

/**
 * Why a document may not enter a scope database, or undefined when it may: it is a record of this place
 * by the account that sends it, a photo of one, or an administrator's design document. Records are never
 * deleted. An administrator may bring records of other authors: a restore, a replication.
 */
export function incomingRefusal(doc: ShapedDoc, target: IncomingTarget): Refusal | undefined {
	if (doc._id.startsWith('_design/')) {
		return isAdmin(target.user)
			? undefined
			: refusal('rights', 'design documents are for server admins', '/_id');
	}
	if (doc._deleted) return refusal('rights', 'records are never deleted', '/_deleted');
	const { _revisions, ...content } = doc;
	if (_revisions && _revisions.start !== 1)
		return refusal('shape', 'a record has no earlier revision', '/_revisions');
	if (isPhotoId(doc._id)) return photoRefusal(content) ?? photoRightsRefusal(target);
	return recordRefusal(content, target);
}

function recordRefusal(content: ShapedDoc, { database, user }: IncomingTarget): Refusal | undefined {
	const checked = checkRecord(content);
	if (!checked.ok) return checked.refusal;
	const { kind, scope, author } = checked.revision;
	if (!belongsIn(database, scope)) return refusal('scope', `belongs in ${databaseOf(scope)}`, '/scope');
	if (isAdmin(user)) return undefined;
	if (author !== user.name) return refusal('author', `sent by ${user.name ?? 'nobody'}`, '/author');
	const grants = grantsOf(user.roles);
	if (mayWrite(grants, kind, scope)) return undefined;
	const covered = grants.some((grant) => isWithin(scope, grant.scope));
	return covered
		? refusal('rights', `no role here writes ${kind}`, '/kind')
		: refusal('scope', `no role for ${scope}`, '/scope');
}

/** A photo belongs to no place of its own: who writes records into the database may add one. */
function photoRightsRefusal({ database, scope, user }: IncomingTarget): Refusal | undefined {
	if (isAdmin(user)) return undefined;
	const writes = grantsOf(user.roles).some(
		(grant) => isWithin(scope, grant.scope) || belongsIn(database, grant.scope)
	);
	return writes ? undefined : refusal('rights', 'no role writes into this database', '/_id');
}

function refusal(code: RefusalCode, detail: string, at: string): Refusal {
	return { code, detail, at };
}
