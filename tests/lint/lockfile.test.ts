import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the lock names no registry, so that any mirror serves it', () => {
	const lock = readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8');
	expect(lock).toContain('"integrity"');
	expect(lock).not.toContain('"resolved": "http');
});
