import { photoIdOf } from '../../../sync-server/api/check-photo.ts';
import { namedHashes } from '#records/named-hashes.ts';
import type { Revision } from '#records/revision.ts';

/** A request that reads, and what its answer would show of a record that may be read. */
export interface ReadProbe {
	/** Behind the database, or the document, with query. */
	readonly path: string;
	readonly method?: 'GET' | 'HEAD' | 'POST';
	readonly body?: unknown;
	/**
	 * `documents`: whole. `ids`: no more than their ids. `documents asked for`: whole, and the ids of the request are
	 * repeated. `nothing`: of no record anything.
	 */
	readonly shows: 'documents' | 'ids' | 'documents asked for' | 'nothing';
}

const json = (value: unknown) => encodeURIComponent(JSON.stringify(value));

/** By method and path of the endpoint below a database. Those that write are in `write-probes.ts`. */
export function databaseProbes(records: readonly Revision[]): ReadonlyMap<string, readonly ReadProbe[]> {
	const ids = records.map(({ _id }) => _id);
	const photos = records.flatMap(({ body }) => namedHashes(body)).map(photoIdOf);
	const named = [...ids, ...photos].map((id) => ({ id }));
	const withRevs = records.map(({ _id, _rev }) => ({ id: _id, rev: _rev }));
	return new Map<string, readonly ReadProbe[]>([
		['GET ', [{ path: '', shows: 'nothing' }]],
		[
			'GET _changes',
			[
				{ path: '_changes', shows: 'ids' },
				{ path: '_changes?include_docs=true', shows: 'documents' },
				{ path: '_changes?include_docs=true&style=all_docs&conflicts=true', shows: 'documents' },
				{ path: '_changes?include_docs=true&attachments=true&limit=100', shows: 'documents' },
				{ path: '_changes?include_docs=true&descending=true', shows: 'documents' },
				{ path: '_changes?feed=longpoll&include_docs=true&timeout=1', shows: 'documents' },
				{ path: '_changes?feed=longpoll&timeout=1&heartbeat=100&include_docs=true', shows: 'documents' },
				{ path: '_changes?feed=continuous&include_docs=true&timeout=1', shows: 'documents' },
				{ path: `_changes?filter=_doc_ids&doc_ids=${json(ids.slice(0, 40))}&limit=0`, shows: 'nothing' }
			]
		],
		[
			'POST _changes',
			[
				{
					path: '_changes?filter=_doc_ids&include_docs=true',
					method: 'POST',
					body: { doc_ids: [...ids, ...photos] },
					shows: 'documents'
				}
			]
		],
		[
			'POST _bulk_get',
			[
				{ path: '_bulk_get', method: 'POST', body: { docs: named }, shows: 'documents asked for' },
				{
					path: '_bulk_get?revs=true&latest=true&attachments=true',
					method: 'POST',
					body: { docs: withRevs },
					shows: 'documents asked for'
				}
			]
		],
		[
			'POST _revs_diff',
			[
				{
					path: '_revs_diff',
					method: 'POST',
					body: Object.fromEntries(ids.map((id) => [id, ['1-00000000000000000000000000000000']])),
					shows: 'documents asked for'
				}
			]
		],
		[
			'GET _all_docs',
			[
				{ path: '_all_docs', shows: 'ids' },
				{ path: '_all_docs?include_docs=true&conflicts=true&update_seq=true', shows: 'documents' },
				{ path: '_all_docs?include_docs=true&attachments=true&limit=100', shows: 'documents' },
				{ path: '_all_docs?include_docs=true&descending=true', shows: 'documents' },
				{ path: `_all_docs?startkey=${json('a')}&endkey=${json('z')}&include_docs=true`, shows: 'documents' },
				{ path: `_all_docs?keys=${json(ids.slice(0, 40))}&limit=0`, shows: 'nothing' }
			]
		],
		[
			'POST _all_docs',
			[
				{
					path: '_all_docs?include_docs=true',
					method: 'POST',
					body: { keys: [...ids, ...photos] },
					shows: 'documents asked for'
				}
			]
		],
		['POST _ensure_full_commit', [{ path: '_ensure_full_commit', method: 'POST', shows: 'nothing' }]],
		['GET _security', [{ path: '_security', shows: 'nothing' }]]
	]);
}

/** Of a single document that is there: 200 for who may read it, nothing of it for anybody else. */
export function documentProbes({ _rev }: Revision): readonly ReadProbe[] {
	return [
		{ path: '', shows: 'documents' },
		{ path: '', method: 'HEAD', shows: 'nothing' },
		{ path: `?rev=${_rev}`, shows: 'documents' },
		{ path: `?rev=${_rev}&latest=true`, shows: 'documents' },
		{ path: '?open_revs=all', shows: 'documents' },
		{ path: `?open_revs=${json([_rev])}`, shows: 'documents' },
		{ path: `?open_revs=${json([_rev])}&latest=true&revs=true`, shows: 'documents' },
		{ path: '?meta=true&revs=true', shows: 'documents' },
		{ path: `?attachments=true&atts_since=${json([_rev])}`, shows: 'documents' }
	];
}
