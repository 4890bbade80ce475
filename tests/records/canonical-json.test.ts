import fc from 'fast-check';
import canonicalize from 'canonicalize';
import { expect, test } from 'vitest';
import { canonicalJson } from '#records/canonical-json.ts';
import type { Json } from '#records/json.ts';
import { parsedJson } from '../parsed-json.ts';
import { propertyRuns } from '../property-runs.ts';

/** Numbers and what is like them among keys, controls, and characters beyond the first plane. */
const key = fc.oneof(
	fc.string({ unit: 'grapheme' }),
	fc.nat({ max: 200 }).map(String),
	fc.constantFrom('10', '9', '-1', '01', '1.5', '\u{1f600}', '\uffff', '\u0000', '"', '\\ud800', '')
);
const { value } = fc.letrec<{ value: Json; leaf: Json }>((tie) => ({
	leaf: fc.oneof(
		fc.string({ unit: 'grapheme' }),
		key,
		fc.double({ noNaN: true, noDefaultInfinity: true }),
		fc.constantFrom(null, true, false, -0, 1e21, 1e-7)
	),
	value: fc.oneof(
		{ maxDepth: 4 },
		tie('leaf'),
		fc.array(tie('value'), { maxLength: 5 }),
		fc.dictionary(key, tie('value'), { maxKeys: 6, noNullPrototype: true })
	)
}));

test('every JSON value has the text that another implementation of RFC 8785 gives it', () => {
	fc.assert(
		fc.property(value, (json) => {
			expect(canonicalJson(json)).toBe(canonicalize(json));
		}),
		{ numRuns: propertyRuns }
	);
});

const withOwnProto: Json = Object.fromEntries<Json>([
	['b', 1],
	['__proto__', { a: 2 }]
]);

test('a value read from text, its keys in whatever order, has one text', () => {
	const orders = ['{"b":1,"a":{"10":1,"9":2,"x":"é"}}', '{"a":{"x":"é","9":2,"10":1},"b":1}'];
	for (const text of orders)
		expect(canonicalJson(parsedJson(text))).toBe('{"a":{"10":1,"9":2,"x":"é"},"b":1}');
	expect(canonicalJson(withOwnProto)).toBe('{"__proto__":{"a":2},"b":1}');
});

test.each<Json>(['\ud800', ['\udc00a'], { '\udbff': 1 }, Number.NaN, { a: [Number.POSITIVE_INFINITY] }])(
	'what has no JSON text is told, not changed: %j',
	(json) => {
		expect(() => canonicalJson(json)).toThrow(RangeError);
	}
);
