import { onTestFinished } from 'vitest';
import type { AccountServer, SignIn } from '#access/account-server.ts';
import type { NamedDevice } from '#access/devices-api.ts';
import type { AccountListener, OpenStore } from '#app/session-parts.ts';
import { Session } from '#app/session.svelte.ts';
import type { Workplace } from '#app/workplace.svelte.ts';
import { toScope } from '#records/scope.ts';
import type { Synchroniser } from '#records/sync-status.ts';
import { AccountStore, openStore } from '#storage/account-store.ts';
import { openSealedStore } from '#storage/sealed-store.ts';
import { destroyStore, isNewHere } from '#storage/destroying.ts';
import { databaseName } from '#storage/schema.ts';
import { newDevice } from './devices.ts';
import { clock } from '../storage/stores.ts';
import { quickKeeper } from '../storage/quick-keeper.ts';

export const roles = ['worker:qianmen/caochang/g3'];
const scope = toScope('qianmen/caochang/g3/c12');

/** A server that knows one account with the password `right`. `reachable` is its network. */
function serverOf(name: string) {
	const devices: NamedDevice[] = [];
	const world = { reachable: true, signedOut: 0, devices };
	const server: AccountServer = {
		signIn(asked, password, device): Promise<SignIn> {
			devices.push(device);
			if (!world.reachable) return Promise.resolve({ outcome: 'offline' });
			const right = asked === name && password === 'right';
			return Promise.resolve(
				right ? { outcome: 'signed-in', name, roles, handover: 'secret' } : { outcome: 'wrong' }
			);
		},
		signOut() {
			world.signedOut += 1;
			return Promise.resolve();
		},
		checkSetUp: () => Promise.resolve({ outcome: 'closed' }),
		setUp: () => Promise.resolve({ outcome: 'closed' })
	};
	return { world, server };
}

/** One device with its disk; each `start` is the app opened anew on it. */
export function device(account: string) {
	const { world, server } = serverOf(account);
	const disk = newDevice().open();
	const synchronisers: { stopped: boolean }[] = [];
	const told: AccountListener[] = [];
	const memory = { forgotten: 0 };
	/** Whether the office wants a PIN before anything is stored. */
	const office = { wantsPin: false };
	/** As PINs are judged by; it stands until it is moved on. */
	let time = clock().getTime();
	function start(): Session {
		return new Session({
			device: disk,
			server,
			now: clock,
			deviceLabel: '安卓手机 Chrome',
			forgetMemory: () => (memory.forgotten += 1),
			destroyStore,
			lockKeeper: () => Promise.resolve(quickKeeper(() => new Date(time))),
			wantsPin: async (asked) => office.wantsPin && (await isNewHere(asked.name)),
			openStore: async (name, key) => {
				const setup = { account: name, now: clock };
				const store = key
					? new AccountStore((await openSealedStore(setup, key)).parts)
					: await openStore(setup);
				onTestFinished(() => store.close());
				const startSync: OpenStore['startSync'] = (listener) => {
					told.push(listener);
					return Promise.resolve(fakeSync(synchronisers));
				};
				return { store, startSync, remove: (ids) => store.remove(ids) };
			}
		});
	}
	return { world, disk, start, synchronisers, told, memory, office, pass: (ms: number) => (time += ms) };
}

function fakeSync(made: { stopped: boolean }[]): Synchroniser {
	const own = { stopped: false };
	made.push(own);
	return {
		status: { activity: { state: 'idle' }, damaged: 0, lastDone: clock().toISOString() },
		onStatus: () => () => {},
		now: () => {},
		fetchPhoto: () => Promise.resolve(undefined),
		stop: () => (own.stopped = true)
	};
}

export function workplaceOf(session: Session): Workplace {
	if (session.state.status !== 'open') throw new Error(`the session is ${session.state.status}`);
	return session.state.workplace;
}

export async function hasDatabase(account: string): Promise<boolean> {
	return (await indexedDB.databases()).some(({ name }) => name === databaseName(account));
}

export const courtyard = {
	kind: 'courtyard',
	entity: 'qianmen.caochang.g3.c12',
	scope,
	body: { name: '草厂三条12号' }
};
