import { conflict } from '../couch-error.ts';
import { isJsonObject, type JsonObject } from '#records/json.ts';
import { userDocId } from '../auth/account.ts';
import { prepareUserDoc } from '../auth/prepare-user-doc.ts';
import { isStoredOtherwise, rolesOf } from '../auth/stored-form.ts';
import type { Database } from '../storage/database.ts';
import type { Databases } from '../storage/databases.ts';
import { internalDatabase } from '../storage/internal-database.ts';
import { Mirror } from '../storage/mirror.ts';
import type { StoredDoc } from '../storage/stored-doc.ts';
import { isJoined } from '../join/joined-account.ts';
import { nameOf } from './managed.ts';

export interface UserDocumentsDeps {
	readonly databases: Databases;
	/** Of a new password's hash. */
	readonly iterations: number;
	/** Milliseconds since 1970. */
	readonly now: () => number;
}

const databaseName = '_users';
const linkPrefix = '_local/link-';
/** Someone else may write the same account in between; so many in a row do not. */
const maxTries = 5;

/** The user documents of `_users`, as those change them who manage accounts. */
export class UserDocuments {
	readonly #deps: UserDocumentsDeps;
	readonly #everyone: Mirror<JsonObject>;

	constructor(deps: UserDocumentsDeps) {
		this.#deps = deps;
		this.#everyone = new Mirror(() => this.#database(), listed);
	}

	async find(name: string): Promise<JsonObject | undefined> {
		const found = await (await this.#database()).get(userDocId(name));
		return found.found && isJsonObject(found.doc) ? found.doc : undefined;
	}

	/** A deleted one too: name, roles and log are left of it. */
	async findEver(name: string): Promise<JsonObject | undefined> {
		return (await this.find(name)) ?? (await this.#deleted(name));
	}

	/** All, deleted ones too; without the logs of those that joined by a card, which are many and nobody reads. */
	async everyone(): Promise<readonly JsonObject[]> {
		return await this.#everyone.entries();
	}

	/** @throws CouchError 409 when the name is taken. */
	async create(name: string, fields: JsonObject, by: string): Promise<JsonObject> {
		const doc = { ...fields, _id: userDocId(name), type: 'user', name };
		const made = await this.#write(name, doc, await this.#deleted(name), by);
		if (!made) throw conflict();
		return made;
	}

	/**
	 * Writes what `change` makes of the document as it stands; undefined when there is none. What `change` throws
	 * ends it, and so it may look at the document for whether it is allowed.
	 */
	async change(
		name: string,
		by: string,
		change: (stored: JsonObject) => JsonObject
	): Promise<JsonObject | undefined> {
		for (let tries = 0; tries < maxTries; tries += 1) {
			const stored = await this.find(name);
			if (!stored) return undefined;
			const changed = await this.#write(name, change(stored), stored, by);
			if (changed) return changed;
		}
		throw conflict();
	}

	/** Writes anew what an earlier version stored in another form: ../auth/stored-form.ts. */
	async renew(): Promise<void> {
		const outdated = (await this.everyone()).filter(
			(doc) => doc['_deleted'] !== true && isStoredOtherwise(doc)
		);
		for (const doc of outdated) await this.change(nameOf(doc), 'server', (stored) => stored);
	}

	/** Says whose the link with this hash is. What it still opens says the user document alone. */
	async rememberLink(hash: string, name: string): Promise<void> {
		const result = await (await this.#database()).putLocal({ _id: linkPrefix + hash, name });
		if (!result.ok) throw new Error(`cannot write ${linkPrefix + hash}: ${result.reason}`);
	}

	async nameOfLink(hash: string): Promise<string | undefined> {
		const doc = await (await this.#database()).getLocal(linkPrefix + hash);
		return typeof doc?.['name'] === 'string' ? doc['name'] : undefined;
	}

	async forgetLink(hash: string): Promise<void> {
		const database = await this.#database();
		const doc = await database.getLocal(linkPrefix + hash);
		if (doc) await database.removeLocal(doc._id, doc._rev);
	}

	async #deleted(name: string): Promise<JsonObject | undefined> {
		const options = { revs: false, attachments: false };
		const leaves = await (await this.#database()).leaves(userDocId(name), options);
		const deleted = leaves.find(({ _deleted }) => _deleted === true);
		return isJsonObject(deleted) ? deleted : undefined;
	}

	/** Undefined when it was changed in between. */
	async #write(
		name: string,
		doc: JsonObject,
		stored: JsonObject | undefined,
		by: string
	): Promise<JsonObject | undefined> {
		const { iterations, now } = this.#deps;
		const at = new Date(now()).toISOString();
		const prepared = await prepareUserDoc(doc, { stored, iterations, by, at });
		const _id = userDocId(name);
		const [result] = await (await this.#database()).write([{ ...prepared, _id, ...revOf(doc) }], true);
		if (result?.ok) return { ...prepared, _rev: result.rev };
		if (result?.error === 'conflict') return undefined;
		throw new Error(`cannot write ${_id}: ${result?.reason ?? 'no answer'}`);
	}

	async #database(): Promise<Database> {
		return await internalDatabase(this.#deps.databases, databaseName);
	}
}

function listed(doc: StoredDoc): JsonObject | undefined {
	if (!isJsonObject(doc) || doc['type'] !== 'user') return undefined;
	return isJoined(rolesOf(doc)) ? withoutLog(doc) : doc;
}

function withoutLog({ log: _log, ...others }: JsonObject): JsonObject {
	return others;
}

function revOf({ _rev }: JsonObject): { readonly _rev?: string } {
	return typeof _rev === 'string' ? { _rev } : {};
}
