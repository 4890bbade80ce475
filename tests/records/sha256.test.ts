import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 as inTheBrowser } from '../../src/records/sha256.ts';
import { sha256 as onTheServer } from '../../sync-server/native-sha256.ts';
import { propertyRuns } from '../property-runs.ts';

// FIPS 180-4, examples of SHA-256.
test.each([
	['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
	['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855']
])('the hash of "%s" is the standard\'s', (text, hash) => {
	expect(inTheBrowser(text)).toBe(hash);
	expect(onTheServer(text)).toBe(hash);
});

test('browser and server come to the same hash of any text and any bytes', () => {
	const data = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.uint8Array({ maxLength: 300 }));
	fc.assert(
		fc.property(data, (value) => {
			expect(onTheServer(value)).toBe(inTheBrowser(value));
		}),
		{ numRuns: propertyRuns }
	);
});
