import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBody } from '../../../sync-server/api/body.ts';
import {
	boundaryOf,
	formatMultipart,
	parseMultipart,
	type Part
} from '../../../sync-server/api/multipart.ts';
import { foldRuns } from '../../property-runs.ts';

const boundary = 'b0undary';
/** Bytes that come near to a delimiter. */
const nearly = fc
	.array(
		fc.constantFrom(
			'\r',
			'\n',
			'-',
			'--',
			'\r\n',
			'\r\n--',
			boundary,
			`--${boundary}x`,
			`${boundary}--`,
			'a',
			'\0',
			'前'
		)
	)
	.map((pieces) => pieces.join(''))
	.filter((text) => !`\r\n${text}\r\n`.includes(`\r\n--${boundary}\r\n`) && !text.includes(`--${boundary}--`))
	.map((text) => Buffer.from(text));
const bodies = fc.oneof(
	nearly,
	fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes))
);
const headers = fc
	.dictionary(fc.stringMatching(/^[a-z][a-z-]{0,20}$/), fc.stringMatching(/^[!-~]([ -~]{0,30}[!-~])?$/))
	.map((object) => new Map(Object.entries(object)));
const parts: fc.Arbitrary<Part[]> = fc.array(fc.record({ headers, body: bodies }), {
	minLength: 1,
	maxLength: 5
});

function streamOf(chunks: readonly Buffer[]): ReadableStream {
	return new ReadableStream({
		start(controller) {
			for (const chunk of chunks) controller.enqueue(new Uint8Array(chunk));
			controller.close();
		}
	});
}

describe('parseMultipart', () => {
	it('reads what formatMultipart wrote, whatever the parts hold', () => {
		fc.assert(
			fc.property(parts, (list) => {
				expect(parseMultipart(formatMultipart(boundary, list), boundary, 5)).toEqual(list);
			}),
			{ numRuns: foldRuns }
		);
	});

	it('reads the same wherever the network cuts the body', async () => {
		const cuts = fc.array(fc.nat(400), { maxLength: 20 });
		await fc.assert(
			fc.asyncProperty(parts, cuts, async (list, at) => {
				const whole = formatMultipart(boundary, list);
				const ends = [...at, whole.length].map((end) => Math.min(end, whole.length)).sort((a, b) => a - b);
				const chunks = ends.map((end, index) => whole.subarray(ends[index - 1] ?? 0, end));
				const message = new Response(streamOf(chunks));
				expect(parseMultipart(await readBody(message, 100_000), boundary, 5)).toEqual(list);
			}),
			{ numRuns: Math.min(foldRuns, 1_000) }
		);
	});

	it('takes any bytes without more than a refusal', () => {
		fc.assert(
			fc.property(fc.oneof(bodies, nearly), (bytes) => {
				try {
					parseMultipart(bytes, boundary, 5);
				} catch (error) {
					expect(error).toMatchObject({ name: 'CouchError', status: 400 });
				}
			}),
			{ numRuns: foldRuns }
		);
	});

	it('takes parts without headers, a preamble and an epilogue', () => {
		const body = Buffer.from('preamble\r\n--b\r\n\r\none\r\n--b \t\r\nA: b\r\n\r\n\r\n--b--\r\nepilogue');
		expect(parseMultipart(body, 'b', 2)).toEqual([
			{ headers: new Map(), body: Buffer.from('one') },
			{ headers: new Map([['a', 'b']]), body: Buffer.from('') }
		]);
	});

	it.each([
		['no end', '--b\r\n\r\none'],
		['no beginning', 'one\r\n--c--'],
		['an end that is another’s', '--b\r\n\r\none\r\n--bc--'],
		['headers without a body', '--b\r\nA: b\r\n--b--'],
		['more parts than may be', '--b\r\n\r\n1\r\n--b\r\n\r\n2\r\n--b\r\n\r\n3\r\n--b--']
	])('refuses a body with %s', (_what, text) => {
		expect(() => parseMultipart(Buffer.from(text), 'b', 2)).toThrow(/bad_request: /);
	});
});

describe('boundaryOf', () => {
	it.each([
		['multipart/related; boundary=abc', 'abc'],
		['multipart/related;boundary="a b;c"', 'a b;c'],
		['multipart/related; type="application/json"; Boundary=abc; start=x', 'abc']
	])('%s', (type, expected) => {
		expect(boundaryOf(type)).toBe(expected);
	});

	it.each(['multipart/related', 'multipart/related; boundary=', 'multipart/related; boundary="abc'])(
		'refuses %s',
		(type) => {
			expect(() => boundaryOf(type)).toThrow(/without a boundary/);
		}
	);
});
