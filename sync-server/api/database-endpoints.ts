import type { JsonObject } from '#records/json.ts';
import { readJsonObject } from './body.ts';
import { CouchError, forbidden, notFound } from '../couch-error.ts';
import { denied, mayCreateDatabase, requireAdmin, usersDatabase } from './access.ts';
import type { CouchCall, DatabaseCall, Endpoint } from './couch-call.ts';
import { jsonResponse } from './json-response.ts';
import type { ReadableDatabase } from '../storage/database.ts';
import { writeDocument } from './write-documents.ts';

const illegalName = (name: string) =>
	new CouchError(
		400,
		'illegal_database_name',
		`Name: '${name}'. Only lowercase characters (a-z), digits (0-9), and any of the characters ` +
			'_, $, (, ), +, -, and / are allowed. Must begin with a letter.'
	);

/** `PUT /{db}`. */
export async function createDatabase({ deps, user }: CouchCall, name: string): Promise<Response> {
	if (!mayCreateDatabase(user, name)) throw denied(user);
	const outcome = await deps.databases.create(name);
	if (outcome === 'illegal name') throw illegalName(name);
	if (outcome === 'exists') {
		throw new CouchError(412, 'file_exists', 'The database could not be created, the file already exists.');
	}
	return jsonResponse({ ok: true }, 201, { Location: `/db/${encodeURIComponent(name)}` });
}

/** `DELETE /{db}`: server admins only, and never the accounts: nobody could log in to make them anew. */
export async function destroyDatabase({ deps, user }: CouchCall, name: string): Promise<Response> {
	requireAdmin(user);
	if (name === usersDatabase) throw forbidden(`${usersDatabase} cannot be deleted.`);
	if (!(await deps.databases.destroy(name))) throw notFound('Database does not exist.');
	return jsonResponse({ ok: true });
}

/** What is told of a database: as far as the account may read it. */
export async function infoOf(database: ReadableDatabase): Promise<JsonObject> {
	return {
		db_name: database.name,
		uuid: database.uuid,
		...(await database.info()),
		purge_seq: 0,
		compact_running: false,
		instance_start_time: '0'
	};
}

/** `GET /{db}`, and `POST /{db}`: a document whose id the server may choose. */
export const database: Endpoint<DatabaseCall> = {
	async GET({ database }) {
		return jsonResponse(await infoOf(database));
	},
	async POST(call) {
		const doc = await readJsonObject(call.request, call.deps.limits.bodyBytes);
		const { id, rev } = await writeDocument(call, doc, true);
		return jsonResponse({ ok: true, id, rev }, 201, {
			Location: `/db/${encodeURIComponent(call.database.name)}/${encodeURIComponent(id)}`
		});
	}
};

/** `POST /{db}/_ensure_full_commit`: every write is on the disk before it is acknowledged. */
export const ensureFullCommit: Endpoint<DatabaseCall> = {
	POST: () => jsonResponse({ ok: true, instance_start_time: '0' }, 201)
};

/** `POST /{db}/_compact`: forgets the bodies of old revisions, in the background. */
export const compact: Endpoint<DatabaseCall> = {
	async POST({ whole, deps, request, user }) {
		requireAdmin(user);
		await readJsonObject(request, deps.limits.bodyBytes);
		whole.compact().catch((error: unknown) => {
			deps.logger.error({ error, database: whole.name }, 'compaction failed');
		});
		return jsonResponse({ ok: true }, 202);
	}
};
