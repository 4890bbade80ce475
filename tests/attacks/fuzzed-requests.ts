import fc from 'fast-check';
import type { RawRequest } from './raw-request.ts';

/** What the fuzzer knows of the server it is let loose on. */
export interface FuzzTarget {
	/** Paths that are there: endpoints, documents, files of the app. */
	readonly paths: readonly string[];
	/** Headers by which a request says who it is from; {} is nobody. */
	readonly identities: readonly Readonly<Record<string, string>>[];
	/** Documents the server would take from one of them. */
	readonly documents: readonly object[];
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'COPY', 'PROPFIND', 'TRACE'];

const tricks = [
	...['..', '.', '%2e%2e', '..%2f..%2f', '%2e%2e%2f', '..%5c', '%00', '%ff', '%c0%ae', '%', '%zz', '//', '/'],
	...['_users', '_design/x', '_local/x', '_local', '_replicator', '_node', '_utils', '_session', '__proto__'],
	...[
		'org.couchdb.user:admin',
		'constructor',
		'etc/passwd',
		'secret',
		'databases',
		';',
		'?',
		'~',
		'a'.repeat(3000)
	],
	...[
		'zg-qianmen-caochang-g4',
		'zg-qianmen%2Fcaochang',
		'zg--',
		'ZG-QIANMEN',
		'zg-qianmen-',
		'devices',
		'cards'
	]
];

const queries = [
	...['since', 'limit', 'skip', 'include_docs', 'attachments', 'style', 'doc_ids', 'keys', 'key', 'startkey'],
	...[
		'endkey',
		'rev',
		'revs',
		'open_revs',
		'latest',
		'atts_since',
		'conflicts',
		'new_edits',
		'filter',
		'count'
	],
	...['descending', 'update_seq', 'scope', 'token', 'household', 'month', 'account', 'next', 'batch']
];

const values = fc.oneof(
	fc.constantFrom(
		'0',
		'-1',
		'1e9',
		'true',
		'null',
		'""',
		'[]',
		'{}',
		'[null]',
		'"\\u0000"',
		'now',
		'all',
		'1-a'
	),
	fc.json({ maxDepth: 2 }),
	fc.string({ maxLength: 40 })
);

const types = [
	...['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'image/svg+xml', 'text/html'],
	...[
		'multipart/related; boundary=b',
		'multipart/form-data; boundary=',
		'application/json; charset=utf-16',
		'/'
	]
];

/** Requests that mean something, nearly something, and nothing; most are near what the server expects. */
export function fuzzedRequest({ paths, identities, documents }: FuzzTarget): fc.Arbitrary<RawRequest> {
	const known = fc.constantFrom(...paths);
	const twisted = fc
		.tuple(known, fc.array(fc.constantFrom(...tricks), { minLength: 1, maxLength: 3 }), fc.boolean())
		.map(([path, parts, slash]) => `${path}${slash ? '/' : ''}${parts.join('/')}`);
	const wild = fc.webPath().map((path) => `/db${path}`);
	const path = fc.oneof({ weight: 5, arbitrary: known }, { weight: 3, arbitrary: twisted }, wild);
	const query = fc.array(fc.tuple(fc.constantFrom(...queries), values), { maxLength: 4 });
	const body = bodyOf(documents);
	return fc
		.record({
			method: fc.oneof(
				{ weight: 3, arbitrary: fc.constantFrom('GET', 'POST', 'PUT') },
				fc.constantFrom(...methods)
			),
			path,
			query,
			who: fc.constantFrom(...identities),
			headers: oddHeaders,
			body
		})
		.map(({ method, path, query, who, headers, body }) => {
			const search = new URLSearchParams(
				query.map(([name, value]) => [name, value.toWellFormed()])
			).toString();
			return {
				method,
				path: onlyAscii(search === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${search}`),
				headers: { ...headers, ...who },
				body: method === 'GET' || method === 'HEAD' ? '' : body
			};
		});
}

const oddHeaders = fc.oneof(
	{ weight: 4, arbitrary: fc.constantFrom(...types).map((type) => ({ 'content-type': type })) },
	fc.constantFrom(
		{ 'content-type': 'application/json', origin: 'https://elsewhere.example' },
		{ 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' },
		{ 'content-type': 'application/json', 'content-encoding': 'gzip' },
		{ 'content-type': 'application/json', 'x-forwarded-for': '10.0.0.1', 'x-forwarded-host': 'elsewhere' },
		{ cookie: 'AuthSession=YWRtaW4.0.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
		{ authorization: 'Bearer x' },
		{ authorization: 'Basic Og==' },
		{ authorization: `Device ${Buffer.from('admin:phone1:x').toString('base64')}` },
		{ range: 'bytes=0-,5-1', 'if-none-match': '*' },
		{ accept: 'multipart/mixed' },
		{ 'if-match': '"1-a"', expect: '100-continue' }
	)
);

function bodyOf(documents: readonly object[]): fc.Arbitrary<string | Buffer> {
	const document = fc.constantFrom(...documents);
	const altered = fc
		.tuple(document, fc.constantFrom(...fieldNames), fc.jsonValue({ maxDepth: 3 }))
		.map(([doc, field, value]) => ({ ...doc, [field]: value }));
	const docs = fc.array(fc.oneof(document, altered, fc.jsonValue({ maxDepth: 2 })), { maxLength: 3 });
	return fc.oneof(
		docs.map((list) => JSON.stringify({ docs: list, new_edits: false })),
		docs.map((list) => JSON.stringify({ docs: list })),
		altered.map((doc) => JSON.stringify(doc)),
		fc
			.tuple(fc.constantFrom(...fieldNames), fc.jsonValue())
			.map(([field, value]) => JSON.stringify({ [field]: value })),
		fc.json(),
		fc.string({ maxLength: 200 }),
		fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
		fc.constant(`${'['.repeat(20_000)}`),
		fc.constant('--b\r\nContent-Type: application/json\r\n\r\n{}\r\n--b--')
	);
}

const fieldNames = [
	...[
		'_id',
		'_rev',
		'_deleted',
		'_attachments',
		'_revisions',
		'_conflicts',
		'kind',
		'entity',
		'parents',
		'scope'
	],
	...[
		'author',
		'device',
		'at',
		'body',
		'reason',
		'hash',
		'name',
		'password',
		'roles',
		'type',
		'token',
		'code'
	],
	...[
		'household',
		'uses',
		'decision',
		'records',
		'photos',
		'keys',
		'doc_ids',
		'docs',
		'__proto__',
		'constructor'
	],
	...['subdistrict', 'disabled', 'display', 'members', 'admins', 'response', 'id']
];

/** What an HTTP client lets through in a request's first line. */
function onlyAscii(path: string): string {
	return path.replaceAll(/[^\x21-\x7e]/g, (letter) => encodeURIComponent(letter.toWellFormed()));
}
