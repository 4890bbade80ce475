import type {
	Departure,
	DeviceSettings,
	DeviceStore,
	Handover,
	LastAccount,
	OwnCredential
} from '#records/device-store.ts';
import type { Draft } from '#records/phone-store.ts';

/** What belongs to a device, without a device. */
export class MemoryDevice implements DeviceStore {
	readonly #id: string;
	readonly #handovers = new Map<string, Handover>();
	readonly #credentials = new Map<string, OwnCredential>();
	readonly #drafts = new Map<string, Draft>();
	#account: LastAccount | undefined;
	#departure: Departure | undefined;
	#settings: DeviceSettings = { theme: 'auto' };

	/** `account`: who signed in last. */
	constructor(account: string, id = 'phone') {
		this.#id = id;
		this.#account = { name: account, roles: [] };
	}

	id = () => Promise.resolve(this.#id);
	account = () => Promise.resolve(this.#account);
	keepAccount(account: LastAccount): Promise<void> {
		this.#account = account;
		this.#departure = undefined;
		return Promise.resolve();
	}
	forgetAccount(): Promise<void> {
		this.#account = undefined;
		return Promise.resolve();
	}
	handover = (account: string) => Promise.resolve(this.#handovers.get(account));
	keepHandover(account: string, handover: Handover): Promise<void> {
		this.#handovers.set(account, handover);
		return Promise.resolve();
	}
	forgetHandover(account: string): Promise<void> {
		this.#handovers.delete(account);
		return Promise.resolve();
	}
	handoverAccounts = () => Promise.resolve([...this.#handovers.keys()].sort());
	credential = (account: string) => Promise.resolve(this.#credentials.get(account));
	keepCredential(account: string, credential: OwnCredential): Promise<void> {
		this.#credentials.set(account, credential);
		return Promise.resolve();
	}
	forgetCredential(account: string): Promise<void> {
		this.#credentials.delete(account);
		return Promise.resolve();
	}
	joinedAccounts = () => Promise.resolve([...this.#credentials.keys()].sort());
	depart(account: string, departure: Departure): Promise<void> {
		const gone = this.#account?.name !== account && !this.#handovers.has(account);
		if (gone && this.#departure) return Promise.resolve();
		if (this.#account?.name === account) this.#account = undefined;
		this.#handovers.delete(account);
		this.#credentials.delete(account);
		this.#departure = departure;
		return Promise.resolve();
	}
	departure = () => Promise.resolve(this.#departure);
	settings = () => Promise.resolve(this.#settings);
	keepSettings(settings: DeviceSettings): Promise<void> {
		this.#settings = settings;
		return Promise.resolve();
	}
	draft = (key: string) => Promise.resolve(this.#drafts.get(key));
	keepDraft(draft: Draft): Promise<void> {
		this.#drafts.set(draft.key, draft);
		return Promise.resolve();
	}
	dropDraft(key: string): Promise<void> {
		this.#drafts.delete(key);
		return Promise.resolve();
	}
	close(): void {}
}
