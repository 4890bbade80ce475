import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from '../../serve.ts';

const inlineScript = '\n\timport("/_app/immutable/start.AbC1.js");\n';
const shell = `<!doctype html><script>${inlineScript}</script><script src="/x.js"></script><main>众耕</main>`;
const hiding = 'position: absolute; left: 0';
const script = `const template = \`<div id="announcer" style="${hiding}"></div>\`;${'/* much code */'.repeat(200)}`;
const outside = 'not for the network';

let folder: string;
let server: TestServer;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'zhonggeng-build-'));
	await writeBuildFile('../secret.txt', outside);
	await writeBuildFile('index.html', shell, 'precompressed');
	await writeBuildFile('_app/immutable/start.AbC1.js', script, 'precompressed');
	await writeBuildFile('.env', outside);
	await writeBuildFile('service-worker.js', 'self.skipWaiting;');
	await writeBuildFile('manifest.webmanifest', '{"name":"众耕"}');
	await writeBuildFile('字 体.css', 'main { color: brown }');
	server = await startServer({ env: { BUILD_DIR: join(folder, 'build'), LOG_LEVEL: 'silent' } });
});
afterAll(async () => {
	await server.remove();
	await rm(folder, { recursive: true });
});

async function writeBuildFile(name: string, content: string, form?: 'precompressed'): Promise<void> {
	const path = join(folder, 'build', name);
	await mkdir(dirname(path), { recursive: true });
	await writeFile(path, content);
	if (!form) return;
	await writeFile(`${path}.br`, brotliCompressSync(content));
	await writeFile(`${path}.gz`, gzipSync(content));
}

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
	return fetch(server.url + path, { headers });
}

test.each([
	...['/', '/index.html', '/courtyards/c12', '/setup?lang=en', '/a.b/c', '/%zz'],
	...['/conventions/qianmen.caochang.g3.c12.sorting1', '/conventions/qianmen.caochang.g3.c12.gongyue0001']
])('%s gets the shell, to be asked for anew each time', async (path) => {
	const response = await get(path);
	expect(response.status).toBe(200);
	expect(await response.text()).toBe(shell);
	expect(response.headers.get('Content-Type')).toMatch(/^text\/html; charset=utf-8$/i);
	expect(response.headers.get('Cache-Control')).toBe('public, no-cache');
	expect(response.headers.get('Vary')).toBe('Accept-Encoding');
});

