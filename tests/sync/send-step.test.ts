import { expect, test } from 'vitest';
import { nextBatchSize, sendStep } from '../../src/sync/send-step.ts';
import { WireError } from '../../src/sync/wire-error.ts';

test.each([
	['no answer', undefined, 200, 'stop'],
	['the session has ended', 401, 200, 'stop'],
	['no right to the database', 403, 200, 'refuse'],
	['no such database', 404, 200, 'create'],
	['too slow', 408, 200, 'stop'],
	['too large together', 413, 200, 'halve'],
	['too large alone', 413, 1, 'refuse'],
	['not understood together', 400, 2, 'halve'],
	['not understood alone', 400, 1, 'refuse'],
	['too many requests', 429, 1, 'stop'],
	['the server fails on the batch', 500, 200, 'halve'],
	['the server fails on one', 500, 1, 'skip'],
	['the server is going down', 503, 1, 'stop'],
	['nobody behind the proxy', 502, 200, 'stop']
] as const)('%s (%s, %i documents): %4$s', (_case, status, size, step) => {
	expect(sendStep(new WireError(status, 'reason'), size, 1)).toBe(step);
});

test('a server that fails on everything is left alone after a dozen tries', () => {
	expect(sendStep(new WireError(500, 'reason'), 1, 11)).toBe('skip');
	expect(sendStep(new WireError(500, 'reason'), 1, 12)).toBe('stop');
});

test('batches shrink when they get lost, down to ten, and grow again to 400', () => {
	const shrunk = [1, 2, 3, 4, 5, 6].reduce((size) => nextBatchSize(size, false), 400);
	expect(shrunk).toBe(10);
	expect([1, 2, 3, 4, 5, 6].reduce((size) => nextBatchSize(size, true), shrunk)).toBe(400);
});
