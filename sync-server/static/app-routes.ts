import { Hono, type Context } from 'hono';
import { parseAccept } from 'hono/utils/accept';
import type { ServerEnv } from '../server-env.ts';
import type { BuildFile, BuildFiles, Encoding } from './build-files.ts';

const shellPath = '/index.html';
/** The build names these by their content. */
const immutablePrefix = '/_app/immutable/';

/**
 * The built app. A path that is no file is one of the app's own routes and gets the shell, which draws it; a path
 * that looks like a file and is none is missing, so that an old page asking for an old script learns the truth.
 */
export function appRoutes(files: BuildFiles): Hono<ServerEnv> {
	return new Hono<ServerEnv>().on(['GET', 'HEAD'], '/*', (c) => {
		const path = pathOf(c);
		const file = files.get(path);
		if (file && path !== shellPath) {
			const cache = path.startsWith(immutablePrefix)
				? 'public, max-age=31536000, immutable'
				: 'public, no-cache';
			return send(c, file, cache);
		}
		const shell = files.get(shellPath);
		if (looksLikeFile(path) && path !== shellPath) return c.text('404: there is no such file\n', 404);
		if (shell) return send(c, shell, 'public, no-cache');
		return c.text('The app is not built: run `npm run build` and start the server again.\n', 503);
	});
}

/** Decoded as a browser would name the file; a path that does not decode names none. */
function pathOf(c: Context): string {
	try {
		return decodeURIComponent(c.req.path);
	} catch {
		return c.req.path; // URIError: malformed escapes
	}
}

/** What an address says behind its last dot may be an entity's id, of eight letters or more: such a page is no file. */
function looksLikeFile(path: string): boolean {
	return path.startsWith('/_app/') || /\.(?:[A-Za-z0-9]{1,7}|webmanifest)$/.test(path);
}

function send(c: Context, file: BuildFile, cacheControl: string): Response {
	const encoding = encodingFor(c.req.header('Accept-Encoding'), file);
	const content = (encoding && file.encoded.get(encoding)) ?? file.plain;
	// Each form of a file has a tag of its own (RFC 9110, 8.8.3.3).
	const etag = encoding ? `${file.etag.slice(0, -1)}-${encoding}"` : file.etag;
	c.header('Cache-Control', cacheControl);
	c.header('ETag', etag);
	if (file.encoded.size > 0) c.header('Vary', 'Accept-Encoding');
	if (isKnown(c.req.header('If-None-Match'), etag)) return c.body(null, 304);
	c.header('Content-Type', file.type);
	c.header('Content-Length', String(content.length));
	if (encoding) c.header('Content-Encoding', encoding);
	return c.body(content);
}

/** The best encoding the client takes, of those the build has; the smaller one first. */
function encodingFor(header: string | undefined, file: BuildFile): Encoding | undefined {
	const accepted = parseAccept(header ?? '');
	const takes = (encoding: string) => {
		const entry =
			accepted.find(({ type }) => type.toLowerCase() === encoding) ??
			accepted.find(({ type }) => type === '*');
		return entry !== undefined && entry.q > 0;
	};
	return [...file.encoded.keys()].find(takes);
}

/** RFC 9110, 13.1.2: If-None-Match compares weakly. */
function isKnown(header: string | undefined, etag: string): boolean {
	const tags = (header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
	return tags.includes('*') || tags.includes(etag);
}
