import { grantsOf, type Grant } from '#access/grant.ts';
import { mayAsOwner } from '#access/matter-owner.ts';
import { mayReadId, mayReadNode, mayWrite, readsAllOf } from '#access/rights.ts';
import { scopeOfDatabase } from '#records/database-name.ts';
import type { OwnRevision } from '#records/phone-store.ts';
import type { Revision } from '#records/revision.ts';
import type { SyncTrouble } from '#records/sync-status.ts';
import type { Readable, SyncStore } from '#records/sync-store.ts';
import type { DeviceDesk } from './device-desk.ts';
import { handOver } from './hand-over.ts';
import type { Pushed } from './push.ts';
import { WireError } from './wire-error.ts';

export interface LostGrantsDeps {
	readonly store: SyncStore;
	readonly push: () => Promise<Pushed>;
	readonly desk: () => Promise<DeviceDesk | undefined>;
	readonly now: () => Date;
}

const manyAtOnce = 10_000;

/**
 * When the account's roles are others than those this device was last cleared for: sends what waits, hands over
 * what is refused because a grant has ended, and takes out what may not be read any more. What is refused for other
 * reasons stays. `listed`: the databases the server says this account reads; where they are not those of the roles,
 * one of the answers is wrong, and nothing happens. Cut off or in trouble, it is done over.
 */
export async function clearAfterLostGrants(
	{ store, push, desk, now: clock }: LostGrantsDeps,
	roles: readonly string[],
	listed: readonly string[]
): Promise<SyncTrouble | undefined> {
	const before = await store.roles();
	if (before?.join() === roles.join()) return undefined;
	// The server's administrators read everything.
	if (roles.includes('_admin')) return remember(store, roles);
	const now = grantsOf(roles);
	if (!listed.every((name) => readsNodeOf(now, name))) return undefined;
	if (!before) {
		await store.dropUnreadable(readableBy(now, now));
		return remember(store, roles);
	}
	const earlier = grantsOf(before);
	const pushed = await push();
	if (pushed.trouble === 'offline' || pushed.trouble === 'signed-out') return pushed.trouble;
	const wrote = (grants: readonly Grant[], { kind, scope }: Revision) =>
		mayWrite(grants, kind, scope) || mayAsOwner(grants, kind, scope);
	const lost = (revision: Revision) => wrote(earlier, revision) && !wrote(now, revision);
	const handed = await handOverLost({ store, desk, now: clock }, lost);
	if (handed === 'offline') return handed;
	await store.dropUnreadable(readableBy(now, earlier));
	const waiting = await store.own('waiting', manyAtOnce);
	const later = handed === 'later' || waiting.some(({ revision }) => lost(revision));
	return later ? undefined : remember(store, roles);
}

async function remember(store: SyncStore, roles: readonly string[]): Promise<undefined> {
	await store.rememberRoles(roles);
}

/** `later`: the server fails. A server that takes nothing into its keeping leaves everything where it is. */
async function handOverLost(
	{ store, desk, now }: Pick<LostGrantsDeps, 'store' | 'desk' | 'now'>,
	lost: (revision: Revision) => boolean
): Promise<'done' | 'later' | 'offline'> {
	const refused = (await store.own('refused', manyAtOnce)).filter(isOutOfReach);
	const revisions = refused.map(({ revision }) => revision).filter(lost);
	const open = revisions.length > 0 ? await desk() : undefined;
	if (!open) return 'done';
	try {
		await handOver({ store, desk: open, onKept: () => Promise.resolve(), now }, revisions);
		return 'done';
	} catch (error) {
		if (!(error instanceof WireError)) throw error;
		if (error.trouble === 'offline') return 'offline';
		return (error.status ?? 0) >= 500 ? 'later' : 'done';
	}
}

function isOutOfReach({ delivery }: OwnRevision): boolean {
	return delivery.state === 'refused' && /^(?:scope|rights):/.test(delivery.reason);
}

/** A filtered view of a database changes with the grants: it is read anew. */
function readableBy(now: readonly Grant[], earlier: readonly Grant[]): Readable {
	const whole = (grants: readonly Grant[], name: string) => {
		const node = scopeOfDatabase(name);
		return node !== undefined && readsAllOf(grants, node);
	};
	return {
		database: (name) => readsNodeOf(now, name),
		record: (id, database) => whole(now, database) || mayReadId(now, id),
		place: (scope) => mayReadNode(now, scope),
		onward: (name) => whole(now, name) && whole(earlier, name)
	};
}

function readsNodeOf(grants: readonly Grant[], name: string): boolean {
	const node = scopeOfDatabase(name);
	return node === undefined || mayReadNode(grants, node);
}