test('files named by their content may be kept for ever', async () => {
	const response = await get('/_app/immutable/start.AbC1.js');
	expect(response.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
	expect(response.headers.get('Content-Type')).toMatch(/^text\/javascript/);
	expect(await response.text()).toBe(script);
});

test.each([
	['/service-worker.js', /^text\/javascript/],
	['/manifest.webmanifest', /^application\/manifest\+json/],
	['/%E5%AD%97%20%E4%BD%93.css', /^text\/css/]
])('%s is asked for anew each time', async (path, type) => {
	const response = await get(path);
	expect(response.status).toBe(200);
	expect(response.headers.get('Content-Type')).toMatch(type);
	expect(response.headers.get('Cache-Control')).toBe('public, no-cache');
});

test('what the browser has already is not sent again', async () => {
	const etag = (await get('/')).headers.get('ETag') ?? '';
	expect(etag).toMatch(/^"[^"]+"$/);
	for (const known of [etag, `"other", ${etag}`, `W/${etag}`, '*']) {
		const response = await get('/today', { 'If-None-Match': known });
		expect(response.status).toBe(304);
		expect(response.headers.get('ETag')).toBe(etag);
		expect(await response.text()).toBe('');
	}
	expect((await get('/', { 'If-None-Match': '"other"' })).status).toBe(200);
});

test.each([
	['br, gzip', 'br'],
	['gzip, deflate', 'gzip'],
	['gzip;q=0.5, br;q=0', 'gzip'],
	['*', 'br'],
	['identity', null],
	['br;q=0, gzip;q=0', null]
])('to a browser that takes %s files go as %s', async (accepted, encoding) => {
	const response = await get('/_app/immutable/start.AbC1.js', { 'Accept-Encoding': accepted });
	expect(response.headers.get('Content-Encoding')).toBe(encoding);
	expect(await response.text()).toBe(script);
});

test('each form of a file has a tag of its own', async () => {
	const tags = await Promise.all(
		['br', 'gzip', 'identity'].map(async (accepted) =>
			(await get('/', { 'Accept-Encoding': accepted })).headers.get('ETag')
		)
	);
	expect(new Set(tags).size).toBe(3);
});

test.each([
	'/_app/immutable/gone.js',
	'/_app/version',
	'/.env',
	'/favicon.ico',
	'/index.html.br.br',
	'/robots.txt',
	'/gone.webmanifest'
])('%s is missing, and not the shell', async (path) => {
	expect((await get(path)).status).toBe(404);
});

test.each(['/db/nothing/here', '/api/nothing', '/api'])('%s is no page of the app', async (path) => {
	const response = await get(path);
	expect([401, 404]).toContain(response.status);
	expect(await response.json()).toHaveProperty('error');
});

test.each([
	'/../secret.txt',
	'/%2e%2e/secret.txt',
	'/..%2fsecret.txt',
	'/_app/../../secret.txt',
	'/_app/immutable/..%2f..%2f..%2fsecret.txt',
	'/..%5csecret.txt',
	'//secret.txt',
	'/%00/../../secret.txt',
	'/....//secret.txt'
])('%s does not leave the build', async (path) => {
	expect(await rawBody(path)).not.toContain(outside);
});

/** `fetch` would tidy the path before it sends it. */
function rawBody(path: string): Promise<string> {
	return new Promise((resolve, reject) => {
		request({ host: '127.0.0.1', port: server.port, path }, (response) => {
			let body = '';
			response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
			response.on('end', () => resolve(body));
		})
			.once('error', reject)
			.end();
	});
}

test('HEAD answers like GET, without the file', async () => {
	const response = await fetch(`${server.url}/`, { method: 'HEAD' });
	expect(response.status).toBe(200);
	expect(Number(response.headers.get('Content-Length'))).toBeGreaterThan(0);
	expect(await response.text()).toBe('');
});

test('a browser runs only what the app brought', async () => {
	const policy = (await get('/')).headers.get('Content-Security-Policy') ?? '';
	const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
	expect(policy.split('; ')).toEqual([
		"default-src 'none'",
		`script-src 'self' ${hash(inlineScript)}`,
		"style-src 'self'",
		`style-src-attr 'unsafe-hashes' ${hash(hiding)}`,
		"img-src 'self' blob: data:",
		"font-src 'self'",
		"media-src 'self' blob:",
		"connect-src 'self'",
		"worker-src 'self'",
		"manifest-src 'self'",
		"form-action 'self'",
		"base-uri 'none'",
		"frame-ancestors 'none'"
	]);
});

test.each(['/', '/service-worker.js', '/nothing.js', '/db/', '/api/setup', '/_up'])(
	'%s says how it may be used',
	async (path) => {
		const { headers } = await get(path);
		expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'");
		expect(headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'");
		expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
		expect(headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin');
		expect(headers.get('Strict-Transport-Security')).toBeNull();
	}
);

test.each(['/', '/nothing.js', '/_up'])('%s says what a page of it may do', async (path) => {
	const { headers } = await get(path);
	expect(headers.get('Referrer-Policy')).toBe('no-referrer');
	expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin');
	expect(headers.get('Permissions-Policy')).toContain('camera=(self)');
	expect(headers.get('X-Frame-Options')).toBe('DENY');
});

test('a new build beneath a running server does not mix with the one it serves', async () => {
	await writeBuildFile('index.html', 'new');
	expect(await (await get('/')).text()).toBe(shell);
	const again = await startServer({ env: { BUILD_DIR: join(folder, 'build') } });
	expect(await (await fetch(again.url, { headers: { 'Accept-Encoding': 'identity' } })).text()).toBe('new');
	await again.remove();
});

test('without a build the server says what to do', async () => {
	const bare = await startServer({ env: { BUILD_DIR: join(folder, 'none') } });
	const response = await fetch(bare.url);
	expect(response.status).toBe(503);
	expect(await response.text()).toContain('npm run build');
	await bare.remove();
});
