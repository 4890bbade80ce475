import { createContext } from 'svelte';
import type { AccountLog, ManagedAccount } from '#access/accounts-api.ts';
import type { HandedOver, KnownDevice } from '#access/devices-api.ts';
import type { OfficeServer } from '#access/office-server.ts';
import { Asked } from './asked.svelte.ts';

/** What the screens of an office share of the server's answers, for as long as they are looked at. */
export class OfficeDesk {
	readonly server: OfficeServer;
	readonly accounts: Asked<readonly ManagedAccount[]>;
	readonly log: Asked<AccountLog>;
	readonly devices: Asked<readonly KnownDevice[]>;
	readonly handovers: Asked<readonly HandedOver[]>;

	constructor(server: OfficeServer, now: () => Date) {
		this.server = server;
		this.accounts = new Asked(() => server.accounts(), now);
		this.log = new Asked(() => server.accountLog(), now);
		this.devices = new Asked(() => server.devices(), now);
		this.handovers = new Asked(() => server.handovers(), now);
	}

	/** Puts an account that was made or changed in its place, without asking for all of them again. */
	keepAccount(account: ManagedAccount): void {
		const others = (this.accounts.value ?? []).filter(({ name }) => name !== account.name);
		if (this.accounts.value) this.accounts.take([...others, account]);
	}

	/** Puts what was decided in its place. */
	keepHandover(decided: HandedOver): void {
		const known = this.handovers.value;
		if (known) this.handovers.take(known.map((one) => (one.id === decided.id ? decided : one)));
	}
}

export const [getOfficeDesk, setOfficeDesk] = createContext<OfficeDesk>();
