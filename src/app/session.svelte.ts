import { createContext, tick } from 'svelte';
import type { SignIn } from '#access/account-server.ts';
import { departFrom } from '#access/departing.ts';
import { dayAt, monthOf } from '#kinds/day.ts';
import { StoreError } from '#records/phone-store.ts';
import type { Dismissal } from '#records/sync-status.ts';
import type { Account } from './account.ts';
import { monthBefore } from './dates.ts';
import type { Exchange } from './exchange.svelte.ts';
import { SessionLock } from './session-lock.svelte.ts';
import type { OpenStore, SessionParts, SessionState, SignOut, StartSync } from './session-parts.ts';
import { Workplace } from './workplace.svelte.ts';

/** Who works on this device. Opens without any network once someone has signed in here. */
export class Session {
	readonly parts: SessionParts;
	readonly lock: SessionLock;
	#state: SessionState = $state.raw({ status: 'starting', done: 0 });
	#release = () => {};
	#remove: OpenStore['remove'] | undefined;
	#startSync: StartSync | undefined;
	#stopSync = () => {};

	constructor(parts: SessionParts) {
		this.parts = parts;
		this.lock = new SessionLock({
			keeper: parts.lockKeeper,
			open: () => accountIn(this.#state, 'pin-first'),
			locked: () => (this.#state.status === 'locked' ? this.#state.account : undefined),
			closeFor: (shown) => this.#closeFor(shown),
			openAs: (account) => this.#open(account),
			leave: (account) => this.#forgetWaysIn(account),
			left: () => this.#showSignedOut(),
			fail: (error) => (this.#state = { status: 'failed', error })
		});
	}

	get state(): SessionState {
		return this.#state;
	}

	/** Opens for the account that last signed in on this device, if there is one. */
	async start(): Promise<void> {
		try {
			const account = await this.parts.device.account();
			if (!account) await this.#showSignedOut();
			else if (await this.parts.wantsPin(account)) this.#askForPin(account);
			else await this.#open(account);
		} catch (error) {
			this.#state = { status: 'failed', error };
		}
	}

	/** Signs in at the server and opens. @throws StoreError */
	async signIn(name: string, password: string): Promise<SignIn> {
		const { device, deviceLabel, server } = this.parts;
		const answer = await server.signIn(name, password, { id: await device.id(), label: deviceLabel });
		if (answer.outcome === 'signed-in') await this.enter(answer);
		return answer;
	}

	/**
	 * Opens for an account that the server has just given a session. Whoever was open stays on this device with all
	 * their work, for when they sign in again. `handover`: the secret to hand over with, when the server gave one.
	 * @throws StoreError
	 */
	async enter({ name, roles, handover }: Account & { readonly handover?: string }): Promise<void> {
		const { device } = this.parts;
		const account = { name, roles };
		if (handover !== undefined) await device.keepHandover(name, { secret: handover, count: 0 });
		await device.keepAccount(account);
		const open = accountIn(this.#state, 'locked');
		if (this.#state.status === 'open' && open && sameAccount(open, account)) return;
		if (open?.name !== name) this.lock.forget();
		if (!(await this.parts.wantsPin(account))) return this.#reopen(account);
		await this.#closeFor('starting');
		this.#askForPin(account);
	}

	/** Nothing is stored until there is a PIN, which may also come from another tab. */
	#askForPin(account: Account): void {
		this.lock.follow(account.name);
		this.#state = { status: 'pin-first', account };
	}

	/** What would let anyone in who holds this device: after too many wrong PINs. */
	async #forgetWaysIn({ name }: Account): Promise<void> {
		const { device, server } = this.parts;
		await departFrom(device, name, { why: 'pin', handedOver: 0, drafts: 0 });
		await server.signOut();
		await this.#showSignedOut();
	}

	async #closeFor(shown: 'starting' | 'locked'): Promise<void> {
		const account = accountIn(this.#state);
		this.#stop();
		this.#state =
			shown === 'locked' && account ? { status: shown, account } : { status: 'starting', done: 0 };
		await tick();
		this.#close();
	}

	/**
	 * Ends the work of the open account here; what it kept stays for when it signs in again. With
	 * `forget` that goes too, unless some of it is only on this device: then nothing ends. @throws StoreError
	 */
	async signOut(forget: boolean): Promise<SignOut> {
		const shut = accountIn(this.#state, 'locked') ?? accountIn(this.#state, 'pin-first');
		if (this.#state.status !== 'open') return shut ? this.#leave(shut, false) : { outcome: 'signed-out' };
		const { account, store } = this.#state.workplace;
		const counts = await store.counts();
		if (forget && counts.waiting + counts.refused > 0) return { outcome: 'kept', ...counts };
		this.#state = { status: 'starting', done: 0 };
		this.#close();
		try {
			return await this.#leave(account, forget);
		} catch (error) {
			this.#state = { status: 'failed', error };
			throw error;
		}
	}

	async #leave(account: Account, forget: boolean): Promise<SignOut> {
		if (forget) {
			const { destroyed, waiting = 0, refused = 0 } = await this.parts.destroyStore(account.name);
			if (!destroyed) {
				await this.#open(account);
				return { outcome: 'kept', waiting, refused };
			}
			await this.parts.device.forgetCredential(account.name);
			await this.parts.device.forgetHandover(account.name);
		}
		await this.parts.device.forgetAccount();
		await this.parts.server.signOut();
		this.lock.forget();
		this.#state = { status: 'signed-out' };
		return { outcome: 'signed-out' };
	}

	/** Begins to exchange with the server for the open account, once; ended before its store is closed. */
	async connect(exchange: Exchange): Promise<void> {
		const start = this.#startSync;
		if (!start) return;
		this.#startSync = undefined;
		const release = this.#release;
		const here = () => release === this.#release;
		const starting = start({
			onAccount: (account) => void (here() && this.#follow(account)),
			onDismissal: (dismissal) => void (here() && this.#dismissed(dismissal))
		});
		// A store that was closed before it stood whole has nothing to exchange.
		const synchroniser = await starting.catch((error: unknown) => {
			if (here()) throw error;
		});
		if (!here()) return synchroniser?.stop();
		if (!synchroniser) return;
		const detach = exchange.attach(synchroniser);
		this.#stopSync = () => {
			this.#stopSync = () => {};
			detach();
		};
	}

	async #open(account: Account): Promise<void> {
		const { device, openStore, now } = this.parts;
		this.#state = { status: 'starting', done: 0 };
		this.lock.follow(account.name);
		const [id, opened] = await Promise.all([
			device.id(),
			openStore(account.name, this.lock.key).catch(unlessLocked)
		]);
		if (!opened) {
			const tried = this.lock.key !== undefined;
			this.lock.forget();
			this.#state = { status: 'locked', account };
			// A key that was just of no use would be so again.
			return tried ? undefined : this.lock.ask();
		}
		const { store, startSync, remove } = opened;
		const workplace = new Workplace(account, id, store, now);
		const month = monthOf(dayAt(now()));
		const stop = await workplace.open([monthBefore(month), month], (done, total) => {
			this.#state = { status: 'starting', done, total };
		});
		this.#startSync = startSync;
		this.#remove = remove;
		this.#release = () => {
			stop();
			store.close();
		};
		this.#state = { status: 'open', workplace };
	}

	/** Opens anew, with what the account may do now, when the server tells that this has changed. */
	async #follow(account: Account): Promise<void> {
		const { state } = this;
		if (state.status !== 'open' || sameAccount(state.workplace.account, account)) return;
		this.#state = { status: 'starting', done: 0 };
		try {
			await this.parts.device.keepAccount(account);
			await this.#reopen(account);
		} catch (error) {
			this.#state = { status: 'failed', error };
		}
	}

	/** What the server would not take is saved elsewhere: now this device lets go of it. */
	async letGo(): Promise<void> {
		if (this.#state.status !== 'dismissed') return;
		const { broken, workplace } = this.#state;
		try {
			await this.#remove?.(broken.map(({ revision }) => revision._id));
			await this.#depart(workplace, 'dismissed');
		} catch (error) {
			this.#state = { status: 'failed', error };
		}
	}

	async #dismissed(dismissal: Dismissal): Promise<void> {
		if (this.#state.status !== 'open') return;
		const { workplace } = this.#state;
		this.#stop();
		if (dismissal.why === 'dismissed' && dismissal.broken.length > 0) {
			this.#state = { status: 'dismissed', workplace, broken: dismissal.broken };
			return;
		}
		this.#state = { status: 'starting', done: 0 };
		try {
			await tick();
			await this.#depart(workplace, dismissal.why);
		} catch (error) {
			this.#state = { status: 'failed', error };
		}
	}

	/**
	 * Takes the account off this device. What was saved at the last moment keeps it here, and is handed over in the
	 * next exchange; in a tab from which the account is gone, it stays for when the account signs in again.
	 */
	async #depart({ account, store }: Workplace, why: Dismissal['why']): Promise<void> {
		const { device, destroyStore, server } = this.parts;
		const drafts = (await store.drafts()).length;
		this.#close();
		const { destroyed } = await destroyStore(account.name);
		if (why === 'dismissed') {
			if (!destroyed) return this.#open(account);
			const { count = 0 } = (await device.handover(account.name)) ?? {};
			await departFrom(device, account.name, { handedOver: count, drafts });
			await server.signOut();
		}
		await this.#showSignedOut();
	}

	async #showSignedOut(): Promise<void> {
		const departure = await this.parts.device.departure();
		if (departure) this.parts.forgetMemory();
		this.lock.forget();
		this.#state = { status: 'signed-out', departure };
	}

	/** What is open is closed last: forms that leave the screen still put their drafts in its store. */
	async #reopen(account: Account): Promise<void> {
		const release = this.#release;
		this.#stop();
		this.#state = { status: 'starting', done: 0 };
		await tick();
		try {
			await this.#open(account);
		} finally {
			release();
		}
	}

	#stop(): void {
		this.#startSync = undefined;
		this.#stopSync();
	}

	#close(): void {
		this.#stop();
		this.#release();
		this.#release = () => {};
	}
}

/** Whose store is open; with `also`, or whose is to be. */
function accountIn(state: SessionState, also?: 'locked' | 'pin-first'): Account | undefined {
	if (state.status === 'open') return state.workplace.account;
	return state.status === also ? state.account : undefined;
}

function unlessLocked(error: unknown): undefined {
	if (!(error instanceof StoreError) || error.code !== 'locked') throw error;
}

function sameAccount(one: Account, other: Account): boolean {
	return one.name === other.name && one.roles.join() === other.roles.join();
}

export const [getSession, setSession] = createContext<Session>();
