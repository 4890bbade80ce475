import { isBoundedJson } from '#records/bounded-json.ts';
import { isJsonObject, type Json, type JsonObject } from '#records/json.ts';
import { userDocId } from '../auth/account.ts';
import { conflict } from '../couch-error.ts';
import type { Databases } from '../storage/databases.ts';

const bounds = { depth: 8, values: 10_000, characters: 1_000_000 };
const maxTries = 10;

/** The user documents of devices that joined, as they are and as they may be stored. */
export class UserDocs {
	readonly #databases: Databases;
	readonly #prepare: Prepare;

	constructor(databases: Databases, prepare: Prepare) {
		this.#databases = databases;
		this.#prepare = prepare;
	}

	async read(name: string): Promise<JsonObject | undefined> {
		const found = await (await this.#users()).get(userDocId(name));
		const doc: Json | undefined = found.found && isBoundedJson(found.doc, bounds) ? found.doc : undefined;
		return isJsonObject(doc) ? doc : undefined;
	}

	/** Durable when this resolves. @throws CouchError 409 when the name is taken. */
	async create(doc: JsonObject, by: string): Promise<void> {
		if (!(await this.#write(await this.#prepare(doc, undefined, by)))) throw conflict();
	}

	/**
	 * Stores what `change` makes of the document; made again when someone else changed it in between. False when
	 * there is no such document, or `change` makes nothing of it.
	 */
	async change(
		name: string,
		by: string,
		change: (doc: JsonObject) => JsonObject | undefined
	): Promise<boolean> {
		for (let tries = 0; tries < maxTries; tries += 1) {
			const stored = await this.read(name);
			const changed = stored && change(stored);
			if (!changed) return false;
			if (await this.#write(await this.#prepare(changed, stored, by))) return true;
		}
		throw conflict();
	}

	/** Whoever has the account gets nothing more by it. */
	async disable(name: string, by: string): Promise<void> {
		await this.change(name, by, (doc) => (doc['disabled'] === true ? undefined : { ...doc, disabled: true }));
	}

	/** False when someone else was first. */
	async #write(doc: JsonObject): Promise<boolean> {
		const { _id } = doc;
		if (typeof _id !== 'string') throw new TypeError('a user document without an id');
		const { _rev, ...fields } = doc;
		const rev = typeof _rev === 'string' ? { _rev } : {};
		const [result] = await (await this.#users()).write([{ ...fields, _id, ...rev }], true);
		if (result?.ok) return true;
		if (result?.error === 'conflict') return false;
		throw new Error(`cannot write ${_id}: ${result?.reason ?? 'no answer'}`);
	}

	async #users() {
		const database = await this.#databases.get('_users');
		if (!database) throw new Error('the database _users is gone');
		return database;
	}
}

type Prepare = (doc: JsonObject, stored: JsonObject | undefined, by: string) => Promise<JsonObject>;
