import * as v from 'valibot';
import { isBoundedJson } from '#records/bounded-json.ts';
import { recordBounds } from '#records/check-revision.ts';
import { namedHashes } from '#records/named-hashes.ts';
import type { Scope } from '#records/scope.ts';
import type { Database } from '../storage/database.ts';
import { photoId } from './household-data.ts';

const handedOver = v.looseObject({ _id: v.string(), record: v.looseObject({ scope: v.string() }) });

/** What was handed over about the household: the ids of the records, and of photos that no other names. */
export async function handedOverAbout(
	database: Database | undefined,
	household: Scope
): Promise<{ readonly records: readonly string[]; readonly photos: readonly string[] }> {
	const { rows } = (await database?.allDocs({ include_docs: true })) ?? { rows: [] };
	const all = rows.flatMap((row) => {
		const parsed = v.safeParse(handedOver, 'doc' in row ? row.doc : undefined);
		return parsed.success ? [parsed.output] : [];
	});
	const isAbout = ({ record }: (typeof all)[number]) => record.scope === household;
	const named = (handovers: typeof all) =>
		handovers.flatMap(({ record }) => (isBoundedJson(record, recordBounds) ? namedHashes(record) : []));
	const elsewhere = new Set<string>(named(all.filter((handover) => !isAbout(handover))));
	const own = all.filter(isAbout);
	const photos = new Set(named(own).filter((hash) => !elsewhere.has(hash)));
	return { records: own.map(({ _id }) => _id), photos: [...photos].map(photoId) };
}
