/**
 * The few names under which requests are counted; no name of a database, document or file, which would make
 * a new series each.
 */
export function routeFamily(path: string): string {
	const [, first = '', database = '', second = ''] = path.split('/');
	if (first === 'db') {
		if (database === '') return '/db';
		if (isEndpoint(database)) return `/db/${database}`;
		if (second === '') return '/db/{db}';
		if (isEndpoint(second)) return `/db/{db}/${second}`;
		return '/db/{db}/{doc}';
	}
	if (first === 'api') return '/api';
	if (first === 'metrics' || first === '_up') return `/${first}`;
	return first === '_app' ? '/_app' : '/';
}

const endpoints = new Set([
	'_up',
	'_session',
	'_all_dbs',
	'_dbs_info',
	'_db_updates',
	'_changes',
	'_bulk_docs',
	'_bulk_get',
	'_revs_diff',
	'_all_docs',
	'_local',
	'_ensure_full_commit',
	'_security',
	'_compact'
]);

function isEndpoint(segment: string): boolean {
	return endpoints.has(segment);
}

/** Whether a request stays open until something changes. */
export function waitsForChanges(path: string, feed: string | undefined): boolean {
	return (
		(path.endsWith('/_changes') || path.endsWith('/_db_updates')) && feed !== undefined && feed !== 'normal'
	);
}
