/**
 * The text of a CSV file: by its byte order mark, else UTF-8 if it is that, else GB18030 (what
 * Chinese Excel writes), else undefined.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
	const marked = markedEncoding(bytes);
	for (const encoding of marked ? [marked] : ['utf-8', 'gb18030']) {
		try {
			return new TextDecoder(encoding, { fatal: true }).decode(bytes);
		} catch {
			// Not of this encoding: the next one is tried.
		}
	}
	return undefined;
}

function markedEncoding([first, second]: Uint8Array): string | undefined {
	if (first === 0xff && second === 0xfe) return 'utf-16le';
	if (first === 0xfe && second === 0xff) return 'utf-16be';
	return undefined;
}
