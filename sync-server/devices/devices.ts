import { randomBytes } from 'node:crypto';
import { CouchError } from '../couch-error.ts';
import type { Database } from '../storage/database.ts';
import type { Databases } from '../storage/databases.ts';
import { internalDatabase } from '../storage/internal-database.ts';
import type { StoredDoc } from '../storage/stored-doc.ts';
import { deviceDocId, forgotten, readDevice, type ArrivingDevice, type Device } from './device.ts';
import { newSecret } from '../auth/secret.ts';

export interface DevicesDeps {
	readonly databases: Databases;
	/** Milliseconds since 1970. */
	readonly now: () => number;
}

const databaseName = 'devices';
/** A contact is written down when the one before is that old. */
const contactMs = 10 * 60_000;
/** Of one account; who names ever new ones loses those that were away longest. */
const maxDevices = 100;
/** A sign-in whose answer was lost leaves its device with the secret before. */
const secretsKept = 2;
/** Others may write the same device in between; so many in a row do not. */
const maxTries = 20;

/** The devices that signed in, one document for each account and device, in the database `devices`. */
export class Devices {
	readonly #deps: DevicesDeps;
	/** Whose contact is being written. */
	readonly #touching = new Set<string>();

	constructor(deps: DevicesDeps) {
		this.#deps = deps;
	}

	async find(account: string, device: string): Promise<Device | undefined> {
		const found = await (await this.#database()).get(deviceDocId(account, device));
		return found.found ? readDevice(found.doc) : undefined;
	}

	/** Every device of every account. */
	async all(): Promise<readonly Device[]> {
		const { rows } = await (await this.#database()).allDocs({ include_docs: true });
		return rows.flatMap((row) => ('doc' in row && row.doc ? (readDevice(row.doc) ?? []) : []));
	}

	/**
	 * A right password was given on the device: it is active from now on, revoked or not, which stays to be read, and
	 * sessions of before it was revoked stay ended. `handover`: the new secret, for one that named itself.
	 */
	async signedIn(
		account: string,
		{ id, label, named }: ArrivingDevice
	): Promise<{ readonly device: Device; readonly handover?: string }> {
		const at = this.#at();
		const fresh = newSecret();
		const device = await this.#change(account, id, (before) => ({
			...pastOf(before),
			...{ account, device: id, label, firstSeen: before?.firstSeen || at, lastContact: at },
			session: before && !before.revoked ? before.session : newSession(),
			handover: [...(named ? [fresh.hash] : []), ...(before?.handover ?? [])].slice(0, secretsKept)
		}));
		if (device.firstSeen === at) await this.#keepWithin(account);
		return named ? { device, handover: fresh.secret } : { device };
	}

	/** The device is in use. */
	async contact(device: Device): Promise<void> {
		const id = deviceDocId(device.account, device.device);
		const age = this.#deps.now() - Date.parse(device.lastContact);
		if (device.forgotten || age < contactMs || this.#touching.has(id)) return;
		this.#touching.add(id);
		try {
			const lastContact = this.#at();
			await this.#change(device.account, device.device, (stored) => stored && { ...stored, lastContact });
		} finally {
			this.#touching.delete(id);
		}
	}

	/** Ends the sessions on the device, so that no copy of a cookie outlives a sign-out. */
	async signedOut(account: string, device: string): Promise<void> {
		const ended = { signedOut: this.#at(), session: newSession() };
		await this.#change(account, device, (stored) => stored && { ...stored, ...ended });
	}

	/** Undefined when there is no such device. Again, it stays as it was revoked. */
	async revoke(account: string, device: string, by: string): Promise<Device | undefined> {
		const revoked = { at: this.#at(), by };
		return await this.#change(
			account,
			device,
			(stored) => stored && { ...stored, revoked: stored.revoked ?? revoked }
		);
	}

	/**
	 * Keeps of an account's devices only that they are revoked, and the secrets they hand over with.
	 * @param revoked for those that were not.
	 */
	async forget(account: string, revoked: NonNullable<Device['revoked']>): Promise<void> {
		for (const doc of await this.#docsOf(account)) {
			const known = readDevice(doc);
			if (!known) continue;
			await this.#change(account, known.device, (stored) => stored && forgotten(stored, revoked));
		}
	}

	async #change<Changed extends Device | undefined>(
		account: string,
		device: string,
		change: (before: Device | undefined) => Changed
	): Promise<Changed> {
		const database = await this.#database();
		const _id = deviceDocId(account, device);
		for (let tries = 0; tries < maxTries; tries += 1) {
			const found = await database.get(_id);
			const changed = change(found.found ? readDevice(found.doc) : undefined);
			if (!changed) return changed;
			const rev = found.found ? { _rev: found.doc._rev } : {};
			const [result] = await database.write([{ _id, ...rev, ...changed }], true);
			if (result?.ok) return changed;
			if (result?.error !== 'conflict')
				throw new Error(`cannot write ${_id}: ${result?.reason ?? 'no answer'}`);
		}
		throw new CouchError(503, 'service_unavailable', 'Too many requests change this device at once.');
	}

	async #keepWithin(account: string): Promise<void> {
		const database = await this.#database();
		const docs = await this.#docsOf(account);
		const oldestFirst = docs.toSorted((a, b) =>
			String(a['lastContact']) < String(b['lastContact']) ? -1 : 1
		);
		const surplus = oldestFirst.slice(0, Math.max(0, docs.length - maxDevices));
		await database.write(
			surplus.map(({ _id, _rev }) => ({ _id, _rev, _deleted: true })),
			true
		);
	}

	async #docsOf(account: string): Promise<readonly StoredDoc[]> {
		const range = {
			startkey: deviceDocId(account, ''),
			endkey: deviceDocId(account, '\u{ffff}'),
			include_docs: true
		};
		const { rows } = await (await this.#database()).allDocs(range);
		return rows.flatMap((row) => ('doc' in row && row.doc ? [row.doc] : []));
	}

	#at(): string {
		return new Date(this.#deps.now()).toISOString();
	}

	async #database(): Promise<Database> {
		return await internalDatabase(this.#deps.databases, databaseName);
	}
}

function pastOf(before: Device | undefined): Pick<Device, 'revokedBefore'> {
	const revokedBefore = before?.revoked ?? before?.revokedBefore;
	return revokedBefore ? { revokedBefore } : {};
}

function newSession(): string {
	return randomBytes(16).toString('base64url');
}
