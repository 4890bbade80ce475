import type * as v from 'valibot';
import type { handover } from '#access/devices-api.ts';
import { hasRight, holders } from '#access/rights-table.ts';
import { checkRecord } from '#kinds/check-record.ts';
import { builtOnErased, erasedAt } from '#kinds/personal.ts';
import type { Refusal } from '#records/check-revision.ts';
import { isHash } from '#records/hash.ts';
import { isJsonObject } from '#records/json.ts';
import { namedHashes } from '#records/named-hashes.ts';
import { revOf, type Revision } from '#records/revision.ts';
import { photoRefusal } from '../api/check-photo.ts';
import type { AttachmentBytes, IncomingDoc } from '../storage/stored-doc.ts';

/** As it lies in every database, its bytes decoded. */
export interface PhotoDocument extends IncomingDoc {
	readonly _rev: string;
	readonly _attachments: Readonly<Record<'photo', AttachmentBytes>>;
}

export interface Refused {
	readonly id: string;
	readonly reason: string;
}

export interface CheckedHandover {
	readonly records: readonly Revision[];
	readonly photos: readonly PhotoDocument[];
	readonly refused: readonly Refused[];
}

/** No record has a longer one. */
const maxId = 400;

type Sent = v.InferOutput<typeof handover>;
/** Why a record may not be kept: it has, or may carry on, words that were erased. */
type Erased = (revision: Revision) => Promise<Refusal | undefined>;

/**
 * What an account may hand over: whole records of its own, of a kind that anyone may write, wherever they belong and
 * whatever its rights are by now; and the photos that these name.
 */
export async function checkHandover(
	account: string,
	{ records, photos }: Sent,
	erased: Erased
): Promise<CheckedHandover> {
	const refused: Refused[] = [];
	const own = records.flatMap((value, index) => {
		const checked = checkRecord(value);
		const refusal = checked.ok ? refusalOf(checked.revision, account) : checked.refusal;
		if (!refusal) return checked.ok ? [checked.revision] : [];
		refused.push({ id: idOf(value, index), reason: textOf(refusal) });
		return [];
	});
	const reasons = await erasedOf(own, erased);
	for (const [{ _id: id }, refusal] of reasons) refused.push({ id, reason: textOf(refusal) });
	const fit = own.filter((revision) => !reasons.has(revision));
	const named = new Set<string>(fit.flatMap(({ body }) => namedHashes(body)));
	const shown = photos.flatMap((photo) => {
		const doc = photoDocument(photo);
		const refusal = named.has(photo.hash)
			? photoRefusal(doc)
			: ({ code: 'shape', detail: 'no record here names it' } as const);
		if (!refusal) return [doc];
		refused.push({ id: doc._id.slice(0, maxId), reason: textOf(refusal) });
		return [];
	});
	return { records: unique(fit), photos: unique(shown), refused };
}

/** Those with erased words, and those of the same request that were written on top of them. */
async function erasedOf(
	revisions: readonly Revision[],
	erased: Erased
): Promise<ReadonlyMap<Revision, Refusal>> {
	const found = new Map<Revision, Refusal>();
	for (const revision of revisions) {
		const refusal = await erased(revision);
		if (refusal) found.set(revision, refusal);
	}
	const gone = [...found.keys()].map(({ _id }) => _id);
	for (const revision of builtOnErased(revisions, gone))
		if (!found.has(revision)) found.set(revision, erasedAt('/parents'));
	return found;
}

function refusalOf({ author, kind }: Revision, account: string): Refusal | undefined {
	if (author !== account) return { code: 'author', detail: `sent by ${account}`, at: '/author' };
	if (holders.some((holder) => hasRight(holder, kind, 'w'))) return undefined;
	return { code: 'rights', detail: `no role writes ${kind}`, at: '/kind' };
}

function photoDocument({ hash, type, data }: Sent['photos'][number]): PhotoDocument {
	const photo = { content_type: type, data: Buffer.from(data, 'base64') };
	return { _id: `photo:${hash}`, _rev: isHash(hash) ? revOf(hash) : '', _attachments: { photo } };
}

function unique<Doc extends { readonly _id: string }>(docs: readonly Doc[]): readonly Doc[] {
	return [...new Map(docs.map((doc) => [doc._id, doc])).values()];
}

function idOf(value: unknown, index: number): string {
	const id = isJsonObject(value) ? value['_id'] : undefined;
	return typeof id === 'string' && id.length <= maxId ? id.toWellFormed() : `#${index}`;
}

function textOf({ code, detail, at }: Refusal): string {
	return at === undefined ? `${code}: ${detail}` : `${code}: ${detail} (${at})`;
}
