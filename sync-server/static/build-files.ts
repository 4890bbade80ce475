import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { getMimeType } from 'hono/utils/mime';

export type Encoding = 'br' | 'gzip';

/** One file of the built app, with the smaller forms that the build made of it. */
export interface BuildFile {
	readonly type: string;
	/** Strong: another one for every other content (RFC 9110, 8.8.3). */
	readonly etag: string;
	readonly plain: Buffer<ArrayBuffer>;
	readonly encoded: ReadonlyMap<Encoding, Buffer<ArrayBuffer>>;
}

/** By URL path: `/_app/immutable/entry/start.js`. */
export type BuildFiles = ReadonlyMap<string, BuildFile>;

const suffixes: readonly (readonly [string, Encoding])[] = [
	['.br', 'br'],
	['.gz', 'gzip']
];

/**
 * Reads the whole build, a few megabytes, into memory. What is served is so the build as it was at the start: a new
 * one made beneath a running server never mixes with it, and no path of a request ever reaches the disk.
 * Files whose names begin with a dot are left out; the map is empty when there is no such folder.
 */
export async function readBuildFiles(folder: string): Promise<BuildFiles> {
	const contents = new Map<string, Buffer<ArrayBuffer>>();
	for (const entry of await listFiles(folder)) {
		const path = join(entry.parentPath, entry.name);
		contents.set(`/${relative(folder, path).split(sep).join('/')}`, await readFile(path));
	}
	const files = new Map<string, BuildFile>();
	for (const [path, plain] of contents) {
		if (suffixes.some(([suffix]) => path.endsWith(suffix) && contents.has(path.slice(0, -suffix.length)))) {
			continue;
		}
		const encoded = suffixes.flatMap(([suffix, encoding]) => {
			const content = contents.get(path + suffix);
			return content ? [[encoding, content] as const] : [];
		});
		files.set(path, { type: typeOf(path), etag: etagOf(plain), plain, encoded: new Map(encoded) });
	}
	return files;
}

async function listFiles(folder: string) {
	try {
		const entries = await readdir(folder, { recursive: true, withFileTypes: true });
		return entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
		throw error;
	}
}

function typeOf(path: string): string {
	return getMimeType(path) ?? 'application/octet-stream';
}

function etagOf(content: Buffer): string {
	return `"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`;
}
