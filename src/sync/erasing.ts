import { erasure, readErasure } from '#kinds/erasure.ts';
import { builtOnErased, isPersonal } from '#kinds/personal.ts';
import type { OwnRevision } from '#records/phone-store.ts';
import type { Revision } from '#records/revision.ts';
import { isWithin } from '#records/scope.ts';
import type { Replacement, SyncStore } from '#records/sync-store.ts';
import { impersonalCopy } from './impersonal-copy.ts';
import type { TakenIn } from './take-in.ts';

/** More undelivered records than these about erased households no device has. */
const most = 10_000;

/**
 * Heeds what the server says of erasures: what is still only here and was recorded about such a household before, or
 * later on top of what is gone, and drafts of the same, leave nothing personal behind.
 */
export async function heedErasures(
	store: SyncStore,
	{ revisions, gone }: Pick<TakenIn, 'revisions' | 'gone'>,
	now: () => Date
): Promise<void> {
	if (gone.ids.length > 0) {
		await store.dropDraftsOn(gone.ids);
		await replaceThose(store, now, () => false, gone.ids);
	}
	for (const { kind, scope, body } of revisions) {
		const before = kind === erasure.name && body ? readErasure(body)?.before : undefined;
		if (before === undefined) continue;
		await store.dropDraftsAbout(scope, before);
		await replaceThose(store, now, ({ revision }) => {
			return isWithin(revision.scope, scope) && Date.parse(revision.at) <= Date.parse(before);
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
