import { expect, test } from 'vitest';
import { byteText } from '#app/byte-text.ts';

test.each([
	[0, '0 byte'],
	[999, '999 byte'],
	[147_300, '147 kB'],
	[12_340_000, '12.3 MB'],
	[10_700_000_000, '10.7 GB'],
	[5_000_000_000_000, '5,000 GB']
])('%d bytes are %s', (bytes, text) => {
	expect(byteText(bytes, 'en')).toBe(text);
});
