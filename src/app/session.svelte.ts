import { createContext, tick } from 'svelte';
import type { AccountServer, SignIn } from '#access/account-server.ts';
import { dayAt, monthOf } from '#kinds/day.ts';
import type { DeviceStore } from '#records/device-store.ts';
import type { DeliveryCounts, PhoneStore } from '#records/phone-store.ts';
import type { Synchroniser } from '#records/sync-status.ts';
import type { Account } from './account.ts';
import { monthBefore } from './dates.ts';
import type { Exchange } from './exchange.svelte.ts';
import { Workplace } from './workplace.svelte.ts';

type StartSync = (onAccount: (account: Account) => void) => Promise<Synchroniser>;

/** An account's store, and how its exchange with the server is started. */
export interface OpenStore {
	readonly store: PhoneStore;
	/** `onAccount` is told the account as the server knows it, changed or not. */
	readonly startSync: StartSync;
}

/** What the session works with, handed in where the app is put together. */
export interface SessionParts {
	readonly device: DeviceStore;
	readonly server: AccountServer;
	readonly openStore: (account: string) => Promise<OpenStore>;
	/** Takes an account's data off this device, unless some of it is only here: then says how much. */
	readonly destroyStore: (
		account: string
	) => Promise<{ readonly destroyed: boolean } & Partial<DeliveryCounts>>;
	readonly now: () => Date;
}

export type SessionState =
	/** `total` counts records; absent until it is known. */
	| { readonly status: 'starting'; readonly done: number; readonly total?: number }
	| { readonly status: 'signed-out' }
	| { readonly status: 'open'; readonly workplace: Workplace }
	| { readonly status: 'failed'; readonly error: unknown };

/** `kept`: some of the work is only on this device, so everything stayed. */
export type SignOut = { readonly outcome: 'signed-out' } | ({ readonly outcome: 'kept' } & DeliveryCounts);

/** Who works on this device. Opens without any network once someone has signed in here. */
export class Session {
	readonly parts: SessionParts;
	#state: SessionState = $state.raw({ status: 'starting', done: 0 });
	#release = () => {};
	#startSync: StartSync | undefined;
	#stopSync = () => {};

	constructor(parts: SessionParts) {
		this.parts = parts;
	}

	get state(): SessionState {
		return this.#state;
	}

	/** Opens for the account that last signed in on this device, if there is one. */
	async start(): Promise<void> {
		try {
			const account = await this.parts.device.account();
			if (account) await this.#open(account);
			else this.#state = { status: 'signed-out' };
		} catch (error) {
			this.#state = { status: 'failed', error };
		}
	}

	/** Signs in at the server and opens. @throws StoreError */
	async signIn(name: string, password: string): Promise<SignIn> {
		const answer = await this.parts.server.signIn(name, password);
		if (answer.outcome !== 'signed-in') return answer;
		await this.enter({ name: answer.name, roles: answer.roles });
		return answer;
	}

	/**
	 * Opens for an account that the server has just given a session. Whoever was open stays on this device with all
	 * their work, for when they sign in again. @throws StoreError
	 */
	async enter(account: Account): Promise<void> {
		await this.parts.device.keepAccount(account);
		const open = this.#state.status === 'open' ? this.#state.workplace.account : undefined;
		if (!open || !sameAccount(open, account)) await this.#reopen(account);
	}

	/**
	 * Ends the work of the open account here; what it kept stays for when it signs in again. With
	 * `forget` that goes too, unless some of it is only on this device: then nothing ends. @throws StoreError
	 */
	async signOut(forget: boolean): Promise<SignOut> {
		if (this.#state.status !== 'open') return { outcome: 'signed-out' };
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
		}
		await this.parts.device.forgetAccount();
		await this.parts.server.signOut();
		this.#state = { status: 'signed-out' };
		return { outcome: 'signed-out' };
	}

	/** Begins to exchange with the server for the open account, once; ended before its store is closed. */
	async connect(exchange: Exchange): Promise<void> {
		const start = this.#startSync;
		if (!start) return;
		this.#startSync = undefined;
		const release = this.#release;
		const synchroniser = await start((account) => {
			if (release === this.#release) void this.#follow(account);
		});
		if (release !== this.#release) return synchroniser.stop();
		const detach = exchange.attach(synchroniser);
		this.#stopSync = () => {
			this.#stopSync = () => {};
			detach();
		};
	}

	async #open(account: Account): Promise<void> {
		const { device, openStore, now } = this.parts;
		this.#state = { status: 'starting', done: 0 };
		const [id, { store, startSync }] = await Promise.all([device.id(), openStore(account.name)]);
		const workplace = new Workplace(account, id, store, now);
		const month = monthOf(dayAt(now()));
		const stop = await workplace.open([monthBefore(month), month], (done, total) => {
			this.#state = { status: 'starting', done, total };
		});
		this.#startSync = startSync;
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

function sameAccount(one: Account, other: Account): boolean {
	return one.name === other.name && one.roles.join() === other.roles.join();
}

export const [getSession, setSession] = createContext<Session>();
