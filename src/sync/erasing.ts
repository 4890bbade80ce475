import { erasure, readErasure } from '#kinds/erasure.ts';
import { builtOnErased, isPersonal } from '#kinds/personal.ts';
import type { OwnRevision } from '#records/phone-store.ts';
import type { Revision } from '#records/revision.ts';
import { isWithin, type Scope } from '#records/scope.ts';
import type { Replacement, SyncStore } from '#records/sync-store.ts';
import { impersonalCopy } from './impersonal-copy.ts';

/** More undelivered records than these about erased households no device has. */
const most = 10_000;

/** What the server says of erasures: which households', up to when (ISO 8601), and ids of records that are gone. */
export interface Erased {
	readonly households: readonly { readonly household: Scope; readonly before: string }[];
	readonly gone: readonly string[];
}

/** The households that records of erasures among `revisions` are about. */
export function householdsErased(revisions: readonly Revision[]): Erased['households'] {
	return revisions.flatMap(({ kind, scope, body }) => {
		const read = kind === erasure.name && body ? readErasure(body) : undefined;
		return read ? [{ household: scope, before: read.before }] : [];
	});
}

/**
 * What is still only here and was recorded about such a household before, or later on top of what is gone, and drafts
 * of the same, leave nothing personal behind.
 */
export async function heedErasures(
	store: SyncStore,
	{ households, gone }: Erased,
	now: () => Date
): Promise<void> {
	if (gone.length > 0) {
		await store.dropDraftsOn(gone);
		await replaceThose(store, now, () => false, gone);
	}
	for (const { household, before } of households) {
		await store.dropDraftsAbout(household, before);
		await replaceThose(store, now, ({ revision }) => {
			return isWithin(revision.scope, household) && Date.parse(revision.at) <= Date.parse(before);
		});
	}
}

/**
 * Puts what may stay in the place of records that the server refused because their household was erased, and of what
 * was written on top of them.
 */
export function mendErased(store: SyncStore, now: () => Date): Promise<void> {
	return replaceThose(
		store,
		now,
		({ delivery }) => delivery.state === 'refused' && isErased(delivery.reason)
	);
}

/** Whether the server refused a record because the personal data of its household was erased. */
export function isErased(reason: string): boolean {
	return reason.startsWith('erased:');
}

/** Puts what may stay in the place of undelivered records that the server says are erased. */
export async function leaveImpersonal(
	store: SyncStore,
	erased: readonly Revision[],
	now: () => Date
): Promise<void> {
	const replacements = erased.map((revision): Replacement => {
		const by = impersonalCopy(revision, now().toISOString());
		// What this version finds nothing personal in, and the server does, goes whole.
		return by && by !== revision ? { id: revision._id, by } : { id: revision._id };
	});
	if (replacements.length > 0) await store.replace(replacements);
}

async function replaceThose(
	store: SyncStore,
	now: () => Date,
	erased: (own: OwnRevision) => boolean,
	gone: readonly string[] = []
): Promise<void> {
	const undelivered = [...(await store.own('waiting', most)), ...(await store.own('refused', most))];
	const first = undelivered.filter(erased).map(({ revision }) => revision);
	const without = [...gone, ...first.filter(isPersonal).map(({ _id }) => _id)];
	const built = builtOnErased(
		undelivered.map(({ revision }) => revision),
		without
	);
	const replacements = [...new Set([...first, ...built])].flatMap((revision): readonly Replacement[] => {
		const by = impersonalCopy(revision, now().toISOString());
		if (by === revision) return [];
		return [by ? { id: revision._id, by } : { id: revision._id }];
	});
	if (replacements.length > 0) await store.replace(replacements);
}
