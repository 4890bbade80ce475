import type { Attempt, LockKeeper, LockSet } from '#records/lock.ts';
import type { Account } from './account.ts';
import { LockLine, type LockMessage } from './lock-line.ts';

/** What the lock asks of the session it is part of. */
export interface LockHost {
	readonly keeper: () => Promise<LockKeeper>;
	/** Who is open, or about to be; undefined when nobody is. */
	readonly open: () => Account | undefined;
	readonly locked: () => Account | undefined;
	/** Takes everything off the screen and closes the store; forms leave their drafts in it first. */
	readonly closeFor: (shown: 'starting' | 'locked') => Promise<void>;
	readonly openAs: (account: Account) => Promise<void>;
	/** Nothing of the account is on this device any more: every way in goes, too. */
	readonly leave: (account: Account) => Promise<void>;
	/** Another tab has left. */
	readonly left: () => Promise<void>;
	readonly fail: (error: unknown) => void;
}

/** The session's lock: whether what is open is sealed, and everything that a PIN does. */
export class SessionLock {
	readonly #host: LockHost;
	#key: CryptoKey | undefined = $state.raw();
	#line: LockLine | undefined;

	constructor(host: LockHost) {
		this.#host = host;
	}

	/** Held in this page's memory alone. Tracked. */
	get key(): CryptoKey | undefined {
		return this.#key;
	}

	/** Another account, or nobody. */
	forget(): void {
		this.#key = undefined;
	}

	/** Judges a PIN, and opens when it is the right one. @throws StoreError */
	async unlock(pin: string): Promise<Attempt> {
		const account = this.#host.locked();
		if (!account) return { outcome: 'gone' };
		const attempt = await (await this.#host.keeper()).attempt(account.name, pin);
		if (attempt.outcome === 'open') await this.#openWith(account, attempt.key);
		else await this.#unlessThere(account, attempt);
		return attempt;
	}

	/** Locks in every tab. */
	async now(): Promise<void> {
		this.#line?.tell('lock');
		await this.here();
	}

	/** Locks this tab. While another is open, it gives the key again when somebody looks here. */
	async here(): Promise<void> {
		if (!this.#key || !this.#host.open()) return;
		await this.#host.closeFor('locked');
		this.#key = undefined;
	}

	/** Seals what is here under a PIN, or what will be. `locked`: another tab was first. @throws StoreError */
	async set(pin: string): Promise<LockSet['outcome'] | undefined> {
		const account = this.#host.open();
		if (!account) return undefined;
		let outcome: LockSet['outcome'] | undefined;
		await this.#closed(async () => {
			const set = await (await this.#host.keeper()).set(account.name, pin);
			outcome = set.outcome;
			if (set.outcome === 'set') this.#key = set.key;
			await this.#host.openAs(account);
			return set.outcome === 'set' ? 'changed' : undefined;
		});
		return outcome;
	}

	/** Another PIN for what is open. @throws StoreError */
	async change(pin: string, next: string): Promise<Attempt> {
		const account = this.#host.open();
		if (!account) return { outcome: 'gone' };
		const attempt = await (await this.#host.keeper()).change(account.name, pin, next);
		await this.#unlessThere(account, attempt);
		return attempt;
	}

	/** Puts what is open back in clear. @throws StoreError */
	async remove(pin: string): Promise<Attempt> {
		const account = this.#host.open();
		if (!account) return { outcome: 'gone' };
		const keeper = await this.#host.keeper();
		const attempt = await keeper.attempt(account.name, pin);
		await this.#unlessThere(account, attempt);
		if (attempt.outcome !== 'open') return attempt;
		await this.#closed(async () => {
			// From here on no tab is given it: it would seal again what is just being unsealed.
			this.#key = undefined;
			await keeper.remove(account.name, attempt.key);
			await this.#host.openAs(account);
			return 'changed';
		});
		return attempt;
	}

	/** Asks the other tabs for the key. */
	ask(): void {
		this.#line?.tell('ask');
	}

	/** Follows what other tabs do with the account's lock. */
	follow(account: string): void {
		this.#line?.close();
		this.#line = new LockLine(account, {
			key: () => this.#key,
			onKey: (key) => {
				const locked = this.#host.locked();
				if (locked?.name === account) this.#guarded(() => this.#openWith(locked, key));
			},
			onLock: () => this.#guarded(() => this.here()),
			onChanged: () => {
				const here = this.#here(account);
				if (here) this.#guarded(() => this.#reopened(here));
			},
			onGone: () => {
				if (this.#here(account)) this.#guarded(() => this.#left());
			}
		});
	}

	#here(account: string): Account | undefined {
		const here = this.#host.open() ?? this.#host.locked();
		return here?.name === account ? here : undefined;
	}

	async #left(): Promise<void> {
		await this.#host.closeFor('starting');
		await this.#host.left();
	}

	async #openWith(account: Account, key: CryptoKey): Promise<void> {
		this.#key = key;
		await this.#host.openAs(account);
	}

	async #reopened(account: Account): Promise<void> {
		await this.#host.closeFor('starting');
		this.#key = undefined;
		await this.#host.openAs(account);
	}

	/** When there is no lock any more: opens what lies in clear, or leaves. */
	async #unlessThere(account: Account, { outcome }: Attempt): Promise<void> {
		if (outcome === 'clear') await this.#reopened(account);
		if (outcome !== 'gone') return;
		await this.#closed(async () => {
			await this.#host.leave(account);
			return 'gone';
		});
	}

	/** Works on the disk with nothing open, then tells the other tabs. */
	async #closed(work: () => Promise<LockMessage | undefined>): Promise<void> {
		await this.#host.closeFor('starting');
		try {
			const message = await work();
			if (message) this.#line?.tell(message);
		} catch (error) {
			this.#host.fail(error);
			throw error;
		}
	}

	#guarded(work: () => Promise<void>): void {
		work().catch((error: unknown) => this.#host.fail(error));
	}
}
