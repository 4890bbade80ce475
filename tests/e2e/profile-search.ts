import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/**
 * Which of the marks stand in which files of a folder, as UTF-8 or UTF-16LE text or as the bytes they are:
 * `IndexedDB/…/000005.ldb: name`.
 */
export async function foundIn(
	folder: string,
	marks: Readonly<Record<string, string | Uint8Array>>
): Promise<readonly string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const found: string[] = [];
	for (const entry of entries.filter((each) => each.isFile())) {
		const path = join(entry.parentPath, entry.name);
		const held = await readFile(path);
		for (const [name, mark] of Object.entries(marks))
			if (formsOf(mark).some((form) => held.includes(form))) found.push(`${relative(folder, path)}: ${name}`);
	}
	return found.sort();
}

/**
 * The addresses of which the browser has cached the answers. Each entry of Chromium's cache begins with its key, which
 * is the address in clear, whatever compression its body has.
 */
export async function cachedAddresses(profile: string): Promise<readonly string[]> {
	const folder = join(profile, 'Default', 'Cache', 'Cache_Data');
	const entries = (await readdir(folder, { withFileTypes: true })).filter((each) => each.isFile());
	const found = await Promise.all(
		entries.map(async ({ name }) => {
			const held = (await readFile(join(folder, name))).toString('latin1');
			return held.match(/https?:\/\/[^/\s]+\/[\w\-.~%:/?&=]+/g) ?? [];
		})
	);
	return found.flat();
}

function formsOf(mark: string | Uint8Array): readonly Uint8Array[] {
	return typeof mark === 'string' ? [Buffer.from(mark, 'utf8'), Buffer.from(mark, 'utf16le')] : [mark];
}
