import { Hono } from 'hono';
import * as v from 'valibot';
import { grantsOf } from '#access/grant.ts';
import { mayDecideFor } from '#access/managing.ts';
import { checkRecord } from '#kinds/check-record.ts';
import { erasedRefusal } from '#kinds/personal.ts';
import { databaseOf, scopeOfDatabase } from '#records/database-name.ts';
import { isBoundedJson } from '#records/bounded-json.ts';
import { namedHashes } from '#records/named-hashes.ts';
import { recordBounds } from '#records/check-revision.ts';
import type { Scope } from '#records/scope.ts';
import type { CouchDeps } from '../api/couch-deps.ts';
import { parsedBody } from '../api/parsed-body.ts';
import { writeDocuments } from '../api/write-documents.ts';
import { signedIn } from '../auth/signed-in.ts';
import { CouchError, forbidden, methodNotAllowed, notFound } from '../couch-error.ts';
import { Turns } from '../join/turns.ts';
import type { ServerEnv } from '../server-env.ts';
import { isAdmin, type User } from '../user.ts';
import type { Handover, Handovers } from './handovers.ts';

export interface DecisionsDeps {
	readonly couch: CouchDeps;
	readonly handovers: Handovers;
}

const request = v.strictObject({ decision: v.picklist(['accept', 'drop']) });
const maxBody = 16 * 1024;
/** In one answer; undecided ones first. */
const maxListed = 1_000;

/** `/api/handovers`: #access/devices-api.ts. Mounted after the session. */
export function decisionsRoutes({ couch, handovers }: DecisionsDeps): Hono<ServerEnv> {
	const turns = new Turns();

	return new Hono<ServerEnv>()
		.get('/', async (c) => {
			const user = signedIn(c);
			return c.json({ handovers: await handovers.list((scope) => mayDecide(user, scope), maxListed) });
		})
		.post('/:id', async (c) => {
			const user = signedIn(c);
			const { decision } = await parsedBody(c.req.raw, request, maxBody);
			// One after another: what is accepted cannot be dropped meanwhile.
			const decided = await turns.take(c.req.param('id'), async () => {
				const handover = await handovers.find(c.req.param('id'));
				if (!handover) throw notFound();
				if (!mayDecide(user, handover.record.scope)) throw forbidden('This is for another office to decide.');
				if (handover.decided?.decision === decision) return handover;
				if (handover.decided)
					throw new CouchError(409, 'conflict', `${handover.decided.by} has decided otherwise.`);
				if (decision === 'accept') await takeIn(handover, user.name, { couch, handovers });
				return await handovers.decide(handover, decision, user.name);
			});
			if (!decided) throw notFound();
			return c.json(decided);
		})
		.on('ALL', ['/', '/:id'], () => {
			throw methodNotAllowed(['GET', 'HEAD', 'POST']);
		});
}

/**
 * Writes the record and its photos, unchanged, as a restore by a server admin would: one more revision, on top of
 * what its author had seen. @throws CouchError 409 when it may not enter.
 */
async function takeIn({ record }: Handover, by: string, { couch, handovers }: DecisionsDeps): Promise<void> {
	const name = databaseOf(record.scope);
	const whole = await couch.databases.get(name);
	if (!whole) throw new CouchError(409, 'conflict', `There is no database ${name}.`);
	const checked = checkRecord(record);
	const erased = checked.ok && erasedRefusal(checked.revision, (place) => couch.erasedBefore?.(place));
	if (erased) throw new CouchError(409, 'conflict', `${erased.code}: ${erased.detail}`);
	const named = isBoundedJson(record, recordBounds) ? namedHashes(record) : [];
	const photos = await handovers.photos(named);
	const call = { deps: couch, database: whole, whole, scope: scopeOfDatabase(name), user: restorer(by) };
	const results = await writeDocuments(call, [...photos, record], false);
	const refused = results.find((result) => !result.ok);
	if (refused && !refused.ok) throw new CouchError(409, 'conflict', refused.reason);
}

function restorer(name: string): User {
	return { name, roles: ['_admin'] };
}

function mayDecide(user: User, scope: Scope): boolean {
	return isAdmin(user) || mayDecideFor(grantsOf(user.roles), scope);
}
