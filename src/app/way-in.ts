import { createContext } from 'svelte';
import type { Joined } from '#access/cards-api.ts';
import type { NamedDevice } from '#access/devices-api.ts';
import type { JoinServer, PasskeyAnswer } from '#access/join-server.ts';
import type { Answer } from '#access/office-server.ts';
import type { PasskeySession } from '#access/passkeys-api.ts';
import type { DeviceStore, LastAccount } from '#records/device-store.ts';
import type { SignIn } from '#access/account-server.ts';

/**
 * `tap`: the phone signs in once its owner taps, since its passkey asks. `none`: this device keeps no credential of
 * the account. `ended`: the one it kept opens nothing any more.
 */
export type Again = 'signed-in' | 'tap' | 'none' | 'ended' | 'declined' | 'offline' | 'trouble';

/** What it needs of the session: `./session.svelte.ts`. */
export interface EnteredSession {
	readonly parts: { readonly device: DeviceStore; readonly deviceLabel: string };
	signIn(name: string, password: string): Promise<SignIn>;
	enter(account: LastAccount): Promise<void>;
}

/** How a device that joined by a card gets in: without a name, without a password. */
export class WayIn {
	readonly #session: EnteredSession;
	readonly #server: () => Promise<JoinServer>;
	/** Accounts whose secret the server would not take: not tried again by itself. */
	readonly #refused = new Set<string>();

	/** `server` is fetched when it is first needed. */
	constructor(session: EnteredSession, server: () => Promise<JoinServer>) {
		this.#session = session;
		this.#server = server;
	}

	/** Asks with a card's code. What opens the account again is on the disk before this resolves. @throws StoreError */
	async join(code: string): Promise<Answer<Joined>> {
		const answer = await (await this.#server()).join(code, await this.#named());
		if (answer.outcome !== 'done') return answer;
		const { name, secret } = answer.value;
		await this.#device.keepCredential(name, { how: 'secret', secret });
		await this.#keep(answer.value);
		return answer;
	}

	async offersPasskey(): Promise<boolean> {
		return await (await this.#server()).offersPasskey();
	}

	/** Makes a passkey in place of the account's secret, which stays when there comes none of it. @throws StoreError */
	async makePasskey(): Promise<PasskeyAnswer> {
		const answer = await (await this.#server()).makePasskey(await this.#named());
		if (answer.outcome === 'done') await this.#keepPasskey(answer.value);
		return answer;
	}

	/** Opens for the account that has just been let in. @throws StoreError */
	async enter({ name, roles }: LastAccount): Promise<void> {
		await this.#session.enter({ name, roles });
	}

	/** The accounts that sign in here without a password. @throws StoreError */
	async accounts(): Promise<readonly string[]> {
		return await this.#device.joinedAccounts();
	}

	/** Signs the account in again with nobody asked, where this device can. @throws StoreError */
	async silently(account: string): Promise<Again> {
		const credential = await this.#device.credential(account);
		if (!credential) return 'none';
		if (credential.how === 'passkey' || this.#refused.has(account)) return 'tap';
		const answer = await this.#session.signIn(account, credential.secret);
		switch (answer.outcome) {
			case 'signed-in':
				return 'signed-in';
			case 'wrong':
				// A passkey may have taken its place, and the answer that said so was lost.
				this.#refused.add(account);
				return 'tap';
			case 'offline':
				return 'offline';
			default:
				return 'trouble';
		}
	}

	/** Signs in again at its owner's tap: with nobody asked where that goes, else by the passkey. @throws StoreError */
	async byTap(account: string): Promise<Again> {
		const first = await this.silently(account);
		if (first !== 'tap') return first;
		const server = await this.#server();
		if (!(await server.offersPasskey())) return 'ended';
		const answer = await server.signInByPasskey(await this.#named());
		switch (answer.outcome) {
			case 'done':
				await this.#keepPasskey(answer.value);
				await this.enter(answer.value);
				return 'signed-in';
			case 'signed-out':
				return 'ended';
			case 'declined':
			case 'offline':
				return answer.outcome;
			default:
				return 'trouble';
		}
	}

	get #device(): DeviceStore {
		return this.#session.parts.device;
	}

	async #named(): Promise<NamedDevice> {
		return { id: await this.#device.id(), label: this.#session.parts.deviceLabel };
	}

	async #keepPasskey(session: PasskeySession): Promise<void> {
		await this.#device.keepCredential(session.name, { how: 'passkey' });
		await this.#keep(session);
	}

	async #keep({ name, roles, handover }: PasskeySession): Promise<void> {
		await this.#device.keepHandover(name, { secret: handover, count: 0 });
		await this.#device.keepAccount({ name, roles });
	}
}

export const [getWayIn, setWayIn] = createContext<WayIn>();
