import type { ManagedAccount } from '#access/accounts-api.ts';
import type { KnownDevice } from '#access/devices-api.ts';

export interface AccountRow {
	readonly account: ManagedAccount;
	/** The last time any of its devices spoke with the server, ISO 8601; '' when none did, or it is not known. */
	readonly lastContact: string;
}

/** Accounts by name, each with its devices' last contact. */
export function accountRows(
	accounts: readonly ManagedAccount[],
	devices: readonly KnownDevice[],
	collator: Intl.Collator
): readonly AccountRow[] {
	const contacts = Map.groupBy(devices, ({ account }) => account);
	return accounts
		.map((account) => {
			const known = contacts.get(account.name) ?? [];
			const lastContact = known.reduce(
				(last, device) => (device.lastContact > last ? device.lastContact : last),
				''
			);
			return { account, lastContact };
		})
		.sort((one, other) => collator.compare(one.account.name, other.account.name));
}
