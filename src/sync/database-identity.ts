import * as v from 'valibot';
import type { Checkpoint } from '#records/sync-store.ts';

/** What `GET /{db}` tells (CouchDB API, 10.3.1), as far as it is used here. `uuid` is our server's addition. */
export const databaseInfo = v.object({
	db_name: v.string(),
	update_seq: v.union([v.string(), v.number()]),
	uuid: v.optional(v.string()),
	instance_start_time: v.optional(v.string())
});
export type DatabaseInfo = v.InferOutput<typeof databaseInfo>;

/** Which database this is: a database deleted and made anew under the same name is another one. */
export function identityOf({ uuid, db_name, instance_start_time }: DatabaseInfo): string {
	return uuid ?? `${db_name}@${instance_start_time ?? '0'}`;
}

/**
 * How the server's database stands to what this device has read of it.
 * `lost`: it is another one, or it went back behind what was read: an older copy was put back.
 */
export type Acquaintance = 'new' | 'known' | 'unchanged' | 'lost';

export function acquaintance(checkpoint: Checkpoint | undefined, info: DatabaseInfo): Acquaintance {
	if (!checkpoint) return 'new';
	if (checkpoint.identity !== identityOf(info)) return 'lost';
	if (checkpoint.seq === info.update_seq) return 'unchanged';
	return seqNumber(info.update_seq) < seqNumber(checkpoint.seq) ? 'lost' : 'known';
}

/** The count at the front of a sequence: 12 of `12-g1AAAAFTeJzLYWBg`. Good for comparing and for progress, no more. */
export function seqNumber(seq: string | number): number {
	const number = typeof seq === 'number' ? seq : Number.parseInt(seq, 10);
	return Number.isSafeInteger(number) && number > 0 ? number : 0;
}
