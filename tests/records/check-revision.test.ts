import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { checkRevision } from '#records/check-revision.ts';
import type { JsonObject } from '#records/json.ts';
import { contentOf, hashOf, seal } from '#records/revision.ts';
import { overTheWire } from '../parsed-json.ts';
import { propertyRuns } from '../property-runs.ts';
import { histories, plainContent } from './histories.ts';

const runs = { numRuns: propertyRuns };

function refusalOf(value: unknown): string {
	const checked = checkRevision(value);
	return checked.ok ? 'taken' : checked.refusal.code;
}

/** A value as it comes off the wire, where `__proto__` is a key like any other. */
function fromWire(text: string): unknown {
	return JSON.parse(text);
}

describe('Law 4: tampering shows', () => {
	it('takes every sealed record, also after a trip over the wire', () => {
		fc.assert(
			fc.property(histories, (history) => {
				for (const revision of history) {
					expect(checkRevision(fromWire(JSON.stringify(revision)))).toEqual({ ok: true, revision });
				}
			}),
			runs
		);
	});

	it('refuses a record in which any field was changed, added or taken out', () => {
		const fields = Object.keys(seal(plainContent));
		fc.assert(
			fc.property(
				histories,
				fc.nat(),
				fc.constantFrom(...fields, 'reason', 'extra'),
				fc.option(fc.json()),
				(history, which, field, text) => {
					const revision = history[which % history.length];
					if (!revision) return;
					const original = overTheWire(revision);
					const tampered = text === null ? omit(original, field) : { ...original, [field]: fromWire(text) };
					fc.pre(!isDeepStrictEqual(tampered, original));
					expect(refusalOf(tampered)).not.toBe('taken');
				}
			),
			runs
		);
	});

	it('refuses a record whose author made the hash fit but not the id', () => {
		const forged = { ...seal(plainContent), author: 'somebody' };
		expect(refusalOf({ ...forged, hash: hashOf(forged) })).toBe('shape');
	});
});

describe('Hostile input is refused with a reason', () => {
	it('never throws, whatever it is given', () => {
		fc.assert(
			fc.property(fc.anything({ withDate: true, withMap: true, withBigInt: true }), (value) => {
				expect(refusalOf(value)).not.toBe('taken');
			}),
			runs
		);
	});

	it.each([
		['no object', '"text"', 'shape'],
		['a list', '[]', 'shape'],
		['an unknown field', JSON.stringify({ ...seal(plainContent), extra: 1 }), 'shape'],
		['a prototype key', '{"__proto__": {"admin": true}}', 'bounds'],
		['a prototype key in the body', `{"body": {"a": {"constructor": 1}}}`, 'bounds'],
		['half a surrogate pair', '{"body": {"a": "\\ud800"}}', 'bounds'],
		['a wrong hash', JSON.stringify({ ...seal(plainContent), hash: '0'.repeat(64) }), 'hash'],
		['10 MB of text', JSON.stringify({ body: { a: 'x'.repeat(10_000_000) } }), 'bounds'],
		['10 MB of values', `{"body": {"a": [${'1,'.repeat(5_000_000)}1]}}`, 'bounds'],
		['nesting 100,000 deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'bounds'],
		['nesting in the body', `{"body": {"a": ${'['.repeat(20)}${']'.repeat(20)}}}`, 'bounds']
	])('%s', (_name, text, code) => {
		expect(refusalOf(fromWire(text))).toBe(code);
	});

	it.each([
		['kind', 'Check In'],
		['entity', 'a:b'],
		['entity', '../etc'],
		['parents', ['nonsense']],
		['parents', ['b'.repeat(64), 'a'.repeat(64)]],
		['parents', ['a'.repeat(64), 'a'.repeat(64)]],
		['scope', 'qianmen//g3'],
		['scope', 'qianmen/cao-chang'],
		['author', ''],
		['author', 'a b'],
		['device', 'a/b'],
		['at', '2026-11-23'],
		['at', '2026-13-45T00:00:00.000Z'],
		['at', '2026-02-30T00:00:00.000Z'],
		['at', '2026-11-23T24:00:00.000Z'],
		['body', 'text'],
		['body', [1]],
		['reason', ' '],
		['reason', 7]
	])('%s: %j is not of the right form, and the refusal says where', (field, value) => {
		const content = { ...contentOf(plainContent), [field]: value };
		const checked = checkRevision({ ...seal(plainContent), ...content });
		expect(checked).toMatchObject({ ok: false, refusal: { code: 'shape', at: `/${field}` } });
	});

	it('asks a withdrawal for its reason', () => {
		expect(refusalOf(seal({ ...plainContent, body: null }))).toBe('shape');
		expect(refusalOf(seal({ ...plainContent, body: null, reason: ' ' }))).toBe('shape');
		expect(refusalOf(seal({ ...plainContent, body: null, reason: 'moved away' }))).toBe('taken');
	});
});

function omit(object: JsonObject, field: string): JsonObject {
	return Object.fromEntries(Object.entries(object).filter(([key]) => key !== field));
}
