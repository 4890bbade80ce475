import type { NewDoc } from 'pouchdb-core';
import type { RefusalCode } from '#records/check-revision.ts';
import type { SyncTrouble } from '#records/sync-status.ts';
import type { Taken } from './couch-database.ts';
import type { DeliveredRange } from './delivered-ranges.ts';
import type { Remote } from './remote.ts';
import { sendStep } from './send-step.ts';
import { toWireError, WireError } from './wire-error.ts';

/** What the server said to one request: these it has, these it will not take. */
export interface Answer {
	readonly delivered: readonly string[];
	readonly refused: readonly { readonly id: string; readonly reason: string }[];
	/** Where what was delivered stands in the feed, when the server tells. */
	readonly range?: DeliveredRange | undefined;
}

/**
 * What came of sending. `trouble`: not everything has an answer. `stopped`: no use in sending more now,
 * to this database or to any.
 */
export interface Sent {
	readonly trouble?: SyncTrouble;
	readonly stopped?: 'database' | 'all';
}

export type Document = NewDoc & { readonly _id: string };

/** Errors that are the server's own and pass; every other is its word on the document. */
const passing = ['unknown_error', 'internal_server_error', 'timeout', 'service_unavailable'];

/**
 * Sends documents to a database until each has an answer or there is no use in going on. A batch that
 * is not taken as a whole is halved, so that one document cannot hold up the others. `onAnswer` is
 * called and awaited after every request that was answered. A database that is not there and that
 * this account may not make takes nothing: what is meant for it waits until someone makes it.
 */
export async function sendAll(
	remote: Remote,
	database: string,
	documents: readonly Document[],
	onAnswer: (answer: Answer) => Promise<void>
): Promise<Sent> {
	const rest = [documents];
	let failures = 0;
	let created = false;
	let trouble: SyncTrouble | undefined;
	for (let batch = rest.shift(); batch; batch = rest.shift()) {
		const answer = await request(() => remote.database(database).send(batch ?? []));
		if (!(answer instanceof WireError)) {
			failures = 0;
			if (answer.notTaken.some(({ error }) => passing.includes(error))) trouble = 'server';
			await onAnswer(answered(batch, answer));
			continue;
		}
		failures += 1;
		const step = sendStep(answer, batch.length, failures);
		if (step === 'halve') rest.unshift(...halves(batch));
		else if (step === 'skip') trouble = 'server';
		else if (step === 'refuse') await onAnswer(allRefused(batch, answer));
		else if (step === 'stop' || created) return { trouble: answer.trouble, stopped: 'all' };
		else {
			created = true;
			const creation = await request(() => remote.server.create(database));
			if (!(creation instanceof WireError)) rest.unshift(batch);
			else
				return {
					trouble: creation.trouble,
					stopped: creation.trouble === 'forbidden' ? 'database' : 'all'
				};
		}
	}
	return trouble ? { trouble } : {};
}

async function request<T>(ask: () => Promise<T>): Promise<T | WireError> {
	try {
		return await ask();
	} catch (error) {
		return toWireError(error);
	}
}

function answered(batch: readonly Document[], { notTaken, range }: Taken): Answer {
	const named = new Set(notTaken.map(({ id }) => id));
	return {
		delivered: batch.flatMap(({ _id }) => (named.has(_id) ? [] : [_id])),
		refused: notTaken.filter(({ error }) => !passing.includes(error)),
		range
	};
}

function allRefused(batch: readonly Document[], { status, reason }: WireError): Answer {
	const refused = batch.map(({ _id }) => ({ id: _id, reason: `${codeOf(status)}: ${reason}` }));
	return { delivered: [], refused };
}

/** A request refused as a whole has no code of its own; the app has sentences for codes. */
function codeOf(status: number | undefined): RefusalCode {
	if (status === 403) return 'rights';
	return status === 413 ? 'bounds' : 'shape';
}

function halves(batch: readonly Document[]): readonly (readonly Document[])[] {
	const middle = Math.ceil(batch.length / 2);
	return [batch.slice(0, middle), batch.slice(middle)];
}
